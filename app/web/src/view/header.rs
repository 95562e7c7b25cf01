//! The head of the page: what it is, what it makes, and what to do with it.

use super::field::field;
use super::here;
use super::icon::{icon, icon_button};
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
                    {version::ALL.iter().map(|row| view! { <option value=row.newest></option> }).collect_view()}
                </datalist>
                {field(top(Field::InstallMethod))}
            </div>
            <div class="actions" role="group" aria-label="Actions">
                {icon_button("undo", Signal::stored("Undo (Ctrl+Z)".to_owned()), Signal::derive(move || page.history.with(|history| !history.can_undo())), move || page.undo())}
                {icon_button("redo", Signal::stored("Redo (Ctrl+Shift+Z)".to_owned()), Signal::derive(move || page.history.with(|history| !history.can_redo())), move || page.redo())}
                {action("load", "Load", move || page.dialog.set(Some(Dialog::Load)))}
                {action("share", "Share", move || page.dialog.set(Some(Dialog::Share)))}
                {download(page)}
            </div>
        </header>
    }
    .into_any()
}

fn action(name: &'static str, label: &'static str, press: impl Fn() + 'static) -> AnyView {
    let press: Box<dyn Fn()> = Box::new(press);
    view! { <button type="button" class="action" on:click=move |_| press()>{icon(name)}<span class="words">{label}</span></button> }.into_any()
}

fn scenario(page: Page) -> AnyView {
    let current = Memo::new(move |_| {
        page.draft.with(|draft| Preset::ALL.into_iter().find(|preset| preset.draft() == *draft))
    });
    let option = move |preset: Preset| {
        view! { <option value=preset.name() prop:selected=move || current.get() == Some(preset)>{preset.title()}</option> }
    };
    view! {
        <div class="field">
            <label for="scenario">"Scenario"</label>
            <select
                id="scenario"
                title=move || current.get().map_or("A topology of your own", Preset::about)
                on:change:target=move |event| {
                    if let Some(preset) = Preset::named(&event.target().value()) {
                        page.replace(preset.draft());
                        let words = format!("{} Every value is an example. Undo brings your own topology back.", preset.about());
                        page.notice.set(Some(Notice::Done(words)));
                    }
                }
            >
                <option value="" disabled=true prop:selected=move || current.get().is_none()>"Your own"</option>
                {Preset::ALL.into_iter().map(option).collect_view()}
            </select>
        </div>
    }
    .into_any()
}

fn download(page: Page) -> AnyView {
    let ready = Memo::new(move |_| page.made.with(|made| !made.stale));
    let why = move || {
        if ready.get() { "The whole bundle as a zip file" } else { "There are errors: mend them to download the bundle" }
    };
    view! {
        <button
            type="button"
            class="action primary"
            disabled=move || !ready.get() && page.problems.with(|all| !all.is_empty())
            title=why
            aria-describedby="download-why"
            on:click=move |_| save(page)
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
    let done = shown.bundle.zip(&shown.folder).is_ok_and(|bytes| {
        dom::save(&format!("{}.zip", shown.folder), "application/zip", &bytes).is_ok()
    });
    if !done {
        page.notice.set(Some(Notice::Failed("The browser refused the download.".to_owned())));
    }
}
