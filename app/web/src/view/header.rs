//! The head of the page: what it is, what it makes, and what to do with it.

use super::el::{El, el};
use super::field::field;
use super::icon::{button, icon, icon_button};
use super::select::{option, select};
use super::share;
use crate::dom;
use crate::now::Now;
use crate::page::Page;
use crate::ui::{Dialog, Notice};
use meshwright_core::draft::{At, Key};
use meshwright_core::field::Field;
use meshwright_core::preset::Preset;
use meshwright_core::version;
use std::borrow::Cow;

pub(super) fn header(page: Page) -> El {
    let top = |top| field(page, At { field: top, key: Key::TOPOLOGY });
    let releases = version::ALL.iter().map(|row| el("option").set("value", row.newest));
    let setup = group("setup", "Scenario and Istio")
        .add(scenario(page))
        .add(top(Field::IstioVersion))
        .add(el("datalist").set("id", "releases").all(releases))
        .add(top(Field::InstallMethod));
    let undo = icon_button("undo", |_| "Undo (Ctrl+Z)".into(), move || page.undo());
    let redo = icon_button("redo", |_| "Redo (Ctrl+Shift+Z)".into(), move || page.redo());
    let actions = group("actions", "Actions")
        .add(undo.flag("disabled", |now| !now.can_undo))
        .add(redo.flag("disabled", |now| !now.can_redo))
        .add(action("load", "Load").press(move || page.tell(|ui| ui.dialog = Some(Dialog::Load))))
        .add(action("share", "Share").press(move || share::open(page)))
        .all(download(page));
    let brand = el("h1").class("brand").add(icon("mark")).text("Meshwright");
    el("header").class("header").add(brand).add(setup).add(actions)
}

/// Controls that belong together.
pub(super) fn group(class: &str, label: &str) -> El {
    el("div").class(class).set("role", "group").set("aria-label", label)
}

fn action(name: &str, label: &str) -> El {
    button("action").add(icon(name)).add(el("span").class("words").text(label))
}

fn scenario(page: Page) -> El {
    let select = select("Your own")
        .set("id", "scenario")
        .attr("title", |now| now.made.preset.map_or("A topology of your own", Preset::about).into())
        .all(Preset::ALL.map(|preset| option(preset.name(), preset.title())))
        .value(|now| now.made.preset.map_or("", Preset::name).into())
        .typed("change", move |name| {
            if let Some(preset) = Preset::named(&name) {
                page.replace(preset.draft());
                let words = [preset.about(), " Every value is an example. Undo brings your own topology back."];
                page.notice(Some(Notice::Done(words.concat())));
            }
        });
    el("div").class("field").add(el("label").set("for", "scenario").text("Scenario")).add(select)
}

fn download(page: Page) -> [El; 2] {
    fn why(now: &Now) -> Cow<'_, str> {
        if now.made.stale {
            "There are errors: mend them to download the bundle".into()
        } else {
            "The whole bundle as a zip file".into()
        }
    }
    let button = action("download", "Download")
        .class("action primary")
        .flag("disabled", Now::is_stale)
        .attr("title", why)
        .set("aria-describedby", "download-why")
        .press(move || save(page));
    [button, el("span").set("id", "download-why").class("unseen").says(why)]
}

fn save(page: Page) {
    let made = page.made();
    let Some(shown) = made.shown.as_ref().filter(|_| !made.stale) else { return };
    let name = [&shown.folder, ".zip"].concat();
    let done = shown.bundle.zip(&shown.folder).is_ok_and(|bytes| dom::save(&name, "application/zip", &bytes).is_ok());
    if !done {
        page.notice(Some(Notice::Failed("The browser refused the download.".to_owned())));
    }
}
