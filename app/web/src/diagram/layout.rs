//! Where everything stands: boxes, the networks around them, and the lines.

use meshwright_core::plan::{LinkKind, Map, Node};

/// A rectangle.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Rect {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) w: i32,
    pub(super) h: i32,
}

/// A line with its words.
pub(super) struct Line {
    pub(super) path: String,
    pub(super) kind: LinkKind,
    pub(super) label: Option<(i32, i32)>,
}

/// A drawing.
#[derive(Default)]
pub(super) struct Layout {
    pub(super) width: i32,
    pub(super) height: i32,
    /// By the index of the node.
    pub(super) boxes: Vec<Rect>,
    pub(super) networks: Vec<(Rect, String)>,
    pub(super) lines: Vec<Line>,
}

pub(super) const MARGIN: i32 = 12;
pub(super) const GAP: i32 = 12;
pub(super) const LABEL: i32 = 22;
pub(super) const MEMBER: i32 = 66;
pub(super) const HOME: i32 = 78;

/// The nodes of each network, in the order in which the networks come; homes of control planes last.
pub(super) fn by_network(map: &Map) -> (Vec<(String, Vec<usize>)>, Vec<usize>) {
    let mut networks: Vec<(String, Vec<usize>)> = Vec::new();
    let mut homes = Vec::new();
    for (index, node) in map.nodes.iter().enumerate() {
        let Some(network) = &node.network else {
            homes.push(index);
            continue;
        };
        match networks.iter_mut().find(|(name, _)| name == network) {
            Some((_, members)) => members.push(index),
            None => networks.push((network.clone(), vec![index])),
        }
    }
    (networks, homes)
}

/// How wide a cluster's box is that runs this many control planes.
pub(super) fn home_width(node: &Node) -> i32 {
    let planes = i32::try_from(node.control_planes.len()).unwrap_or(1);
    186 + 212 * planes.max(1)
}

/// The nodes that requests reach from other networks, each once.
pub(super) fn east_west(map: &Map) -> Vec<usize> {
    let mut nodes = Vec::new();
    for link in map.links.iter().filter(|link| link.kind == LinkKind::EastWest) {
        for node in [link.from, link.to] {
            if let Err(place) = nodes.binary_search(&node) {
                nodes.insert(place, node);
            }
        }
    }
    nodes
}
