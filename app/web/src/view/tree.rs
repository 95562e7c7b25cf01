//! The files, by folder. One stop for the Tab key; arrows go from file to file.

use super::el::{El, el, words};
use super::form::{from, number};
use super::problems::many;
use crate::dom;
use crate::now::Now;
use crate::page::Page;
use meshwright_core::draft::Key;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

pub(super) fn tree(page: Page) -> El {
    let count = el("span")
        .class("count")
        .says(|now| now.shown().map_or(0, |shown| shown.ids.len()).to_string().into())
        .text(" files");
    el("nav")
        .class("tree")
        .set("aria-label", "Files of the bundle")
        .on("keydown", move |event| arrows(page, &event))
        .add(el("h2").text("Bundle ").add(count))
        .add(el("ul").rows(folders, move |number| folder(page, number)))
        .add(el("p").class("changes").says(|now| changes(now).into()))
}

/// The folders, in the order of the files: a cluster's by its key, the bundle's own by that of the
/// topology.
fn folders(now: &Now) -> Vec<u64> {
    let mut folders = Vec::new();
    for id in now.shown().map_or(&[][..], |shown| &shown.ids) {
        let folder = number(id.cluster.unwrap_or(Key::TOPOLOGY));
        if !folders.contains(&folder) {
            folders.push(folder);
        }
    }
    folders
}

/// The files of a folder.
fn files(now: &Now, folder: u64) -> Vec<u64> {
    let ids = now.shown().map_or(&[][..], |shown| &shown.ids);
    let own = (0..).zip(ids).filter(|(_, id)| number(id.cluster.unwrap_or(Key::TOPOLOGY)) == folder);
    own.map(|(index, _)| index).collect()
}

fn folder(page: Page, folder: u64) -> El {
    let title = words(move |now| {
        let clusters = now.shown().map_or(&[][..], |shown| &shown.clusters);
        let name = clusters.iter().find(|(key, _)| *key == from(folder)).map_or("", |(_, name)| name);
        [name, "/"].concat().into()
    });
    let item = el("li").class("folder");
    let item = if from(folder) == Key::TOPOLOGY { item } else { item.add(el("h3").says(title)) };
    item.add(el("ul").rows(move |now| files(now, folder), move |file| entry(page, file)))
}

fn entry(page: Page, file: u64) -> El {
    let index = usize::try_from(file).unwrap_or(0);
    let open = move |now: &Now| now.open == Some(index);
    let name = words(move |now| {
        let path = now.shown().and_then(|shown| shown.bundle.files.get(index)).map_or("", |file| &file.path);
        path.rsplit_once('/').map_or(path, |(_, name)| name).into()
    });
    let same = move |now: &Now| now.shown().and_then(|shown| shown.changed.get(index)).is_none_or(|lines| *lines == 0);
    let mark = el("span").class("changed").flag("hidden", same).set("title", "Changed by the last edit");
    let button = el("button")
        .set("type", "button")
        .set("id", &format!("file-{index}"))
        .said("aria-current", open)
        .attr("tabindex", move |now| if open(now) { "0" } else { "-1" }.into())
        .press(move || choose(page, index))
        .add(el("span").class("file-name").says(name))
        .add(mark.add(el("span").class("unseen").text("changed")));
    el("li").add(button)
}

/// Opens a file.
fn choose(page: Page, index: usize) {
    let made = page.made();
    if let Some(id) = made.shown.as_ref().and_then(|shown| shown.ids.get(index)) {
        page.tell(|ui| ui.open = id.clone());
    }
}

fn arrows(page: Page, event: &Event) {
    let made = page.made();
    let Some(shown) = &made.shown else { return };
    let Some(last) = shown.ids.len().checked_sub(1) else { return };
    let at = shown.nearest(&page.ui().open).unwrap_or(0);
    let to = match event.unchecked_ref::<KeyboardEvent>().key().as_str() {
        "ArrowDown" => (at + 1).min(last),
        "ArrowUp" => at.saturating_sub(1),
        "Home" => 0,
        "End" => last,
        _ => return,
    };
    event.prevent_default();
    choose(page, to);
    dom::focus_soon(format!("file-{to}"));
}

/// What the last edit changed, in numbers.
fn changes(now: &Now) -> String {
    let changed = now.shown().map_or(&[][..], |shown| &shown.changed);
    let lines: usize = changed.iter().sum();
    let files = changed.iter().filter(|lines| **lines > 0).count();
    if lines == 0 {
        return String::new();
    }
    ["Last edit: ", &many(lines, "line"), " in ", &many(files, "file")].concat()
}
