//! Writes the drawing. Names are anyone's: every one is escaped.

use super::layout::{HOME, Layout, Line, Rect};
use super::{across, down};
use meshwright_core::plan::{LinkKind, Map, Node, NodeRole};
use std::fmt::Write;

/// How it is drawn.
pub(crate) struct Looks<'a> {
    /// For a narrow screen of this many pixels.
    pub(crate) narrow: Option<i32>,
    /// Networks, by their colour.
    pub(crate) networks: &'a [String],
}

/// How many colours and patterns for networks there are.
pub(crate) const HUES: usize = 6;

const MARKERS: &str = "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto-start-reverse\" markerUnits=\"userSpaceOnUse\"><path d=\"M0 0L8 4L0 8z\" class=\"tip\"/></marker>\
<pattern id=\"pattern-0\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><path d=\"M0 8L8 0\"/></pattern>\
<pattern id=\"pattern-1\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><circle cx=\"2\" cy=\"2\" r=\"1\"/></pattern>\
<pattern id=\"pattern-2\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><path d=\"M0 4H8\"/></pattern>\
<pattern id=\"pattern-3\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><path d=\"M0 0L8 8\"/></pattern>\
<pattern id=\"pattern-4\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><path d=\"M4 0V8\"/></pattern>\
<pattern id=\"pattern-5\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><path d=\"M0 0H4V4H0zM4 4H8V8H4z\"/></pattern></defs>";

/// The drawing as SVG.
pub(crate) fn draw(map: &Map, looks: &Looks<'_>) -> String {
    let layout = match looks.narrow {
        Some(width) => down::layout(map, width),
        None => across::layout(map),
    };
    let Layout { width, height, boxes, networks, lines } = layout;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"group\" aria-label=\"Topology\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">{MARKERS}"
    );
    for (rect, name) in &networks {
        let hue = hue(looks.networks, name);
        let _ = write!(out, "<g class=\"network hue-{hue}\" aria-hidden=\"true\">");
        rectangle(&mut out, rect, 10, "ground");
        let _ = write!(out, "<g fill=\"url(#pattern-{hue})\">");
        rectangle(&mut out, rect, 10, "pattern");
        out += "</g>";
        text(&mut out, rect.x + 12, rect.y + 16, "network-name", name, fitting(rect.w - 24, 7));
        out += "</g>";
    }
    for (index, (rect, node)) in boxes.iter().zip(&map.nodes).enumerate() {
        cluster(&mut out, rect, node, index, looks.narrow.is_some());
    }
    for line in &lines {
        link(&mut out, line, looks.narrow.is_some());
    }
    out + "</svg>"
}

/// The colour of a network.
pub(crate) fn hue(networks: &[String], name: &str) -> usize {
    networks.iter().position(|found| found == name).unwrap_or(0) % HUES
}

fn cluster(out: &mut String, rect: &Rect, node: &Node, index: usize, narrow: bool) {
    let role = match node.role {
        NodeRole::External => "outside of the mesh",
        NodeRole::Config => "config cluster",
        NodeRole::Remote => "remote cluster",
    };
    let gateways = node.gateways.join(", ");
    let _ = write!(
        out,
        "<g class=\"cluster\" role=\"button\" tabindex=\"0\" data-node=\"{index}\" aria-label=\"{}",
        escape(&node.name)
    );
    // In the order in which it is seen: whoever speaks to the browser says what they see.
    let _ = write!(out, " {role} {gateways}");
    for plane in &node.control_planes {
        let seen = format!(" {} {} in {} {}", plane.name, plane.mesh, plane.namespace, plane.address);
        *out += &escape(&seen);
    }
    *out += "\">";
    rectangle(out, rect, 6, "box");
    let room = if node.network.is_none() { if narrow { rect.w } else { 190 } } else { rect.w };
    text(out, rect.x + 12, rect.y + 22, "name", &node.name, fitting(room - 24, 8));
    text(out, rect.x + 12, rect.y + 39, "role", role, 60);
    if !gateways.is_empty() {
        text(out, rect.x + 12, rect.y + 55, "gateways", &gateways, fitting(room - 24, 6));
    }
    let mut place = if narrow {
        Rect { x: rect.x + 10, y: rect.y + HOME - 8, w: rect.w - 20, h: 66 }
    } else {
        Rect { x: rect.x + 186, y: rect.y + 6, w: 206, h: HOME - 12 }
    };
    for plane in &node.control_planes {
        *out += "<g class=\"plane\">";
        rectangle(out, &place, 4, "plane-box");
        let room = fitting(place.w - 20, 6);
        text(out, place.x + 10, place.y + 19, "name", &plane.name, room);
        text(out, place.x + 10, place.y + 36, "role", &format!("{} in {}", plane.mesh, plane.namespace), room);
        text(out, place.x + 10, place.y + 53, "address", &plane.address, room);
        *out += "</g>";
        if narrow { place.y += 74 } else { place.x += 212 }
    }
    *out += "</g>";
}

fn link(out: &mut String, line: &Line, narrow: bool) {
    let (class, words) = match line.kind {
        LinkKind::Configures => ("configures", "configures"),
        LinkKind::Manages => ("manages", "manages"),
        LinkKind::EastWest => ("east-west", "east-west traffic"),
    };
    let _ = write!(
        out,
        "<g class=\"link {class}\" aria-hidden=\"true\"><path d=\"{}\" marker-end=\"url(#tip)\"/>",
        line.path
    );
    if let Some((x, y)) = line.label {
        let turn = if narrow && line.kind == LinkKind::EastWest {
            format!(" transform=\"rotate(-90 {x} {y})\"")
        } else {
            String::new()
        };
        let _ = write!(out, "<text x=\"{x}\" y=\"{y}\"{turn}>{words}</text>");
    }
    *out += "</g>";
}

fn rectangle(out: &mut String, rect: &Rect, round: i32, class: &str) {
    let Rect { x, y, w, h } = rect;
    let _ = write!(out, "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{round}\"/>");
}

fn text(out: &mut String, x: i32, y: i32, class: &str, words: &str, most: usize) {
    let words = if words.chars().count() > most {
        let start: String = words.chars().take(most.saturating_sub(1)).collect();
        start + "…"
    } else {
        words.to_owned()
    };
    let _ = write!(out, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text> ", escape(&words));
}

/// How many letters of that width have room.
fn fitting(room: i32, letter: i32) -> usize {
    usize::try_from(room / letter).unwrap_or(0)
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            _ => out.push(c),
        }
    }
    out
}
