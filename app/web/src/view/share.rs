//! The share link: made on demand, and read at the start and whenever another one is pasted.

use super::el::{El, el, listen};
use super::icon::button;
use super::load::{buttons, dialog};
use crate::page::Page;
use crate::ui::{Copied, Dialog, Notice};
use crate::{dom, link};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;

/// Reads a link in the address, then takes it out: a reload is to bring what was typed since.
pub(super) fn watch(page: Page) {
    read(page);
    listen(&dom::window(), "hashchange", Box::new(move |_| read(page)));
}

fn read(page: Page) {
    let address = dom::window().location();
    let Some(fragment) = address.hash().ok().filter(|fragment| link::is_link(fragment)) else { return };
    spawn_local(async move {
        let outcome = link::read(&fragment).await;
        let bare = [address.pathname().unwrap_or_default(), address.search().unwrap_or_default()].concat();
        if let Ok(history) = dom::window().history() {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&bare));
        }
        let notice = match outcome {
            Ok(draft) => {
                page.replace(draft);
                page.tell(|ui| ui.example = false);
                Notice::Done("This topology came with the link. Undo brings back what you had before.".to_owned())
            }
            Err(why) => Notice::Failed([why, " Nothing was changed."].concat()),
        };
        page.notice(Some(notice));
    });
}

/// Opens the dialog and makes the link.
pub(super) fn open(page: Page) {
    page.tell(|ui| {
        ui.dialog = Some(Dialog::Share);
        ui.copied = None;
    });
    spawn_local(async move {
        let here = dom::window().location().href().unwrap_or_default();
        let stem = here.split_once('#').map_or(&*here, |(stem, _)| stem);
        let link = match link::write(&page.draft()).await {
            Some(fragment) => [stem, &fragment].concat(),
            None => "This browser cannot make links. Send meshwright.yaml from the bundle instead.".to_owned(),
        };
        page.tell(|ui| ui.link = link);
    });
}

pub(super) fn share(page: Page) -> El {
    let field = el("input").set("type", "text").set("id", "share-link").class("mono").set("readonly", "");
    let input: HtmlInputElement = field.node().clone().unchecked_into();
    let field = field.value(|now| (&now.ui.link).into()).on("focus", move |_| input.select());
    let copy = move || dom::copy(&page.ui().link, move |done| page.tell(|ui| ui.copied = done.then_some(Copied::Link)));
    let copied = el("span").set("role", "status");
    let copied = copied.says(|now| if now.ui.copied == Some(Copied::Link) { "Copied" } else { "Copy link" }.into());
    dialog(page, Dialog::Share, "share-title", "Share this topology")
        .add(el("p").text("The link holds the whole topology, behind the #: no server sees it. It holds names and addresses, and no secret."))
        .add(el("div").class("field").add(el("label").set("for", "share-link").text("Link")).add(field))
        .add(el("p").class("note").says(|now| [&now.ui.link.len().to_string(), " characters"].concat().into()))
        .add(buttons(page, "Close", button("action primary").press(copy).add(copied)))
}
