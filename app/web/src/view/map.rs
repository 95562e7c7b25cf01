//! The map: the drawing, and the same in words for those who do not see it.

use super::card::fold_id;
use super::el::{El, el, listen};
use super::file::empty;
use crate::diagram::{Looks, draw};
use crate::dom;
use crate::files::FileId;
use crate::made::{Made, Shown};
use crate::now::Now;
use crate::page::Page;
use crate::ui::Tab;
use meshwright_core::draft::Key;
use meshwright_core::plan::Map;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

/// Screens narrower than this have tabs; style/tabs.css knows the same number.
const NARROW: &str = "(max-width: 859px)";

pub(super) fn map(page: Page) -> El {
    measure(page);
    listen(&dom::window(), "resize", Box::new(move |_| measure(page)));
    let all = |now: &Now| (0..).zip(words(now)).map(|(index, _)| index).collect();
    let line = |index| {
        let index = usize::try_from(index).unwrap_or(0);
        el("li").says(move |now| words(now).get(index).map_or("", String::as_str).into())
    };
    el("section")
        .attr("class", |now| if now.is_stale() { "map old" } else { "map" }.into())
        .set("aria-label", "Map")
        .add(drawing(page))
        .add(el("p").class("stale").flag("hidden", |now| !now.is_stale()).text("From before the last edit."))
        .add(empty("The map appears here as soon as the form has no errors."))
        .add(el("ul").class("unseen").set("aria-label", "The map in words").rows(all, line))
}

fn words(now: &Now) -> &[String] {
    now.shown().map_or(&[], |shown| &shown.words)
}

fn drawing(page: Page) -> El {
    let mut last: Option<(Arc<Made>, Option<i32>)> = None;
    let mut drawing = String::new();
    let mut lit = None;
    el("div")
        .class("drawing")
        .on("click", move |event| {
            follow(page, &event);
        })
        .on("keydown", move |event| {
            let key = event.unchecked_ref::<KeyboardEvent>().key();
            if matches!(key.as_str(), "Enter" | " ") && follow(page, &event) {
                event.prevent_default();
            }
        })
        .with(move |place, now| {
            let Some(shown) = &now.made.shown else { return };
            let same = |(made, narrow): &(Arc<Made>, _)| Arc::ptr_eq(made, &now.made) && *narrow == now.ui.narrow;
            if !last.as_ref().is_some_and(same) {
                last = Some((now.made.clone(), now.ui.narrow));
                let looks = Looks { narrow: now.ui.narrow, networks: &networks(now, &shown.map) };
                let new = draw(&shown.map, &looks);
                if new != drawing {
                    place.set_inner_html(&new);
                    drawing = new;
                    lit = None;
                }
            }
            if lit != now.ui.active {
                lit = now.ui.active;
                light(shown, place, lit);
            }
        })
}

/// Notes the width of a narrow screen.
fn measure(page: Page) {
    let window = dom::window();
    let narrow = window.match_media(NARROW).ok().flatten().is_some_and(|query| query.matches());
    let width = window.inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(360.0);
    #[expect(clippy::cast_possible_truncation, reason = "pixels of a screen")]
    let now = narrow.then(|| (width as i32 - 24).clamp(280, 480));
    if page.ui().narrow != now {
        page.tell(|ui| ui.narrow = now);
    }
}

/// The networks in the order of the form, and any that only the last good state had.
fn networks(now: &Now, map: &Map) -> Vec<String> {
    let mut all = now.made.networks.clone();
    for name in map.nodes.iter().filter_map(|node| node.network.as_ref()) {
        if !all.contains(name) {
            all.push(name.clone());
        }
    }
    all
}

/// Leads from a box to its card and its first file.
fn follow(page: Page, event: &Event) -> bool {
    let target = event.target().map(JsCast::unchecked_into::<Element>);
    let node = target.and_then(|target| target.closest("[data-node]").ok().flatten());
    let index = node.and_then(|node| node.get_attribute("data-node")).and_then(|index| index.parse().ok());
    let made = page.made();
    let (Some(index), Some(shown)) = (index, &made.shown) else { return false };
    let Some(key) = shown.key(index) else { return false };
    page.tell(|ui| {
        ui.folded.retain(|found| *found != key);
        ui.open = FileId { cluster: Some(key), stem: String::new() };
        ui.active = Some(key);
        ui.tab = Tab::Form;
    });
    dom::focus_soon(fold_id(key));
    true
}

/// Marks the box of the cluster whose card has the focus.
fn light(shown: &Shown, place: &Element, active: Option<Key>) {
    for index in 0..shown.map.nodes.len() {
        let node = place.query_selector(&["[data-node=\"", &index.to_string(), "\"]"].concat());
        if let Ok(Some(node)) = node {
            let lit = active.is_some() && shown.key(index) == active;
            let _ = node.set_attribute("class", if lit { "cluster lit" } else { "cluster" });
        }
    }
}
