//! Load a topology: a file, or pasted text. What cannot be read changes nothing.

use super::here;
use super::live::{flag, heard, press, typed, whenever, words};
use crate::page::{Dialog, Notice, Page};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

pub(super) fn load() -> AnyView {
    let page = here();
    let dialog = NodeRef::<html::Dialog>::new();
    let text = RwSignal::new(String::new());
    let failed = RwSignal::new(String::new());
    whenever(move || show(dialog, page.dialog.get() == Some(Dialog::Load)));
    let reading = RwSignal::new(false);
    let read = move || {
        reading.set(true);
        let typed = text.get_untracked();
        crate::read::read(
            &typed,
            Box::new(move |outcome| {
                reading.set(false);
                match outcome {
                    Ok(draft) => {
                        page.dialog.set(None);
                        page.replace(draft);
                        let words = "The topology is loaded. Undo brings back what you had before.";
                        page.notice.set(Some(Notice::Done(words.to_owned())));
                        text.set(String::new());
                        failed.set(String::new());
                    }
                    Err(why) => failed.set(why),
                }
            }),
        );
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
                None => failed.set("The file could not be read as text.".to_owned()),
            }
        });
    };
    view! {
        <dialog node_ref=dialog aria-labelledby="load-title" on:close=heard(move |_| closed(page, Dialog::Load))>
            <h2 id="load-title">"Load a topology"</h2>
            <p>"Choose a meshwright.yaml or paste its text, as YAML or JSON. Your present topology stays until the other one is read, and Undo brings it back."</p>
            <div class="field">
                <label for="load-file">"File"</label>
                <input type="file" id="load-file" accept=".json,.yaml,.yml" on:change=heard(move |event| chosen(event_target(&event))) />
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
                    prop:value=words(move || text.get())
                    on:input=typed(move |typed| text.set(typed))
                ></textarea>
            </div>
            <p id="load-failed" class="problem error" role="alert">{words(move || failed.get())}</p>
            <div class="dialog-buttons">
                <button type="button" class="action" on:click=press(move || page.dialog.set(None))>"Cancel"</button>
                <button type="button" class="action primary" disabled=flag(move || reading.get()) on:click=press(read)>"Load"</button>
            </div>
        </dialog>
    }
    .into_any()
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
