//! The bar at the foot of a narrow screen, which shows one part of the page at a time.

use super::here;
use super::icon::icon;
use super::problems::summary;
use crate::made::count;
use crate::page::Tab;
use leptos::prelude::*;

pub(super) fn tabs() -> AnyView {
    let page = here();
    let counts = Memo::new(move |_| page.problems.with(|all| count(all)));
    let badge = move || {
        let (errors, warnings) = counts.get();
        let class = if errors > 0 { "badge error" } else { "badge warning" };
        let spoken = format!(" ({})", summary((errors, warnings)));
        (errors + warnings > 0)
            .then(|| view! { <span class=class aria-hidden="true">{errors + warnings}</span><span class="unseen">{spoken}</span> })
    };
    let tab = move |tab: Tab, name: &'static str, words: &'static str| {
        let current = move || (page.tab.get() == tab).then_some("true");
        view! { <button type="button" aria-current=current on:click=move |_| page.tab.set(tab)>{icon(name)}{words}{(tab == Tab::Form).then_some(badge)}</button> }
    };
    view! {
        <nav class="tabs" aria-label="Parts of the page">
            {tab(Tab::Form, "form", "Form")}
            {tab(Tab::Map, "map", "Map")}
            {tab(Tab::Files, "files", "Files")}
        </nav>
    }
    .into_any()
}
