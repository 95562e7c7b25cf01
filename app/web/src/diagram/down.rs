//! The drawing on a narrow screen: everything in one column, who is managed or read on the left,
//! requests between networks on the right.

use super::layout::{
    GAP, LABEL, Label, Lanes, Layout, Line, MARGIN, MEMBER, Ports, Rect, Run, bounds, by_network, elbow, height, plane,
    sides,
};
use super::net::{Net, nets};
use meshwright_core::plan::{LinkKind, Map};

/// Between lines beside each other.
const LANE: i32 = 12;
/// Between lines that end at one box: room for words above and below each.
const PORT: i32 = 34;

pub(super) fn layout(map: &Map, width: i32) -> Layout {
    let (between, managed) = sides(nets(map));
    let mut layout = Layout { width, boxes: vec![Rect::default(); map.nodes.len()], ..Layout::default() };
    let mut ports = Ports::new(map, &managed, false);
    column(map, &ports, &mut layout);
    // How many lanes there are on either side says how wide everything between them is.
    let (mut lefts, mut rights) = (Lanes::default(), Lanes::default());
    let runs: Vec<Run> = managed.iter().map(|net| run(map, &layout, net, &mut ports, &mut lefts)).collect();
    let middle = |node: usize| layout.boxes.get(node).map_or(0, |rect| rect.y + rect.h / 2);
    let between: Vec<Run> = between.iter().map(|net| Run::new(net, None, &mut rights, &mut { middle })).collect();
    let (left, right) = (82 + LANE * lefts.count(), 28 + LANE * rights.count());
    for (rect, node) in layout.boxes.iter_mut().zip(&map.nodes) {
        let (x, edge) = if node.network.is_some() { (left + GAP, right + GAP) } else { (left, 4) };
        (rect.x, rect.w) = (x, width - x - edge);
    }
    layout.networks.iter_mut().for_each(|(rect, _)| (rect.x, rect.w) = (left, width - left - right));
    let edge = |node: usize| layout.boxes.get(node).map_or(0, |rect| rect.x) - 2;
    let words = 4 + LANE * lefts.count();
    for (net, Run { start, ends, lane }) in managed.iter().zip(runs) {
        // From the control plane itself, which is within the box; or from the box, as all that reads both ways.
        let from = edge(net.from.0) + if net.mutual { 0 } else { 10 };
        for ((node, kind), end) in net.ends.iter().zip(ends) {
            let path = elbow((start, from), 10 + LANE * lane, (end, edge(*node)), true);
            let label = Some(Label { x: words, y: end - 5, ends: false });
            layout.lines.push(Line { path, kind: *kind, mutual: net.mutual, label });
        }
    }
    let (x, edge) = (width - right + 26, width - right - GAP + 2);
    for Run { start, ends, lane } in between {
        let (x, (_, last)) = (x + LANE * lane, bounds(&ends));
        for end in ends {
            let path = elbow((start, edge), x, (end, edge), true);
            let label = (end == last).then_some(Label { x: x + 4, y: i32::midpoint(start, last), ends: false });
            layout.lines.push(Line { path, kind: LinkKind::EastWest, mutual: true, label });
        }
    }
    layout
}

/// Puts the boxes below each other, without regard to their width.
fn column(map: &Map, ports: &Ports, layout: &mut Layout) {
    let (networks, homes) = by_network(map);
    let mut y = 4;
    let put = |layout: &mut Layout, index: usize, y: i32| {
        let h = map.nodes.get(index).map_or(0, height).max(PORT * ports.count(index));
        if let Some(place) = layout.boxes.get_mut(index) {
            *place = Rect { y, h, ..Rect::default() };
        }
        h
    };
    for index in homes {
        y += put(layout, index, y) + 24;
    }
    for (name, members) in networks {
        let start = y;
        y += LABEL;
        for index in members {
            y += put(layout, index, y) + GAP;
        }
        layout.networks.push((Rect { y: start, h: y - start, ..Rect::default() }, name));
        y += 16;
    }
    layout.height = y + MARGIN - 16;
}

fn run(map: &Map, layout: &Layout, net: &Net, ports: &mut Ports, lanes: &mut Lanes) -> Run {
    let (from, nth) = net.from;
    let home = map.nodes.get(from).zip(layout.boxes.get(from)).filter(|_| !net.mutual);
    let start = home.map(|(node, rect)| {
        let place = plane(rect, node, nth, false);
        place.y + place.h / 2 + if net.kind() == LinkKind::Reads { 12 } else { 0 }
    });
    Run::new(net, start, lanes, &mut |node| {
        let (nth, count) = ports.next(node);
        let first = (MEMBER - PORT * count).max(0) / 2 + PORT / 2;
        layout.boxes.get(node).map_or(0, |rect| rect.y + first + PORT * nth)
    })
}
