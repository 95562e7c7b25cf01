//! The bar at the foot of a narrow screen, which shows one part of the page at a time.

use super::el::{El, el};
use super::icon::icon;
use super::problems::summary;
use crate::page::Page;
use crate::ui::Tab;

pub(super) fn tabs(page: Page) -> El {
    let tab = move |tab: Tab, name: &str, words: &str| {
        let button = el("button").set("type", "button").said("aria-current", move |now| now.ui.tab == tab);
        button.press(move || page.tell(|ui| ui.tab = tab)).add(icon(name)).text(words)
    };
    el("nav")
        .class("tabs")
        .set("aria-label", "Parts of the page")
        .add(badges(tab(Tab::Form, "form", "Form")))
        .add(tab(Tab::Map, "map", "Map"))
        .add(tab(Tab::Files, "files", "Files"))
}

/// How many problems there are, in a number and in words.
fn badges(button: El) -> El {
    let badge = |warning| {
        el("span").class(if warning == 0 { "badge error" } else { "badge warning" }).set("aria-hidden", "true").says(
            |now| {
                let (errors, warnings) = now.count();
                (errors + warnings).to_string().into()
            },
        )
    };
    let words = |_| el("span").class("unseen").says(|now| [" (", &summary(now.count()), ")"].concat().into());
    let some = |now: &crate::now::Now| match now.count() {
        (0, 0) => None,
        (errors, _) => Some(u64::from(errors == 0)),
    };
    button.part(some, badge).part(move |now| some(now).map(|_| 0), words)
}
