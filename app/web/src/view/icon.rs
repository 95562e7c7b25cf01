//! Icons: drawn once in index.html, used from there.

use super::el::{El, el};
use crate::now::Now;
use std::borrow::Cow;

/// The icon of that name; always beside a name in words, so nobody has to hear of it.
pub(super) fn icon(name: &str) -> El {
    let icon = el("span").class("icon");
    let drawing = ["<svg aria-hidden=\"true\" focusable=\"false\"><use href=\"#icon-", name, "\"/></svg>"];
    icon.node().set_inner_html(&drawing.concat());
    icon
}

/// A button of that class.
pub(super) fn button(class: &str) -> El {
    el("button").set("type", "button").class(class)
}

/// A button that is an icon alone, with its name.
pub(super) fn icon_button(
    name: &str,
    label: impl for<'a> Fn(&'a Now) -> Cow<'a, str> + Clone + 'static,
    act: impl Fn() + 'static,
) -> El {
    button("quiet").attr("aria-label", label.clone()).attr("title", label).press(act).add(icon(name))
}
