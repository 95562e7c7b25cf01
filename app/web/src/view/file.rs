//! The open file: its lines, numbered and coloured, and what to do with it. Typing into the form
//! rewrites only the lines that differ, so the place one has scrolled to stays.

use super::here;
use super::icon::icon;
use super::tree::current;
use crate::highlight::Language;
use crate::page::{Notice, Page};
use crate::{dom, paint};
use leptos::html;
use leptos::prelude::*;
use meshwright_core::field::{Field, Takes};
use web_sys::Element;

pub(super) fn file() -> AnyView {
    let page = here();
    let current = current(page);
    let file = Memo::new(move |_| {
        page.made.with(|made| {
            let id = current.get()?;
            made.shown.as_ref()?.find(&id).cloned()
        })
    });
    let path = Memo::new(move |_| file.with(|file| file.as_ref().map(|file| file.path.clone())).unwrap_or_default());
    let place = NodeRef::<html::Code>::new();
    let wrap = RwSignal::new(false);
    let stale = Memo::new(move |_| page.made.with(|made| made.stale) && page.problems.with(|all| !all.is_empty()));
    Effect::new(move || {
        let Some(place) = place.get() else { return };
        let text = file.with(|file| file.as_ref().map(|file| file.text.clone())).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        write(&place, &lines);
        paint::paint(&place, &lines, Language::of(&path.get()), &own_words(page));
    });
    let note = move || stale.get().then(|| view! { <p class="stale">{icon("warning")}"From before the last edit: mend the errors to see the files follow."</p> });
    let copied = RwSignal::new(false);
    let copy = move |_| {
        if let Some(file) = file.get_untracked() {
            dom::copy(&file.text, move |done| {
                copied.set(done);
                if !done {
                    page.notice.set(Some(Notice::Failed("The browser refused to copy: select the text and copy it by key.".to_owned())));
                }
                gloo_timers::callback::Timeout::new(2_000, move || copied.set(false)).forget();
            });
        }
    };
    let empty = move || file.with(Option::is_none).then(|| view! { <p class="empty">"No files yet. They appear here as soon as the form has no errors."</p> });
    view! {
        <div class="file" class:old=move || stale.get() class:wrap=move || wrap.get()>
            <div class="file-head">
                <h2 class="path">{move || path.get()}</h2>
                <div class="file-buttons" role="group" aria-label="Open file">
                    <button type="button" class="action small" on:click=copy>{icon("copy")}<span role="status">{move || if copied.get() { "Copied" } else { "Copy" }}</span></button>
                    <button type="button" class="action small" aria-label="Download this file" title="Download this file" on:click=move |_| save(page, file)>{icon("download")}</button>
                    <button type="button" class="action small" aria-pressed=move || if wrap.get() { "true" } else { "false" } on:click=move |_| wrap.update(|wrap| *wrap = !*wrap)>"Wrap"</button>
                </div>
            </div>
            {note}
            {empty}
            <pre class="lines" tabindex="0" role="region" aria-label=move || format!("Contents of {}", path.get())><code node_ref=place></code></pre>
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
        let element = match next.take() {
            Some(element) => {
                next = element.next_element_sibling();
                element
            }
            None => {
                let Ok(element) = document.create_element("span") else { return };
                let _ = place.append_child(&element);
                element
            }
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
        let keys: Vec<_> = clusters.chain(meshes).chain(planes).chain([meshwright_core::draft::Key::TOPOLOGY]).collect();
        let texts = Field::ALL.iter().filter(|field| matches!(field.info().takes, Takes::Text(_)));
        let mut words: Vec<String> = texts
            .flat_map(|field| keys.iter().map(|key| draft.text(meshwright_core::draft::At { field: *field, key: *key })))
            .filter(|text| text.len() > 2)
            .map(str::to_owned)
            .collect();
        words.sort_unstable();
        words.dedup();
        words
    })
}
