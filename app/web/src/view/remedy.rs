//! What is wrong with a field, how it is mended, and what would break: beside the field and in the list.

use super::el::{El, el, words};
use super::field::{id, numbered};
use super::form::{from, number};
use super::icon::{button, icon};
use crate::dom;
use crate::edit::Edit;
use crate::now::Now;
use crate::page::Page;
use crate::ui::Tab;
use meshwright_core::draft::{At, Key};
use meshwright_core::problem::{Problem, Severity};

/// What is wrong with a field, below it.
pub(super) fn complaint(page: Page, at: At) -> El {
    let one = move |key| {
        let (at, nth, warning) = key_of(key);
        let (class, sign) = if warning { ("problem warning", "warning") } else { ("problem error", "error") };
        let words = el("strong").says(move |now| now.say(at, nth, Problem::what).into());
        el("div").class(class).add(icon(sign)).add(remedy(page, at, nth, el("div").add(words)))
    };
    el("div").set("id", &format!("{}-problem", id(at))).rows(move |now| problem_keys(now.problems_at(at)), one)
}

/// Appends how a problem is mended to `place`, by one press where it can be, and folded what breaks.
pub(super) fn remedy(page: Page, at: At, nth: usize, place: El) -> El {
    let fix = move |_| {
        let what = words(move |now| ["Fix: ", &now.say(at, nth, Problem::what)].concat().into());
        button("action small").attr("aria-label", what).press(move || mend(page, at, nth)).text("Fix")
    };
    let fixed = move |now: &Now| now.problem(at, nth).and_then(|problem| problem.fix(&now.draft)).map(|_| 0);
    let why = el("details")
        .class("why")
        .add(el("summary").text("Why"))
        .add(el("p").says(move |now| now.say(at, nth, |problem| problem.breaks().to_owned()).into()));
    let mend = el("span").class("mend").says(move |now| now.say(at, nth, Problem::mend).into());
    place.add(el("div").class("remedy").add(mend).part(fixed, fix).add(why))
}

/// Mends a problem, and leads to what that changed.
fn mend(page: Page, at: At, nth: usize) {
    let draft = page.draft();
    let made = page.made();
    let fix = made.problems.iter().filter(|problem| problem.at == at).nth(nth).and_then(|problem| problem.fix(&draft));
    if let Some(fix) = fix {
        page.edit(Edit::Text(fix.at, fix.text));
        page.leave();
        jump(page, fix.at);
    }
}

/// Leads to a field: on whichever tab, in whichever fold it is.
pub(super) fn jump(page: Page, at: At) {
    page.tell(|ui| {
        ui.tab = Tab::Form;
        if at.key != Key::TOPOLOGY {
            ui.folded.retain(|key| *key != at.key);
        }
    });
    dom::focus_soon(id(at));
}

/// A row's key per problem: its field, the how manieth of that field it is, and how bad.
pub(super) fn problem_keys<'a>(problems: impl IntoIterator<Item = &'a Problem>) -> Vec<u64> {
    let mut keys: Vec<u64> = Vec::new();
    for problem in problems {
        let At { field, key } = problem.at;
        let at = number(key) << 16 | (field as u64) << 8;
        let nth = keys.iter().filter(|key| **key >> 8 << 8 == at).count() as u64;
        let warning = u64::from(problem.severity() == Severity::Warning);
        keys.push(at | nth << 1 & 0xff | warning);
    }
    keys
}

/// What a row's key says: the field, the how manieth of its problems, and whether that is a warning.
pub(super) fn key_of(key: u64) -> (At, usize, bool) {
    let at = At { field: numbered(key >> 8 & 0xff), key: from(key >> 16) };
    (at, usize::try_from(key >> 1 & 0x7f).unwrap_or(0), key & 1 == 1)
}
