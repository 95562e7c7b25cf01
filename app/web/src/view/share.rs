//! The share link: made on demand, and read at the start and whenever another one is pasted.

use super::live::{heard, press, whenever, words};
use super::load::{closed, show};
use super::{here, linked};
use crate::page::{Dialog, Notice, Page};
use crate::{dom, link};
use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlInputElement;

/// Reads a link in the address, then takes it out: a reload is to bring what was typed since.
pub(super) fn listen(page: Page) {
    read(page);
    window_event_listener(leptos::ev::hashchange, move |_| read(page));
}

fn read(page: Page) {
    let Some(fragment) = linked() else { return };
    leptos::task::spawn_local(async move {
        let outcome = link::read(&fragment).await;
        let address = window().location();
        let bare = format!("{}{}", address.pathname().unwrap_or_default(), address.search().unwrap_or_default());
        if let Ok(history) = window().history() {
            let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&bare));
        }
        let notice = match outcome {
            Ok(draft) => {
                page.replace(draft);
                page.example.set(false);
                Notice::Done("This topology came with the link. Undo brings back what you had before.".to_owned())
            }
            Err(why) => Notice::Failed(format!("{why} Nothing was changed.")),
        };
        page.notice.set(Some(notice));
    });
}

pub(super) fn share() -> AnyView {
    let page = here();
    let dialog = NodeRef::<html::Dialog>::new();
    let address = RwSignal::new(String::new());
    let copied = RwSignal::new(false);
    whenever(move || {
        let open = page.dialog.get() == Some(Dialog::Share);
        show(dialog, open);
        if open {
            copied.set(false);
            let draft = page.draft.get_untracked();
            leptos::task::spawn_local(async move {
                let here = window().location().href().unwrap_or_default();
                let stem = here.split('#').next().unwrap_or_default().to_owned();
                let words = link::write(&draft).await.map(|fragment| stem + &fragment);
                address.set(words.unwrap_or_else(|| {
                    "This browser cannot make links. Send meshwright.yaml from the bundle instead.".to_owned()
                }));
            });
        }
    });
    let copy = press(move || dom::copy(&address.get_untracked(), move |done| copied.set(done)));
    view! {
        <dialog node_ref=dialog aria-labelledby="share-title" on:close=heard(move |_| closed(page, Dialog::Share))>
            <h2 id="share-title">"Share this topology"</h2>
            <p>"The link holds the whole topology, behind the #: no server sees it. It holds names and addresses, and no secret."</p>
            <div class="field">
                <label for="share-link">"Link"</label>
                <input type="text" id="share-link" class="mono" readonly=true prop:value=words(move || address.get()) on:focus=heard(move |event: leptos::ev::FocusEvent| event_target::<HtmlInputElement>(&event).select()) />
            </div>
            <p class="note">{words(move || format!("{} characters", address.with(String::len)))}</p>
            <div class="dialog-buttons">
                <button type="button" class="action" on:click=press(move || page.dialog.set(None))>"Close"</button>
                <button type="button" class="action primary" on:click=copy><span role="status">{words(move || if copied.get() { "Copied" } else { "Copy link" }.to_owned())}</span></button>
            </div>
        </dialog>
    }
    .into_any()
}
