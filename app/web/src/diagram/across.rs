//! The drawing on a wide screen: external control planes above, the clusters of meshes in a row below,
//! who is managed or read above these, and requests between networks below them all.

use super::layout::{
    GAP, HOME, LABEL, LANE, Label, Lanes, Layout, Line, MARGIN, Ports, Rect, Run, bounds, by_network, elbow, height,
    home_width, plane, sides,
};
use super::net::{Net, nets};
use meshwright_core::plan::{LinkKind, Map};

/// Room for the words of a line.
const WORDS: i32 = 128;

pub(super) fn layout(map: &Map) -> Layout {
    let (networks, homes) = by_network(map);
    let (between, above) = sides(nets(map));
    let mut layout = Layout { boxes: vec![Rect::default(); map.nodes.len()], ..Layout::default() };
    row(map, networks, &homes, &mut layout);
    let tall = map.nodes.iter().filter(|node| node.network.is_some()).map(height).max().unwrap_or(0);
    // What is above is told from left to right first: it says how far down the row begins.
    let mut ports = Ports::new(map, &above, true);
    let mut lanes = Lanes::default();
    let runs: Vec<Run> = above.iter().map(|net| run(map, &layout, net, &mut ports, &mut lanes)).collect();
    let base = if homes.is_empty() { -2 } else { MARGIN + HOME };
    let top = if lanes.count() == 0 { base.max(0) + MARGIN } else { base + 40 + LANE * lanes.count() };
    for (rect, node) in layout.boxes.iter_mut().zip(&map.nodes) {
        if node.network.is_some() {
            (rect.y, rect.h) = (top + LABEL, tall);
        }
    }
    for (rect, _) in &mut layout.networks {
        (rect.y, rect.h) = (top - 4, LABEL + tall + GAP + 4);
    }
    layout.height = top + LABEL + tall + GAP + MARGIN;
    let edge = top + LABEL - 2;
    for (net, Run { start, ends, lane }) in above.iter().zip(runs) {
        let from = if homes.contains(&net.from.0) { base + 2 } else { edge };
        for (&(node, kind), x) in net.ends.iter().zip(ends) {
            let path = elbow((start, from), base + LANE * (lane + 1), (x, edge), false);
            // Left of the first line that ends there, right of the others.
            let before = x <= port(&layout, node, (0, ports.count(node)));
            let x = if before { x - 8 } else { x + 8 };
            layout.width = layout.width.max(if before { 0 } else { x + WORDS });
            let label = Some(Label { x, y: top - 20, ends: before });
            layout.lines.push(Line { path, kind, mutual: net.mutual, label });
        }
    }
    below(&between, &mut layout);
    layout
}

/// Puts the boxes beside each other, without regard to their height.
fn row(map: &Map, networks: Vec<(String, Vec<usize>)>, homes: &[usize], layout: &mut Layout) {
    let members = map.nodes.len() - homes.len();
    let (wide, apart) = if members > 3 { (176, 10) } else { (208, 20) };
    let mut x = MARGIN;
    for (name, members) in networks {
        let start = x;
        x += GAP;
        for index in members {
            if let Some(place) = layout.boxes.get_mut(index) {
                *place = Rect { x, w: wide, ..Rect::default() };
            }
            x += wide + GAP;
        }
        layout.networks.push((Rect { x: start, w: x - start, ..Rect::default() }, name));
        x += apart;
    }
    let above: i32 = homes.iter().filter_map(|index| map.nodes.get(*index)).map(|node| home_width(node) + 20).sum();
    let below = x - apart + MARGIN;
    layout.width = below.max(above - 20 + 2 * MARGIN);
    // The shorter of the two rows is in the middle of the longer.
    let shift = (layout.width - below) / 2;
    layout.networks.iter_mut().for_each(|(rect, _)| rect.x += shift);
    layout.boxes.iter_mut().for_each(|rect| rect.x += shift);
    // Where the drawing is wider than the screen, what is seen first has to hold a control plane.
    let mut x = if members > 5 { MARGIN } else { (layout.width - (above - 20)) / 2 };
    for index in homes {
        let w = map.nodes.get(*index).map_or(0, home_width);
        if let Some(place) = layout.boxes.get_mut(*index) {
            *place = Rect { x, y: MARGIN, w, h: HOME };
        }
        x += w + 20;
    }
}

/// Where the how manieth of so many lines ends at a box: right of the name of its network.
fn port(layout: &Layout, node: usize, (nth, count): (i32, i32)) -> i32 {
    let middle = layout.boxes.get(node).map_or(0, |rect| rect.x + rect.w * 2 / 3);
    middle + (2 * nth - (count - 1)) * 14
}

fn run(map: &Map, layout: &Layout, net: &Net, ports: &mut Ports, lanes: &mut Lanes) -> Run {
    let (from, nth) = net.from;
    let home = map.nodes.get(from).zip(layout.boxes.get(from)).filter(|(node, _)| node.network.is_none());
    let start = home.map(|(node, rect)| {
        let place = plane(rect, node, nth, true);
        place.x + place.w / 2
    });
    Run::new(net, start, lanes, &mut |node| port(layout, node, ports.next(node)))
}

fn below(nets: &[Net], layout: &mut Layout) {
    let mut lanes = Lanes::default();
    let bottom = layout.boxes.iter().map(|rect| rect.y + rect.h).max().unwrap_or(0) + 2;
    let first = layout.height + 8;
    for net in nets {
        let middle = |node: usize| layout.boxes.get(node).map_or(0, |rect| rect.x + rect.w / 2);
        let Run { start, ends, lane } = Run::new(net, None, &mut lanes, &mut { middle });
        let y = first + LANE * lane;
        let (_, last) = bounds(&ends);
        for x in ends {
            let path = elbow((start, bottom), y, (x, bottom), false);
            let middle = i32::midpoint(start, last).min(start + 300);
            let label = (x == last).then_some(Label { x: middle, y: y + 4, ends: false });
            layout.lines.push(Line { path, kind: LinkKind::EastWest, mutual: true, label });
        }
    }
    if lanes.count() > 0 {
        layout.height += 10 + LANE * lanes.count();
    }
}
