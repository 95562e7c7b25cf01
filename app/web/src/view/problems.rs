//! All that is wrong, in one list at the foot of the form: each leads to its field.

use super::field::id;
use super::here;
use super::icon::icon;
use super::live::{memo, part, press, words};
use crate::dom;
use crate::made::count;
use crate::page::{Page, Tab};
use leptos::prelude::*;
use meshwright_core::draft::{At, Key};
use meshwright_core::problem::{Problem, Severity};

pub(super) fn problems() -> AnyView {
    let page = here();
    let counts = memo(move || page.problems.with(|all| count(all)));
    let list = part(move || {
        page.problems.with(|all| all.iter().map(|problem| entry(page, problem)).collect::<Vec<AnyView>>().into_any())
    });
    view! {
        <section class="problems" id="problems" tabindex="-1" aria-labelledby="problems-title" data-errors=words(move || counts.get().0.to_string()) data-warnings=words(move || counts.get().1.to_string())>
            <h2 id="problems-title">{part(move || icon(sign(counts.get())))}<span role="status">{words(move || summary(counts.get()))}</span></h2>
            <ul>{list}</ul>
        </section>
    }
    .into_any()
}

fn sign(counts: (usize, usize)) -> &'static str {
    match counts {
        (0, 0) => "fine",
        (0, _) => "warning",
        _ => "error",
    }
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
    let place = place.unwrap_or_default();
    view! {
        <li class=class>
            <button type="button" on:click=press(move || jump(page, at))><span class="place">{place}</span>{problem.what()}</button>
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
