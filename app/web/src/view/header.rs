//! The head of the page: what it is, what it makes, and what to do with it.

use super::field::{field, option};
use super::here;
use super::icon::{icon, icon_button};
use super::live::{fixed, flag, memo, press, typed, words};
use crate::dom;
use crate::page::{Dialog, Notice, Page};
use leptos::prelude::*;
use meshwright_core::draft::{At, Key};
use meshwright_core::field::Field;
use meshwright_core::preset::Preset;
use meshwright_core::version;

pub(super) fn header() -> AnyView {
    let page = here();
    let top = |field| At { field, key: Key::TOPOLOGY };
    view! {
        <header class="header">
            <h1 class="brand">{icon("mark")}"Meshwright"</h1>
            <div class="setup" role="group" aria-label="Scenario and Istio">
                {scenario(page)}
                {field(top(Field::IstioVersion))}
                <datalist id="releases">
                    {version::ALL.iter().map(|row| view! { <option value=row.newest></option> }.into_any()).collect::<Vec<AnyView>>()}
                </datalist>
                {field(top(Field::InstallMethod))}
            </div>
            <div class="actions" role="group" aria-label="Actions">
                {icon_button("undo", fixed("Undo (Ctrl+Z)"), flag(move || page.history.with(|history| !history.can_undo())), move || page.undo())}
                {icon_button("redo", fixed("Redo (Ctrl+Shift+Z)"), flag(move || page.history.with(|history| !history.can_redo())), move || page.redo())}
                {action("load", "Load", move || page.dialog.set(Some(Dialog::Load)))}
                {action("share", "Share", move || page.dialog.set(Some(Dialog::Share)))}
                {download(page)}
            </div>
        </header>
    }
    .into_any()
}

fn action(name: &'static str, label: &'static str, act: impl Fn() + 'static) -> AnyView {
    view! { <button type="button" class="action" on:click=press(act)>{icon(name)}<span class="words">{label}</span></button> }.into_any()
}

fn scenario(page: Page) -> AnyView {
    let current =
        memo(move || page.draft.with(|draft| Preset::ALL.into_iter().find(|preset| preset.draft() == *draft)));
    let one = move |preset: Preset| {
        option(preset.name().to_owned(), fixed(preset.title()), flag(move || current.get() == Some(preset)))
    };
    view! {
        <div class="field">
            <label for="scenario">"Scenario"</label>
            <select
                id="scenario"
                title=words(move || current.get().map_or("A topology of your own", Preset::about).to_owned())
                on:change=typed(move |name| {
                    if let Some(preset) = Preset::named(&name) {
                        page.replace(preset.draft());
                        let words = format!("{} Every value is an example. Undo brings your own topology back.", preset.about());
                        page.notice.set(Some(Notice::Done(words)));
                    }
                })
            >
                <option value="" disabled=true prop:selected=flag(move || current.get().is_none())>"Your own"</option>
                {Preset::ALL.into_iter().map(one).collect::<Vec<AnyView>>()}
            </select>
        </div>
    }
    .into_any()
}

fn download(page: Page) -> AnyView {
    let why = words(move || {
        let why = if page.made.with(|made| !made.stale) {
            "The whole bundle as a zip file"
        } else {
            "There are errors: mend them to download the bundle"
        };
        why.to_owned()
    });
    view! {
        <button
            type="button"
            class="action primary"
            disabled=flag(move || page.is_stale())
            title=why
            aria-describedby="download-why"
            on:click=press(move || save(page))
        >
            {icon("download")}<span class="words">"Download"</span>
        </button>
        <span id="download-why" class="unseen">{why}</span>
    }
    .into_any()
}

fn save(page: Page) {
    let Some(shown) = page.made.with_untracked(|made| if made.stale { None } else { made.shown.clone() }) else {
        return;
    };
    let done = shown
        .bundle
        .zip(&shown.folder)
        .is_ok_and(|bytes| dom::save(&format!("{}.zip", shown.folder), "application/zip", &bytes).is_ok());
    if !done {
        page.notice.set(Some(Notice::Failed("The browser refused the download.".to_owned())));
    }
}
