//! The drawing on a narrow screen: everything in one column, who is managed on the left, requests
//! between networks on the right.

use super::layout::{GAP, HOME, LABEL, Layout, Line, MARGIN, MEMBER, Rect, by_network, east_west};
use meshwright_core::plan::{LinkKind, Map};

const LEFT: i32 = 92;
const RIGHT: i32 = 40;

pub(super) fn layout(map: &Map, width: i32) -> Layout {
    let (networks, homes) = by_network(map);
    let mut layout = Layout { width, boxes: vec![Rect::default(); map.nodes.len()], ..Layout::default() };
    let mut y = 4;
    for index in homes {
        let planes = map.nodes.get(index).map_or(1, |node| node.control_planes.len().max(1));
        let h = HOME + 74 * i32::try_from(planes).unwrap_or(1);
        if let Some(place) = layout.boxes.get_mut(index) {
            *place = Rect { x: 4, y, w: width - 8, h };
        }
        y += h + 24;
    }
    for (name, members) in networks {
        let start = y;
        y += LABEL;
        for index in members {
            if let Some(place) = layout.boxes.get_mut(index) {
                *place = Rect { x: LEFT + GAP, y, w: width - LEFT - RIGHT - 2 * GAP, h: MEMBER };
            }
            y += MEMBER + GAP;
        }
        layout.networks.push((Rect { x: LEFT, y: start, w: width - LEFT - RIGHT, h: y - start }, name));
        y += 16;
    }
    layout.height = y + MARGIN - 16;
    for link in &map.links {
        let (Some(from), Some(to)) = (layout.boxes.get(link.from), layout.boxes.get(link.to)) else { continue };
        let middle = to.y + to.h / 2;
        if link.kind != LinkKind::EastWest {
            let path = format!("M18 {}V{}q0 8 8 8H{}", from.y + from.h, middle - 8, to.x - 2);
            layout.lines.push(Line { path, kind: link.kind, label: Some((24, middle - 5)) });
        }
    }
    between(map, &mut layout);
    layout
}

fn between(map: &Map, layout: &mut Layout) {
    let ends: Vec<Rect> = east_west(map).iter().filter_map(|index| layout.boxes.get(*index)).copied().collect();
    let middle = |rect: &Rect| rect.y + rect.h / 2;
    let (Some(first), Some(last)) = (ends.iter().map(middle).min(), ends.iter().map(middle).max()) else { return };
    let x = layout.width - 14;
    for end in &ends {
        let (y, right) = (middle(end), end.x + end.w + 2);
        let path = if y == first {
            format!("M{x} {}V{}q0 -8 -8 -8H{right}", first + 12, y + 8)
        } else if y == last {
            format!("M{x} {}V{}q0 8 -8 8H{right}", first + 12, y - 8)
        } else {
            format!("M{x} {y}H{right}")
        };
        layout.lines.push(Line { path, kind: LinkKind::EastWest, label: None });
    }
    if let Some(line) = layout.lines.last_mut() {
        line.label = Some((x + 4, i32::midpoint(first, last)));
    }
}
