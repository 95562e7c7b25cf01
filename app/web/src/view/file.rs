//! The open file: its lines, numbered and coloured, and what to do with it. Typing into the form
//! rewrites only the lines that differ, so the place one has scrolled to stays.

use super::here;
use super::icon::icon;
use super::live::{flag, memo, press, said, whenever, words};
use super::tree::current;
use crate::highlight::Language;
use crate::page::{Notice, Page};
use crate::{dom, paint};
use leptos::html;
use leptos::prelude::*;
use meshwright_core::draft::{At, Key};
use meshwright_core::field::{Field, Takes};
use web_sys::Element;

pub(super) fn file() -> AnyView {
    let page = here();
    let current = current(page);
    let file = memo(move || {
        page.made.with(|made| {
            let id = current.get()?;
            made.shown.as_ref()?.find(&id).cloned()
        })
    });
    let path = words(move || file.with(|file| file.as_ref().map(|file| file.path.clone())).unwrap_or_default());
    let place = NodeRef::<html::Code>::new();
    let wrap = RwSignal::new(false);
    let stale = flag(move || page.is_stale());
    whenever(move || {
        let Some(place) = place.get() else { return };
        let text = file.with(|file| file.as_ref().map(|file| file.text.clone())).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        write(&place, &lines);
        paint::paint(&place, &lines, Language::of(&path.get()), &own_words(page));
    });
    let fresh = flag(move || !page.is_stale());
    let copied = RwSignal::new(false);
    let copy = press(move || {
        if let Some(file) = file.get_untracked() {
            dom::copy(&file.text, move |done| {
                copied.set(done);
                if !done {
                    page.notice.set(Some(Notice::Failed(
                        "The browser refused to copy: select the text and copy it by key.".to_owned(),
                    )));
                }
                gloo_timers::callback::Timeout::new(2_000, move || copied.set(false)).forget();
            });
        }
    });
    let some = flag(move || file.with(Option::is_some));
    view! {
        <div class="file" class:old=stale class:wrap=flag(move || wrap.get())>
            <div class="file-head">
                <h2 class="path">{path}</h2>
                <div class="file-buttons" role="group" aria-label="Open file">
                    <button type="button" class="action small" on:click=copy>{icon("copy")}<span role="status">{words(move || if copied.get() { "Copied" } else { "Copy" }.to_owned())}</span></button>
                    <button type="button" class="action small" aria-label="Download this file" title="Download this file" on:click=press(move || save(page, file))>{icon("download")}</button>
                    <button type="button" class="action small" aria-pressed=said(move || wrap.get()) on:click=press(move || wrap.update(|wrap| *wrap = !*wrap))>"Wrap"</button>
                </div>
            </div>
            <p class="stale" hidden=fresh>{icon("warning")}"From before the last edit: mend the errors to see the files follow."</p>
            <p class="empty" hidden=some>"No files yet. They appear here as soon as the form has no errors."</p>
            <pre class="lines" tabindex="0" role="region" aria-label=words(move || format!("Contents of {}", path.get()))><code node_ref=place></code></pre>
        </div>
    }
    .into_any()
}

fn save(page: Page, file: Memo<Option<meshwright_core::bundle::File>>) {
    let Some(file) = file.get_untracked() else { return };
    let name = file.path.rsplit_once('/').map_or(file.path.as_str(), |(_, name)| name);
    if dom::save(name, "text/plain", file.text.as_bytes()).is_err() {
        page.notice.set(Some(Notice::Failed("The browser refused the download.".to_owned())));
    }
}

/// Makes `place` hold one element per line, and touches only those that differ.
fn write(place: &Element, lines: &[&str]) {
    let document = document();
    let mut next = place.first_element_child();
    for line in lines {
        let element = if let Some(element) = next.take() {
            next = element.next_element_sibling();
            element
        } else {
            let Ok(element) = document.create_element("span") else { return };
            let _ = place.append_child(&element);
            element
        };
        let text = format!("{line}\n");
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
fn own_words(page: Page) -> Vec<String> {
    page.draft.with(|draft| {
        let clusters = draft.clusters.iter().map(|cluster| cluster.key);
        let meshes = draft.meshes.iter().map(|mesh| mesh.key);
        let planes = draft.control_planes().map(|plane| plane.key);
        let keys: Vec<_> = clusters.chain(meshes).chain(planes).chain([Key::TOPOLOGY]).collect();
        let texts = Field::ALL.iter().filter(|field| matches!(field.info().takes, Takes::Text(_)));
        let mut words: Vec<String> = Vec::new();
        for field in texts {
            for key in &keys {
                let text = draft.text(At { field: *field, key: *key });
                if text.len() > 2 && words.iter().all(|word| word != text) {
                    words.push(text.to_owned());
                }
            }
        }
        words
    })
}
