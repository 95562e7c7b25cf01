//! What is seen: one file per part of the page, as in style/.

mod card;
mod control_plane;
mod field;
mod file;
mod form;
mod header;
mod icon;
mod keys;
pub(crate) mod live;
mod load;
mod map;
mod notice;
mod problems;
mod share;
mod tabs;
mod tree;

use crate::page::{Page, Tab, page};
use crate::{keep, link};
use leptos::prelude::*;

/// The whole page.
pub(crate) fn app() -> AnyView {
    let page = Page::new(keep::start());
    provide_context(page);
    keep::keep(page);
    keys::listen(page);
    share::listen(page);
    let tab = live::words(move || {
        let name = match page.tab.get() {
            Tab::Form => "form",
            Tab::Map => "map",
            Tab::Files => "files",
        };
        name.to_owned()
    });
    view! {
        <a class="skip" href="#form">"Skip to the form"</a>
        <a class="skip" href="#files">"Skip to the files"</a>
        <div class="page" data-tab=tab class:examples=live::flag(move || page.example.get())>
            {header::header()}
            {notice::notice()}
            <main>
                {form::form()}
                {map::map()}
                {files()}
            </main>
            {tabs::tabs()}
        </div>
        {load::load()}
        {share::share()}
    }
    .into_any()
}

fn files() -> AnyView {
    view! {
        <section class="files" id="files" tabindex="-1" aria-label="Files">
            {tree::tree()}
            {file::file()}
        </section>
    }
    .into_any()
}

/// Whether the fragment of the address holds a topology.
fn linked() -> Option<String> {
    let fragment = web_sys::window()?.location().hash().ok()?;
    link::is_link(&fragment).then_some(fragment)
}

/// The page, for what is not a component.
fn here() -> Page {
    page()
}
