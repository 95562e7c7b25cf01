//! Load a topology: a file, or pasted text. What cannot be read changes nothing.

use super::here;
use crate::page::{Dialog, Notice, Page};
use leptos::html;
use leptos::prelude::*;
use meshwright_core::draft::{Draft, File};
use wasm_bindgen_futures::JsFuture;

pub(super) fn load() -> AnyView {
    let page = here();
    let dialog = NodeRef::<html::Dialog>::new();
    let text = RwSignal::new(String::new());
    let failed = RwSignal::new(None::<String>);
    Effect::new(move || show(dialog, page.dialog.get() == Some(Dialog::Load)));
    let read = move || match parse(&text.get_untracked()) {
        Ok(draft) => {
            page.dialog.set(None);
            page.replace(draft);
            page.notice.set(Some(Notice::Done("The topology is loaded. Undo brings back what you had before.".to_owned())));
            text.set(String::new());
            failed.set(None);
        }
        Err(why) => failed.set(Some(why)),
    };
    let chosen = move |input: web_sys::HtmlInputElement| {
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        leptos::task::spawn_local(async move {
            let read_text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
            input.set_value("");
            match read_text {
                Some(content) => {
                    text.set(content);
                    read();
                }
                None => failed.set(Some("The file could not be read as text.".to_owned())),
            }
        });
    };
    view! {
        <dialog node_ref=dialog aria-labelledby="load-title" on:close=move |_| closed(page, Dialog::Load)>
            <h2 id="load-title">"Load a topology"</h2>
            <p>"Choose a file or paste its text: the JSON form of meshwright.yaml. Your present topology stays until the other one is read, and Undo brings it back."</p>
            <div class="field">
                <label for="load-file">"File"</label>
                <input type="file" id="load-file" accept=".json,.yaml,.yml" on:change:target=move |event| chosen(event.target()) />
            </div>
            <div class="field">
                <label for="load-text">"Text"</label>
                <textarea
                    id="load-text"
                    class="mono"
                    rows="10"
                    spellcheck="false"
                    autocomplete="off"
                    aria-describedby="load-failed"
                    prop:value=move || text.get()
                    on:input:target=move |event| text.set(event.target().value())
                ></textarea>
            </div>
            <p id="load-failed" class="problem error" role="alert">{move || failed.get()}</p>
            <div class="dialog-buttons">
                <button type="button" class="action" on:click=move |_| page.dialog.set(None)>"Cancel"</button>
                <button type="button" class="action primary" on:click=move |_| read()>"Load"</button>
            </div>
        </dialog>
    }
    .into_any()
}

fn parse(text: &str) -> Result<Draft, String> {
    if text.trim().is_empty() {
        return Err("There is no text to read.".to_owned());
    }
    serde_json::from_str::<File>(text).map(Draft::from).map_err(|error| format!("This is not a topology in JSON: {error}."))
}

/// Opens or closes a dialog.
pub(super) fn show(dialog: NodeRef<html::Dialog>, open: bool) {
    let Some(dialog) = dialog.get() else { return };
    if open && !dialog.open() {
        let _ = dialog.show_modal();
    } else if !open && dialog.open() {
        dialog.close();
    }
}

/// The browser closed a dialog by itself, as the Escape key does.
pub(super) fn closed(page: Page, which: Dialog) {
    if page.dialog.get_untracked() == Some(which) {
        page.dialog.set(None);
    }
}
