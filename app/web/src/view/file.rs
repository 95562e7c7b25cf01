//! The open file: its lines, numbered and coloured, and what to do with it. Typing into the form
//! rewrites only the lines that differ, so the place one has scrolled to stays.

use super::el::{El, el};
use super::header::group;
use super::icon::{button, icon};
use crate::highlight::Language;
use crate::made::Made;
use crate::now::Now;
use crate::page::Page;
use crate::ui::{Copied, Notice};
use crate::{dom, paint};
use meshwright_core::bundle::File;
use meshwright_core::draft::{At, Draft, Key};
use meshwright_core::field::{Field, Takes};
use std::sync::Arc;
use web_sys::Element;

pub(super) fn file(page: Page) -> El {
    let copied = el("span")
        .set("role", "status")
        .says(|now| if now.ui.copied == Some(Copied::File) { "Copied" } else { "Copy" }.into());
    let download = button("action small").set("aria-label", "Download this file").set("title", "Download this file");
    let wrap = button("action small").said("aria-pressed", |now| now.ui.wrap);
    let buttons = group("file-buttons", "Open file")
        .add(button("action small").press(move || copy(page)).add(icon("copy")).add(copied))
        .add(download.press(move || save(page)).add(icon("download")))
        .add(wrap.press(move || page.tell(|ui| ui.wrap = !ui.wrap)).text("Wrap"));
    let head = el("div").class("file-head").add(el("h2").class("path").says(|now| path(now).into())).add(buttons);
    let lines = el("pre")
        .class("lines")
        .set("tabindex", "0")
        .set("role", "region")
        .attr("aria-label", |now| ["Contents of ", path(now)].concat().into())
        .add(code());
    el("div")
        .attr("class", |now| {
            let old = if now.is_stale() { " old" } else { "" };
            ["file", old, if now.ui.wrap { " wrap" } else { "" }].concat().into()
        })
        .add(head)
        .add(stale("From before the last edit: mend the errors to see the files follow."))
        .add(empty("No files yet. They appear here as soon as the form has no errors."))
        .add(lines)
}

/// What is said where something is from before the last edit.
fn stale(words: &str) -> El {
    el("p").class("stale").flag("hidden", |now| !now.is_stale()).add(icon("warning")).text(words)
}

/// What is said as long as there is nothing to show.
pub(super) fn empty(words: &str) -> El {
    el("p").class("empty").flag("hidden", |now| now.made.shown.is_some()).text(words)
}

fn path(now: &Now) -> &str {
    now.file().map_or("", |file| &file.path)
}

fn code() -> El {
    let mut last: Option<(Arc<Made>, Option<usize>)> = None;
    el("code").with(move |place, now| {
        let same = |(made, open): &(Arc<Made>, _)| Arc::ptr_eq(made, &now.made) && *open == now.open;
        if last.as_ref().is_some_and(same) {
            return;
        }
        last = Some((now.made.clone(), now.open));
        let lines: Vec<&str> = now.file().map_or("", |file| &file.text).lines().collect();
        write(place, &lines);
        paint::paint(place, &lines, Language::of(path(now)), &own_words(&now.draft));
    })
}

/// The open file, as it is when a button is pressed.
fn open(page: Page) -> Option<File> {
    let made = page.made();
    let shown = made.shown.as_ref()?;
    shown.bundle.files.get(shown.nearest(&page.ui().open)?).cloned()
}

fn copy(page: Page) {
    let Some(file) = open(page) else { return };
    dom::copy(&file.text, move |done| {
        page.tell(|ui| ui.copied = done.then_some(Copied::File));
        if !done {
            let words = "The browser refused to copy: select the text and copy it by key.";
            page.notice(Some(Notice::Failed(words.to_owned())));
        }
        dom::after(2_000, move || {
            if page.ui().copied == Some(Copied::File) {
                page.tell(|ui| ui.copied = None);
            }
        });
    });
}

fn save(page: Page) {
    let Some(file) = open(page) else { return };
    let name = file.path.rsplit_once('/').map_or(file.path.as_str(), |(_, name)| name);
    if dom::save(name, "text/plain", file.text.as_bytes()).is_err() {
        page.notice(Some(Notice::Failed("The browser refused the download.".to_owned())));
    }
}

/// Makes `place` hold one element per line, and touches only those that differ.
fn write(place: &Element, lines: &[&str]) {
    let mut next = place.first_element_child();
    for line in lines {
        let element = if let Some(element) = next.take() {
            next = element.next_element_sibling();
            element
        } else {
            let element = dom::element("span");
            let _ = place.append_child(&element);
            element
        };
        let text = [line, "\n"].concat();
        if element.text_content().as_deref() != Some(&text) {
            element.set_text_content(Some(&text));
        }
    }
    while let Some(element) = next {
        next = element.next_element_sibling();
        element.remove();
    }
}

/// The words that a person typed, as far as they can be told from any other word.
fn own_words(draft: &Draft) -> Vec<String> {
    let clusters = draft.clusters.iter().map(|cluster| cluster.key);
    let meshes = draft.meshes.iter().map(|mesh| mesh.key);
    let planes = draft.control_planes().map(|plane| plane.key);
    let keys: Vec<_> = clusters.chain(meshes).chain(planes).chain([Key::TOPOLOGY]).collect();
    let mut words: Vec<String> = Vec::new();
    for field in Field::ALL.into_iter().filter(|field| matches!(field.info().takes, Takes::Text(_))) {
        for key in &keys {
            let text = draft.text(At { field, key: *key });
            if text.len() > 2 && words.iter().all(|word| word != text) {
                words.push(text.to_owned());
            }
        }
    }
    words
}
