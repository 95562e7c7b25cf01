//! The draft over a reload: in the browser's storage, as the JSON of its file. Where storage is
//! refused the page works all the same, and says that nothing is kept.

use crate::page::Page;
use crate::ui::Notice;
use crate::view::Live;
use crate::{dom, json};
use meshwright_core::draft::Draft;
use meshwright_core::preset::Preset;
use std::sync::Arc;
use web_sys::Storage;

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
    let Some(storage) = storage() else {
        let refused = "This browser refuses storage to the page. Everything works, but the topology will not survive a reload: share or download it to keep it.";
        return fresh(Notice::Failed(refused.to_owned()));
    };
    let Some(kept) = storage.get_item(NAME).ok().flatten() else { return fresh(Notice::Example) };
    match json::read(&kept) {
        Some(draft) => Start { draft, example: false, notice: None },
        None => fresh(Notice::Failed(
            "The topology of the last visit could not be read. This is the first scenario, with example values."
                .to_owned(),
        )),
    }
}

/// Keeps every draft from now on, as soon as it is not an example any more.
pub(crate) fn keep(page: Page) -> Live {
    let storage = storage();
    let mut last: Option<(Arc<Draft>, bool)> = None;
    Box::new(move |now| {
        let same = |(draft, example): &(Arc<Draft>, _)| Arc::ptr_eq(draft, &now.draft) && *example == now.ui.example;
        let Some(storage) = storage.as_ref().filter(|_| !last.as_ref().is_some_and(same)) else { return };
        last = Some((now.draft.clone(), now.ui.example));
        if now.ui.example {
            let _ = storage.remove_item(NAME);
        } else if storage.set_item(NAME, &json::write(&now.draft)).is_err() && now.ui.notice.is_none() {
            let full = "The browser's storage is full: the topology will not survive a reload. Share or download it to keep it.";
            page.notice(Some(Notice::Failed(full.to_owned())));
        }
    })
}

/// The browser's storage, unless it refuses it to the page.
fn storage() -> Option<Storage> {
    dom::window().local_storage().ok().flatten()
}
