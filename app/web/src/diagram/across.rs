//! The drawing on a wide screen: control planes above, their clusters in a row below, and one line
//! under them all for requests between networks.

use super::layout::{GAP, HOME, LABEL, Layout, Line, MARGIN, MEMBER, Rect, by_network, east_west, home_width};
use meshwright_core::plan::{LinkKind, Map};

pub(super) fn layout(map: &Map) -> Layout {
    let (networks, homes) = by_network(map);
    let members: usize = networks.iter().map(|(_, members)| members.len()).sum();
    let wide = if members > 4 { 172 } else { 204 };
    let top = MARGIN + HOME + 58;
    let mut layout = Layout { boxes: vec![Rect::default(); map.nodes.len()], ..Layout::default() };
    let mut x = MARGIN;
    for (name, members) in networks {
        let start = x;
        x += GAP;
        for index in members {
            if let Some(place) = layout.boxes.get_mut(index) {
                *place = Rect { x, y: top + LABEL, w: wide, h: MEMBER };
            }
            x += wide + GAP;
        }
        layout.networks.push((Rect { x: start, y: top - 4, w: x - start, h: LABEL + MEMBER + GAP + 4 }, name));
        x += 20;
    }
    let row: i32 = homes.iter().filter_map(|index| map.nodes.get(*index)).map(|node| home_width(node) + 20).sum();
    layout.width = (x - 20 + MARGIN).max(row - 20 + 2 * MARGIN);
    // The shorter of the two rows is in the middle of the longer.
    let shift = (layout.width - (x - 20 + MARGIN)) / 2;
    layout.networks.iter_mut().for_each(|(rect, _)| rect.x += shift);
    layout.boxes.iter_mut().for_each(|rect| rect.x += shift);
    // Where the drawing is wider than the screen, what is seen first has to hold a control plane.
    let mut x = if members > 5 { MARGIN } else { (layout.width - (row - 20)) / 2 };
    for index in homes {
        let w = map.nodes.get(index).map_or(0, home_width);
        if let Some(place) = layout.boxes.get_mut(index) {
            *place = Rect { x, y: MARGIN, w, h: HOME };
        }
        x += w + 20;
    }
    layout.height = top + LABEL + MEMBER + GAP + MARGIN;
    managed(map, &mut layout);
    between(map, &mut layout);
    layout
}

fn managed(map: &Map, layout: &mut Layout) {
    for link in map.links.iter().filter(|link| link.kind != LinkKind::EastWest) {
        let (Some(from), Some(to)) = (layout.boxes.get(link.from), layout.boxes.get(link.to)) else { continue };
        let (x, y) = (from.x + from.w / 2, from.y + from.h);
        let (end, bus) = (to.x + to.w / 2, y + 18);
        let bend = (end - x).abs().min(16) / 2;
        let side = (end - x).signum();
        let path = if bend < 2 {
            format!("M{x} {y}V{}", to.y - 2)
        } else {
            format!(
                "M{x} {y}V{}q0 {bend} {} {bend}H{}q{} 0 {} {bend}V{}",
                bus - bend,
                side * bend,
                end - side * bend,
                side * bend,
                side * bend,
                to.y - 2
            )
        };
        layout.lines.push(Line { path, kind: link.kind, label: Some((end + 8, bus + 20)) });
    }
}

fn between(map: &Map, layout: &mut Layout) {
    let ends: Vec<Rect> = east_west(map).iter().filter_map(|index| layout.boxes.get(*index)).copied().collect();
    let middle = |rect: &Rect| rect.x + rect.w / 2;
    let (Some(first), Some(last)) = (ends.iter().map(middle).min(), ends.iter().map(middle).max()) else { return };
    let y = layout.height + 8;
    let bottom = ends.iter().map(|rect| rect.y + rect.h).max().unwrap_or(0) + 2;
    let line = |path| Line { path, kind: LinkKind::EastWest, label: None };
    for end in &ends {
        let x = middle(end);
        let path = if x == first {
            format!("M{} {y}H{}q-8 0 -8 -8V{bottom}", first + 12, x + 8)
        } else if x == last {
            format!("M{} {y}H{}q8 0 8 -8V{bottom}", first + 12, x - 8)
        } else {
            format!("M{x} {y}V{bottom}")
        };
        layout.lines.push(line(path));
    }
    if let Some(line) = layout.lines.last_mut() {
        line.label = Some((i32::midpoint(first, last).min(first + 300), y + 4));
    }
    layout.height += 28;
}
