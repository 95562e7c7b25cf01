//! The draft over a reload: in the browser's storage, as the JSON of its file. Where storage is
//! refused the page works all the same, and says that nothing is kept.

use crate::page::{Notice, Page};
use crate::view::live::whenever;
use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::*;
use meshwright_core::draft::{Draft, File};
use meshwright_core::preset::Preset;

const NAME: &str = "meshwright.draft";

/// What the page starts with.
pub(crate) struct Start {
    pub(crate) draft: Draft,
    pub(crate) example: bool,
    pub(crate) notice: Option<Notice>,
}

/// The draft of the last visit, or else the first preset.
pub(crate) fn start() -> Start {
    let fresh = |notice| Start { draft: Preset::ExternalControlPlane.draft(), example: true, notice: Some(notice) };
    if !allowed() {
        let refused = "This browser refuses storage to the page. Everything works, but the topology will not survive a reload: share or download it to keep it.";
        return fresh(Notice::Failed(refused.to_owned()));
    }
    match LocalStorage::get::<Option<File>>(NAME) {
        Ok(Some(file)) => Start { draft: Draft::from(file), example: false, notice: None },
        Err(gloo_storage::errors::StorageError::KeyNotFound(_)) | Ok(None) => fresh(Notice::Example),
        Err(_) => fresh(Notice::Failed(
            "The topology of the last visit could not be read. This is the first scenario, with example values."
                .to_owned(),
        )),
    }
}

/// Keeps every draft from now on, as soon as it is not an example any more.
pub(crate) fn keep(page: Page) {
    if !allowed() {
        return;
    }
    whenever(move || {
        let file = page.draft.with(|draft| File::from(draft));
        if page.example.get() {
            LocalStorage::delete(NAME);
        } else if LocalStorage::set(NAME, Some(file)).is_err() && !page.notice.with_untracked(Option::is_some) {
            let full = "The browser's storage is full: the topology will not survive a reload. Share or download it to keep it.";
            page.notice.set(Some(Notice::Failed(full.to_owned())));
        }
    });
}

/// gloo's storage panics where the browser refuses it.
fn allowed() -> bool {
    web_sys::window().and_then(|window| window.local_storage().ok().flatten()).is_some()
}
