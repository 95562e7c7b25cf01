//! Icons: drawn once in index.html, used from there.

use super::live::press;
use leptos::prelude::*;

/// The icon of that name; always beside a name in words, so nobody has to hear of it.
pub(super) fn icon(name: &'static str) -> AnyView {
    let drawing = format!("<svg aria-hidden=\"true\" focusable=\"false\"><use href=\"#icon-{name}\"/></svg>");
    view! { <span class="icon" inner_html=drawing></span> }.into_any()
}

/// A button that is an icon alone, with its name.
pub(super) fn icon_button(
    name: &'static str,
    label: Signal<String>,
    disabled: Signal<bool>,
    act: impl Fn() + 'static,
) -> AnyView {
    view! {
        <button type="button" class="quiet" aria-label=label title=label disabled=disabled on:click=press(act)>
            {icon(name)}
        </button>
    }
    .into_any()
}
