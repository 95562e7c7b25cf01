//! What is seen: one file per part of the page, as in style/.

mod card;
mod control_plane;
mod el;
mod field;
mod file;
mod form;
mod header;
mod icon;
mod keys;
mod live;
mod load;
mod map;
mod notice;
mod problems;
mod remedy;
mod select;
mod share;
mod tabs;
mod tree;

use crate::page::Page;
use crate::ui::Tab;
use crate::{dom, keep};
use any_spawner::Executor;
use el::{El, el};
pub(crate) use live::Live;
use meshwright_core::problem::Problem;
use reactive_graph::effect::RenderEffect;

/// Puts the page in place of what index.html shows while it loads, and writes it anew, where it
/// differs, whenever the state changes.
pub(crate) fn mount() {
    // Nobody else has set one up.
    let _ = Executor::init_wasm_bindgen();
    let page = Page::new(keep::start());
    let Some(place) = dom::find("app") else { return };
    place.set_text_content(None);
    let (parts, mut live): (_, Vec<Live>) = live::scope(|| app(page));
    live.push(keep::keep(page));
    let effect = RenderEffect::new(move |before: Option<Vec<Problem>>| {
        let now = page.now(&before.unwrap_or_default());
        for live in &mut live {
            live(&now);
        }
        now.problems
    });
    // It ends with the page.
    std::mem::forget(effect);
    for part in parts {
        let _ = place.append_child(part.node());
    }
    keys::watch(page);
    share::watch(page);
}

fn app(page: Page) -> [El; 5] {
    let skip = |to: &str, words: &str| el("a").class("skip").set("href", to).text(words);
    let whole = el("div")
        .attr("class", |now| if now.ui.example { "page examples" } else { "page" }.into())
        .attr("data-tab", |now| match now.ui.tab {
            Tab::Form => "form".into(),
            Tab::Map => "map".into(),
            Tab::Files => "files".into(),
        })
        .add(header::header(page))
        .add(notice::notice(page))
        .add(el("main").add(form::form(page)).add(map::map(page)).add(files(page)))
        .add(tabs::tabs(page));
    [
        skip("#form", "Skip to the form"),
        skip("#files", "Skip to the files"),
        whole,
        load::load(page),
        share::share(page),
    ]
}

fn files(page: Page) -> El {
    let files = el("section").class("files").set("id", "files").set("tabindex", "-1").set("aria-label", "Files");
    files.add(tree::tree(page)).add(file::file(page))
}
