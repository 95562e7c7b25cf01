//! The line below the header that tells what happened, and how to take it back.

use super::el::{El, el};
use super::icon::icon_button;
use crate::page::Page;
use crate::ui::Notice;

pub(super) fn notice(page: Page) -> El {
    let line = move |failed| {
        el("div")
            .class(if failed == 0 { "notice" } else { "notice failed" })
            .add(el("p").says(|now| match &now.ui.notice {
                None => "".into(),
                Some(Notice::Example) => {
                    "These are example values: type over them. Every file on the right follows as you type.".into()
                }
                Some(Notice::Done(words) | Notice::Failed(words)) => words.into(),
            }))
            .add(icon_button("close", |_| "Dismiss".into(), move || page.notice(None)))
    };
    el("div")
        .class("notices")
        .set("role", "status")
        .part(|now| now.ui.notice.as_ref().map(|notice| u64::from(matches!(notice, Notice::Failed(_)))), line)
}
