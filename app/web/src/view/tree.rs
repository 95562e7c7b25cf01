//! The files, by folder. One stop for the Tab key; arrows go from file to file.

use super::here;
use super::live::{flag, heard, memo, part, press, said, words};
use crate::dom;
use crate::files::FileId;
use crate::page::Page;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use meshwright_core::draft::Key;

/// A folder: of a cluster, or the bundle's own.
type Folder = (Option<Key>, Vec<(usize, FileId)>);

pub(super) fn tree() -> AnyView {
    let page = here();
    let folders =
        memo(move || page.made.with(|made| made.shown.as_ref().map_or_else(Vec::new, |shown| group(&shown.ids))));
    let current = current(page);
    let folder = move |(cluster, files): Folder| {
        let title = words(move || {
            page.made.with(|made| {
                let clusters = made.shown.as_ref().map_or(&[][..], |shown| &shown.clusters);
                clusters
                    .iter()
                    .find(|(key, _)| Some(*key) == cluster)
                    .map_or_else(String::new, |(_, name)| format!("{name}/"))
            })
        });
        let title = if cluster.is_some() { view! { <h3>{title}</h3> }.into_any() } else { ().into_any() };
        let one = move |(index, id): (usize, FileId)| entry(page, current, index, id);
        view! {
            <li class="folder">
                {title}
                <ul>{files.into_iter().map(one).collect::<Vec<AnyView>>()}</ul>
            </li>
        }
        .into_any()
    };
    let count =
        words(move || page.made.with(|made| made.shown.as_ref().map_or(0, |shown| shown.ids.len())).to_string());
    view! {
        <nav class="tree" aria-label="Files of the bundle" on:keydown=heard(move |event| arrows(page, &event))>
            <h2>"Bundle "<span class="count">{count} " files"</span></h2>
            <ul>{part(move || folders.get().into_iter().map(folder).collect::<Vec<AnyView>>().into_any())}</ul>
            {changes(page)}
        </nav>
    }
    .into_any()
}

/// The index of the open file.
pub(super) fn current(page: Page) -> Memo<Option<FileId>> {
    memo(move || {
        page.made.with(|made| {
            let shown = made.shown.as_ref()?;
            page.open.with(|open| shown.nearest(open).map(|(id, _)| id.clone()))
        })
    })
}

fn group(ids: &[FileId]) -> Vec<Folder> {
    let mut folders: Vec<Folder> = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        let file = (index, id.clone());
        match folders.iter_mut().find(|(cluster, _)| *cluster == id.cluster) {
            Some((_, files)) => files.push(file),
            None => folders.push((id.cluster, vec![file])),
        }
    }
    folders
}

fn entry(page: Page, current: Memo<Option<FileId>>, index: usize, id: FileId) -> AnyView {
    let name = words(move || {
        page.made.with(|made| {
            let file = made.shown.as_ref().and_then(|shown| shown.bundle.files.get(index));
            file.map_or("", |file| file.path.rsplit_once('/').map_or(&*file.path, |(_, name)| name)).to_owned()
        })
    });
    let same = flag(move || {
        page.made.with(|made| made.shown.as_ref().and_then(|shown| shown.changed.get(index).copied()).unwrap_or(0) == 0)
    });
    let this = id.clone();
    let open = flag(move || current.with(|current| current.as_ref() == Some(&this)));
    view! {
        <li>
            <button
                type="button"
                id=format!("file-{index}")
                aria-current=said(move || open.get())
                tabindex=words(move || if open.get() { "0" } else { "-1" }.to_owned())
                on:click=press(move || page.open.set(id.clone()))
            >
                <span class="file-name">{name}</span>
                <span class="changed" hidden=same title="Changed by the last edit"><span class="unseen">"changed"</span></span>
            </button>
        </li>
    }
    .into_any()
}

fn arrows(page: Page, event: &KeyboardEvent) {
    let ids = page.made.with_untracked(|made| made.shown.as_ref().map_or_else(Vec::new, |shown| shown.ids.clone()));
    let Some(last) = ids.len().checked_sub(1) else { return };
    let open = page.open.get_untracked();
    let at = ids.iter().position(|id| *id == open).unwrap_or(0);
    let to = match event.key().as_str() {
        "ArrowDown" => (at + 1).min(last),
        "ArrowUp" => at.saturating_sub(1),
        "Home" => 0,
        "End" => last,
        _ => return,
    };
    event.prevent_default();
    if let Some(id) = ids.get(to) {
        page.open.set(id.clone());
        dom::focus_soon(format!("file-{to}"));
    }
}

/// What the last edit changed, in numbers.
fn changes(page: Page) -> AnyView {
    let line = words(move || {
        page.made.with(|made| {
            let changed = made.shown.as_ref().map_or(&[][..], |shown| &shown.changed);
            let lines: usize = changed.iter().sum();
            let files = changed.iter().filter(|lines| **lines > 0).count();
            let many = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
            if lines == 0 {
                return String::new();
            }
            format!("Last edit: {} in {}", many(lines, "line"), many(files, "file"))
        })
    });
    view! { <p class="changes">{line}</p> }.into_any()
}
