//! All that is wrong, in one list at the foot of the form: each leads to its field.

use super::el::{El, el};
use super::icon::icon;
use super::remedy::{jump, key_of, problem_keys, remedy};
use crate::page::Page;
use meshwright_core::problem::Problem;

pub(super) fn problems(page: Page) -> El {
    let sign = |now: &crate::now::Now| match now.count() {
        (0, 0) => 0,
        (0, _) => 1,
        _ => 2,
    };
    let title = el("h2")
        .set("id", "problems-title")
        .part(
            move |now| Some(sign(now)),
            |sign| {
                icon(match sign {
                    0 => "fine",
                    1 => "warning",
                    _ => "error",
                })
            },
        )
        .add(el("span").set("role", "status").says(|now| summary(now.count()).into()));
    el("section")
        .class("problems")
        .set("id", "problems")
        .set("tabindex", "-1")
        .set("aria-labelledby", "problems-title")
        .attr("data-errors", |now| now.count().0.to_string().into())
        .attr("data-warnings", |now| now.count().1.to_string().into())
        .add(title)
        .add(el("ul").rows(|now| problem_keys(&now.problems), move |key| entry(page, key)))
}

/// How many problems there are, in words.
pub(super) fn summary(counts: (usize, usize)) -> String {
    match counts {
        (0, 0) => "No problems".to_owned(),
        (0, warnings) => many(warnings, "warning"),
        (errors, 0) => many(errors, "error"),
        (errors, warnings) => [many(errors, "error"), many(warnings, "warning")].join(", "),
    }
}

/// So many of something.
pub(super) fn many(count: usize, what: &str) -> String {
    [&*count.to_string(), " ", what, if count == 1 { "" } else { "s" }].concat()
}

fn entry(page: Page, key: u64) -> El {
    let (at, nth, warning) = key_of(key);
    let place = el("span").class("place").says(move |now| now.place(at.key).into());
    let button = el("button").set("type", "button").class("jump").press(move || jump(page, at)).add(place);
    let item = el("li").class(if warning { "warning" } else { "error" });
    remedy(page, at, nth, item.add(button.says(move |now| now.say(at, nth, Problem::what).into())))
}
