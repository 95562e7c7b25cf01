//! The few things that the page asks of the browser by itself.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlAnchorElement, HtmlElement};

/// The element of that id.
pub(crate) fn find(id: &str) -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}

/// Puts the page in place of what index.html shows while it loads.
pub(crate) fn mount(app: fn() -> AnyView) {
    if let Some(place) = find("app") {
        place.set_inner_html("");
        leptos::mount::mount_to(place.unchecked_into(), app).forget();
    }
}

/// A new object of one of the browser's classes, where it has that class.
pub(crate) fn construct(class: &str, arguments: &js_sys::Array) -> Option<JsValue> {
    let class = js_sys::Reflect::get(&js_sys::global(), &class.into()).ok()?;
    let class: js_sys::Function = class.dyn_into().ok()?;
    js_sys::Reflect::construct(&class, arguments).ok()
}

/// Does `act` when the page has caught up with its state.
pub(crate) fn soon(act: impl FnOnce() + 'static) {
    gloo_timers::callback::Timeout::new(0, act).forget();
}

/// Moves the focus to the element of that id, as soon as it is there, and brings it into view.
pub(crate) fn focus_soon(id: String) {
    soon(move || {
        let Some(element) = find(&id) else { return };
        if let Ok(Some(fold)) = element.closest("details") {
            let _ = fold.set_attribute("open", "");
        }
        if let Ok(element) = element.dyn_into::<HtmlElement>() {
            let _ = element.focus();
        }
    });
}

/// Hands the browser a file to save.
pub(crate) fn save(name: &str, kind: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser has to have begun to read before the address goes.
    gloo_timers::callback::Timeout::new(10_000, move || {
        let _ = web_sys::Url::revoke_object_url(&url);
    })
    .forget();
    Ok(())
}

/// Copies text, then calls `done` with whether that was allowed.
pub(crate) fn copy(text: &str, done: impl FnOnce(bool) + 'static) {
    let clipboard = window().navigator().clipboard();
    if clipboard.is_undefined() {
        done(false);
        return;
    }
    let promise = clipboard.write_text(text);
    leptos::task::spawn_local(async move {
        done(wasm_bindgen_futures::JsFuture::from(promise).await.is_ok());
    });
}
