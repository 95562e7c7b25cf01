//! Writes the drawing. Names are anyone's: every one is escaped.

use super::layout::{ASIDE, GAP, Layout, Line, Rect, plane};
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
        // Lines come down right of it.
        let first = boxes.iter().find(|inner| inner.x == rect.x + GAP).map_or(0, |inner| inner.w * 2 / 3);
        let room = if looks.narrow.is_some() { rect.w - 24 } else { first - 18 };
        text(&mut out, rect.x + 12, rect.y + 16, "network-name", name, fitting(room, 6));
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
        NodeRole::Primary => "primary cluster",
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
    let beside = node.network.is_none() && !narrow;
    let room = if beside { ASIDE + 4 } else { rect.w };
    text(out, rect.x + 12, rect.y + 22, "name", &node.name, fitting(room - 24, 8));
    text(out, rect.x + 12, rect.y + 39, "role", role, 60);
    text(out, rect.x + 12, rect.y + 55, "gateways", &gateways, fitting(room - 20, 6));
    for (index, control_plane) in node.control_planes.iter().enumerate() {
        let place = plane(rect, node, index, beside);
        *out += "<g class=\"plane\">";
        rectangle(out, &place, 4, "plane-box");
        let room = fitting(place.w - 20, 6);
        text(out, place.x + 10, place.y + 19, "name", &control_plane.name, room);
        let within = [&control_plane.mesh, " in ", &control_plane.namespace].concat();
        text(out, place.x + 10, place.y + 36, "role", &within, room);
        text(out, place.x + 10, place.y + 53, "address", &control_plane.address, room);
        *out += "</g>";
    }
    *out += "</g>";
}

fn link(out: &mut String, line: &Line, narrow: bool) {
    // What a control plane manages calls it back.
    let (class, words, back) = match line.kind {
        LinkKind::Configures => ("configures", "config, webhooks", true),
        LinkKind::Manages => ("manages", "manages, webhooks", true),
        LinkKind::Reads if line.mutual && !narrow => ("reads", "read each other", true),
        LinkKind::Reads => ("reads", "reads", line.mutual),
        LinkKind::EastWest => ("east-west", "east-west traffic", true),
    };
    let _ = write!(
        out,
        "<g class=\"link {class}\" aria-hidden=\"true\"><path d=\"{}\" marker-end=\"url(#tip)\"",
        line.path
    );
    *out += if back { " marker-start=\"url(#tip)\"/>" } else { "/>" };
    if let Some(label) = line.label {
        let (x, y) = (label.x, label.y);
        let turned = narrow && line.kind == LinkKind::EastWest;
        let _ = write!(out, "<text x=\"{x}\" y=\"{y}\"");
        if turned {
            let _ = write!(out, " transform=\"rotate(-90 {x} {y})\"");
        }
        *out += if label.ends { " class=\"ends\">" } else { ">" };
        match words.split_once(", ") {
            Some((above, below)) if narrow => {
                let _ = write!(out, "{above}<tspan x=\"{x}\" dy=\"18\">{below}</tspan>");
            }
            _ => *out += words,
        }
        *out += "</text>";
    }
    *out += "</g>";
}

fn rectangle(out: &mut String, rect: &Rect, round: i32, class: &str) {
    let Rect { x, y, w, h } = rect;
    let _ = write!(out, "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{round}\"/>");
}

fn text(out: &mut String, x: i32, y: i32, class: &str, words: &str, most: usize) {
    if words.is_empty() {
        return;
    }
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
