//! The line below the header that tells what happened, and how to take it back.

use super::here;
use super::icon::icon_button;
use super::live::{fixed, flag, part};
use crate::page::Notice;
use leptos::prelude::*;

pub(super) fn notice() -> AnyView {
    let page = here();
    let line = part(move || {
        let Some(notice) = page.notice.get() else { return ().into_any() };
        let (class, words) = match notice {
            Notice::Example => (
                "notice",
                "These are example values: type over them. Every file on the right follows as you type.".to_owned(),
            ),
            Notice::Done(words) => ("notice", words),
            Notice::Failed(words) => ("notice failed", words),
        };
        let close = move || page.notice.set(None);
        view! {
            <div class=class>
                <p>{words}</p>
                {icon_button("close", fixed("Dismiss"), flag(|| false), close)}
            </div>
        }
        .into_any()
    });
    view! { <div class="notices" role="status">{line}</div> }.into_any()
}
