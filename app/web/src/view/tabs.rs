//! The bar at the foot of a narrow screen, which shows one part of the page at a time.

use super::here;
use super::icon::icon;
use super::live::{memo, part, press, said};
use super::problems::summary;
use crate::made::count;
use crate::page::Tab;
use leptos::prelude::*;

pub(super) fn tabs() -> AnyView {
    let page = here();
    let counts = memo(move || page.problems.with(|all| count(all)));
    let badge = part(move || {
        let (errors, warnings) = counts.get();
        let class = if errors > 0 { "badge error" } else { "badge warning" };
        let spoken = format!(" ({})", summary((errors, warnings)));
        if errors + warnings == 0 {
            return ().into_any();
        }
        view! { <span class=class aria-hidden="true">{(errors + warnings).to_string()}</span><span class="unseen">{spoken}</span> }.into_any()
    });
    let tab = move |tab: Tab, name: &'static str, words: &'static str, badge: AnyView| {
        let current = said(move || page.tab.get() == tab);
        view! { <button type="button" aria-current=current on:click=press(move || page.tab.set(tab))>{icon(name)}{words}{badge}</button> }.into_any()
    };
    view! {
        <nav class="tabs" aria-label="Parts of the page">
            {tab(Tab::Form, "form", "Form", badge)}
            {tab(Tab::Map, "map", "Map", ().into_any())}
            {tab(Tab::Files, "files", "Files", ().into_any())}
        </nav>
    }
    .into_any()
}
