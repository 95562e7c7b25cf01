//! Load a topology: a file, or pasted text. What cannot be read changes nothing.

use super::el::{El, el};
use super::icon::button;
use crate::page::Page;
use crate::read;
use crate::ui::{Dialog, Load, Notice};
use meshwright_core::draft::LARGEST;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlDialogElement, HtmlInputElement, HtmlTextAreaElement};

pub(super) fn load(page: Page) -> El {
    let text = el("textarea")
        .set("id", "load-text")
        .class("mono")
        .set("rows", "10")
        .set("spellcheck", "false")
        .set("autocomplete", "off")
        .set("aria-describedby", "load-failed");
    let file = el("input").set("type", "file").set("id", "load-file").set("accept", ".json,.yaml,.yml");
    let area: HtmlTextAreaElement = text.node().clone().unchecked_into();
    let pasted = area.clone();
    let input: HtmlInputElement = file.node().clone().unchecked_into();
    let file = file.on("change", move |_| choose(page, &input, area.clone()));
    let failed = el("p").set("id", "load-failed").class("problem error").set("role", "alert");
    let ok = button("action primary")
        .flag("disabled", |now| now.ui.load == Load::Reading)
        .press(move || take(page, pasted.clone()));
    dialog(page, Dialog::Load, "load-title", "Load a topology")
        .add(el("p").text("Choose a meshwright.yaml or paste its text, as YAML or JSON. Your present topology stays until the other one is read, and Undo brings it back."))
        .add(el("div").class("field").add(el("label").set("for", "load-file").text("File")).add(file))
        .add(el("div").class("field").add(el("label").set("for", "load-text").text("Text")).add(text))
        .add(failed.says(|now| match &now.ui.load {
            Load::Refused(why) => why.into(),
            Load::Ready | Load::Reading => "".into(),
        }))
        .add(buttons(page, "Cancel", ok.text("Load")))
}

/// Reads what is in the text area.
fn take(page: Page, area: HtmlTextAreaElement) {
    page.tell(|ui| ui.load = Load::Reading);
    let text = area.value();
    let done = move |outcome| match outcome {
        Ok(draft) => {
            page.replace(draft);
            page.tell(|ui| {
                ui.dialog = None;
                ui.load = Load::Ready;
            });
            let words = "The topology is loaded. Undo brings back what you had before.";
            page.notice(Some(Notice::Done(words.to_owned())));
            area.set_value("");
        }
        Err(why) => page.tell(|ui| ui.load = Load::Refused(why)),
    };
    read::read(&text, Box::new(done));
}

/// Puts the chosen file's text into the text area, and reads it.
fn choose(page: Page, input: &HtmlInputElement, area: HtmlTextAreaElement) {
    let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
    let input = input.clone();
    if file.size() > f64::from(LARGEST) {
        input.set_value("");
        page.tell(|ui| ui.load = Load::Refused(read::TOO_LARGE.to_owned()));
        return;
    }
    spawn_local(async move {
        let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
        input.set_value("");
        match text {
            Some(text) => {
                area.set_value(&text);
                take(page, area);
            }
            None => page.tell(|ui| ui.load = Load::Refused("The file could not be read as text.".to_owned())),
        }
    });
}

/// A dialog, open when the state says so.
pub(super) fn dialog(page: Page, which: Dialog, id: &str, title: &str) -> El {
    // The browser closes a dialog by itself too, as the Escape key does.
    let closed = move |_| {
        if page.ui().dialog == Some(which) {
            page.tell(|ui| ui.dialog = None);
        }
    };
    el("dialog")
        .set("aria-labelledby", id)
        .on("close", closed)
        .with(move |node, now| {
            let dialog: &HtmlDialogElement = node.unchecked_ref();
            match (now.ui.dialog == Some(which), dialog.open()) {
                (true, false) => {
                    let _ = dialog.show_modal();
                }
                (false, true) => dialog.close(),
                (true, true) | (false, false) => {}
            }
        })
        .add(el("h2").set("id", id).text(title))
}

/// The buttons at the foot of a dialog.
pub(super) fn buttons(page: Page, leave: &str, act: El) -> El {
    let leave = button("action").press(move || page.tell(|ui| ui.dialog = None)).text(leave);
    el("div").class("dialog-buttons").add(leave).add(act)
}
