//! Icons: drawn once in index.html, used from there.

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
    press: impl Fn() + 'static,
) -> AnyView {
    let press: Box<dyn Fn()> = Box::new(press);
    view! {
        <button type="button" class="quiet" aria-label=move || label.get() title=move || label.get() disabled=move || disabled.get() on:click=move |_| press()>
            {icon(name)}
        </button>
    }
    .into_any()
}
