//! Where everything stands: boxes, the networks around them, and the lines.

use super::net::Net;
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
    /// Whether it leads both ways.
    pub(super) mutual: bool,
    pub(super) label: Option<Label>,
}

/// Where the words of a line stand.
#[derive(Clone, Copy)]
pub(super) struct Label {
    pub(super) x: i32,
    pub(super) y: i32,
    /// Whether they end there.
    pub(super) ends: bool,
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
/// What a cluster outside of the mesh says of itself stands left of its control planes.
pub(super) const ASIDE: i32 = 186;
/// Between lines beside each other.
pub(super) const LANE: i32 = 18;

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

/// A number of things as pixels are counted.
pub(super) fn int(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(0)
}

/// How wide a cluster's box is that has its control planes beside each other.
pub(super) fn home_width(node: &Node) -> i32 {
    ASIDE + 212 * int(node.control_planes.len()).max(1)
}

/// How high a cluster's box is that has its control planes below its words.
pub(super) fn height(node: &Node) -> i32 {
    MEMBER + (plane_height(node) + 8) * int(node.control_planes.len())
}

fn plane_height(node: &Node) -> i32 {
    if node.control_planes.iter().all(|plane| plane.address.is_empty()) { 46 } else { 62 }
}

/// The box of a control plane in that of its cluster.
pub(super) fn plane(rect: &Rect, node: &Node, index: usize, beside: bool) -> Rect {
    let nth = int(index);
    if beside {
        return Rect { x: rect.x + ASIDE + 212 * nth, y: rect.y + 6, w: 206, h: HOME - 12 };
    }
    let h = plane_height(node);
    Rect { x: rect.x + 10, y: rect.y + MEMBER - 4 + (h + 8) * nth, w: rect.w - 20, h }
}

/// Places on the edge of each cluster's box where lines end, each in its turn: the next one, and of how many.
pub(super) struct Ports(Vec<(i32, i32)>);

impl Ports {
    /// Those of all nets; nets that are not mutual start at a control plane, unless `starts`.
    pub(super) fn new(map: &Map, nets: &[Net], starts: bool) -> Self {
        let mut all = vec![(0, 0); map.nodes.len()];
        for net in nets {
            for node in net.nodes().skip(usize::from(!starts && !net.mutual)) {
                if let Some((_, count)) = all.get_mut(node) {
                    *count += 1;
                }
            }
        }
        Ports(all)
    }

    /// How many there are.
    pub(super) fn count(&self, node: usize) -> i32 {
        self.0.get(node).map_or(0, |(_, count)| *count)
    }

    /// The next one, and of how many.
    pub(super) fn next(&mut self, node: usize) -> (i32, i32) {
        let Some((next, count)) = self.0.get_mut(node) else { return (0, 1) };
        *next += 1;
        (*next - 1, *count)
    }
}

/// Lanes beside each other: lines that would meet get different ones.
#[derive(Default)]
pub(super) struct Lanes(Vec<Vec<(i32, i32)>>);

impl Lanes {
    /// The first lane that is free all the way between these ends.
    pub(super) fn take(&mut self, ends: &[i32]) -> i32 {
        let (start, end) = bounds(ends);
        let (start, end) = (start - GAP, end + GAP);
        let free = |lane: &Vec<(i32, i32)>| lane.iter().all(|(from, to)| end < *from || *to < start);
        let found = self.0.iter().position(free).unwrap_or(self.0.len());
        if found == self.0.len() {
            self.0.push(Vec::new());
        }
        if let Some(lane) = self.0.get_mut(found) {
            lane.push((start, end));
        }
        int(found)
    }

    pub(super) fn count(&self) -> i32 {
        int(self.0.len())
    }
}

/// The least and the most of these.
pub(super) fn bounds(all: &[i32]) -> (i32, i32) {
    let first = *all.first().unwrap_or(&0);
    all.iter().fold((first, first), |(least, most), one| (least.min(*one), most.max(*one)))
}

/// Where a net runs: where it starts and ends, and its lane.
pub(super) struct Run {
    pub(super) start: i32,
    pub(super) ends: Vec<i32>,
    pub(super) lane: i32,
}

impl Run {
    /// Takes a lane for a net. `place` says where each of its nodes is, `start` where it starts unless at a node.
    pub(super) fn new(net: &Net, start: Option<i32>, lanes: &mut Lanes, place: &mut dyn FnMut(usize) -> i32) -> Self {
        let start = start.unwrap_or_else(|| place(net.from.0));
        let mut ends: Vec<i32> = net.ends.iter().map(|(node, _)| place(*node)).collect();
        ends.push(start);
        let lane = lanes.take(&ends);
        ends.pop();
        Run { start, ends, lane }
    }
}

/// From `start` to the lane, along it and off to `end`. A place is first along the lane, then across it.
pub(super) fn elbow(start: (i32, i32), lane: i32, end: (i32, i32), upright: bool) -> String {
    let place = |along: i32, across: i32| {
        if upright { format!("{across} {along}") } else { format!("{along} {across}") }
    };
    let (across, along) = if upright { ('H', 'V') } else { ('V', 'H') };
    let (bend, side) = ((end.0 - start.0).abs().min(16) / 2, (end.0 - start.0).signum());
    let from = place(start.0, start.1);
    if bend < 2 {
        return format!("M{from}{across}{}", end.1);
    }
    let (out, back) = ((lane - start.1).signum() * bend, (end.1 - lane).signum() * bend);
    let turn = side * bend;
    format!(
        "M{from}{across}{}q{} {}{along}{}q{} {}{across}{}",
        lane - out,
        place(0, out),
        place(turn, out),
        end.0 - turn,
        place(turn, 0),
        place(turn, back),
        end.1
    )
}

/// The nets between clusters of different networks, and all others.
pub(super) fn sides(nets: Vec<Net>) -> (Vec<Net>, Vec<Net>) {
    nets.into_iter().partition(|net| net.kind() == LinkKind::EastWest)
}
