//! All that is wrong, in one list at the foot of the form: each leads to its field.

use super::field::id;
use super::here;
use super::icon::icon;
use crate::dom;
use crate::made::count;
use crate::page::{Page, Tab};
use leptos::prelude::*;
use meshwright_core::draft::{At, Key};
use meshwright_core::problem::{Problem, Severity};

pub(super) fn problems() -> AnyView {
    let page = here();
    let counts = Memo::new(move |_| page.problems.with(|all| count(all)));
    let words = move || summary(counts.get());
    let list = move || page.problems.with(|all| all.iter().map(|problem| entry(page, problem)).collect_view());
    view! {
        <section class="problems" id="problems" tabindex="-1" aria-labelledby="problems-title" data-errors=move || counts.get().0 data-warnings=move || counts.get().1>
            <h2 id="problems-title">{move || icon(if counts.get() == (0, 0) { "fine" } else if counts.get().0 == 0 { "warning" } else { "error" })}<span role="status">{words}</span></h2>
            <ul>{list}</ul>
        </section>
    }
    .into_any()
}

/// How many problems there are, in words.
pub(super) fn summary(counts: (usize, usize)) -> String {
    let many = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    match counts {
        (0, 0) => "No problems".to_owned(),
        (0, warnings) => many(warnings, "warning"),
        (errors, 0) => many(errors, "error"),
        (errors, warnings) => format!("{}, {}", many(errors, "error"), many(warnings, "warning")),
    }
}

fn entry(page: Page, problem: &Problem) -> AnyView {
    let at = problem.at;
    let class = if problem.severity() == Severity::Error { "error" } else { "warning" };
    let place = page.draft.with_untracked(|draft| draft.cluster(at.key).map(|cluster| cluster.name.clone()));
    let place = place.filter(|name| !name.is_empty()).map(|name| view! { <span class="place">{name}</span> });
    view! {
        <li class=class>
            <button type="button" on:click=move |_| jump(page, at)>{place}{problem.what()}</button>
        </li>
    }
    .into_any()
}

/// Leads to a field: on whichever tab, in whichever fold it is.
fn jump(page: Page, at: At) {
    page.tab.set(Tab::Form);
    if at.key != Key::TOPOLOGY {
        page.unfold(at.key);
    }
    dom::focus_soon(id(at));
}
