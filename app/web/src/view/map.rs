//! The map: the drawing, and the same in words for those who do not see it.

use super::card::fold_id;
use super::here;
use super::live::{flag, heard, memo, part, whenever, words};
use crate::diagram::{Looks, draw};
use crate::dom;
use crate::files::FileId;
use crate::page::{Page, Tab};
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::html;
use leptos::prelude::*;
use meshwright_core::plan::{LinkKind, Map};
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget};

/// Screens narrower than this have tabs; style/tabs.css knows the same number.
const NARROW: &str = "(max-width: 859px)";

pub(super) fn map() -> AnyView {
    let page = here();
    let narrow = narrow();
    let map = memo(move || page.made.with(|made| made.shown.as_ref().map(|shown| shown.map.clone())));
    let drawing = memo(move || {
        let networks = map.with(|map| map.as_ref().map_or_else(Vec::new, |map| networks(page, map)));
        let looks = Looks { narrow: narrow.get(), networks: &networks };
        map.with(|map| map.as_ref().map(|map| draw(map, &looks))).unwrap_or_default()
    });
    let place = NodeRef::<html::Div>::new();
    whenever(move || {
        drawing.track();
        let active = page.active.get();
        if let Some(place) = place.get() {
            light(page, &place, active);
        }
    });
    let list = part(move || {
        let lines = map.with(|map| map.as_ref().map_or_else(Vec::new, in_words));
        lines.into_iter().map(|line| view! { <li>{line}</li> }.into_any()).collect::<Vec<AnyView>>().into_any()
    });
    let some = flag(move || map.with(Option::is_some));
    view! {
        <section class="map" aria-label="Map" class:old=flag(move || page.is_stale())>
            <div
                class="drawing"
                node_ref=place
                inner_html=words(move || drawing.get())
                on:click=heard(move |event: MouseEvent| {
                    follow(page, event.target());
                })
                on:keydown=heard(move |event: KeyboardEvent| {
                    if matches!(event.key().as_str(), "Enter" | " ") && follow(page, event.target()) {
                        event.prevent_default();
                    }
                })
            ></div>
            <p class="stale" hidden=flag(move || !page.is_stale())>"From before the last edit."</p>
            <p class="empty" hidden=some>"The map appears here as soon as the form has no errors."</p>
            <ul class="unseen" aria-label="The map in words">{list}</ul>
        </section>
    }
    .into_any()
}

/// The width of a narrow screen, as it changes; none on a wide one.
fn narrow() -> Signal<Option<i32>> {
    let measure = || {
        let narrow = window().match_media(NARROW).ok().flatten().is_some_and(|query| query.matches());
        let width = window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(360.0);
        #[expect(clippy::cast_possible_truncation, reason = "pixels of a screen")]
        narrow.then(|| (width as i32 - 24).clamp(280, 480))
    };
    let width = RwSignal::new(measure());
    window_event_listener(leptos::ev::resize, move |_| {
        let now = measure();
        if width.get_untracked() != now {
            width.set(now);
        }
    });
    width.into()
}

/// The networks in the order of the form, and any that only the last good state had.
fn networks(page: Page, map: &Map) -> Vec<String> {
    let mut all = page.networks.get();
    let missing: Vec<_> =
        map.nodes.iter().filter_map(|node| node.network.clone()).filter(|name| !all.contains(name)).collect();
    all.extend(missing);
    all
}

/// Leads from a box to its card and its first file.
fn follow(page: Page, target: Option<EventTarget>) -> bool {
    let target = target.and_then(|target| target.dyn_into::<Element>().ok());
    let node = target.and_then(|target| target.closest("[data-node]").ok().flatten());
    let index = node.and_then(|node| node.get_attribute("data-node")).and_then(|index| index.parse().ok());
    let shown = page.made.with_untracked(|made| made.shown.clone());
    let (Some(index), Some(shown)) = (index, shown) else { return false };
    let Some(key) = shown.key(index) else { return false };
    page.unfold(key);
    page.open.set(FileId { cluster: Some(key), stem: String::new() });
    page.active.set(Some(key));
    page.tab.set(Tab::Form);
    dom::focus_soon(fold_id(key));
    true
}

/// Marks the box of the cluster whose card has the focus.
fn light(page: Page, place: &Element, active: Option<meshwright_core::draft::Key>) {
    let shown = page.made.with_untracked(|made| made.shown.clone());
    let Some(shown) = shown else { return };
    for index in 0..shown.map.nodes.len() {
        if let Ok(Some(node)) = place.query_selector(&format!("[data-node=\"{index}\"]")) {
            let lit = active.is_some() && shown.key(index) == active;
            let _ = node.set_attribute("class", if lit { "cluster lit" } else { "cluster" });
        }
    }
}

fn in_words(map: &Map) -> Vec<String> {
    let name = |index: usize| map.nodes.get(index).map_or("", |node| node.name.as_str());
    map.links
        .iter()
        .map(|link| match link.kind {
            LinkKind::Configures => format!(
                "The control plane on {} takes its configuration from {} and manages it.",
                name(link.from),
                name(link.to)
            ),
            LinkKind::Manages => format!("The control plane on {} manages {}.", name(link.from), name(link.to)),
            LinkKind::EastWest => {
                format!("{} and {} reach each other through east-west gateways.", name(link.from), name(link.to))
            }
        })
        .collect()
}
