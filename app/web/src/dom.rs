//! The few things that the page asks of the browser by itself.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlAnchorElement, HtmlElement, Node, Window};

/// The browser's window: the page runs nowhere else.
pub(crate) fn window() -> Window {
    js_sys::global().unchecked_into()
}

pub(crate) fn document() -> Document {
    // A page that runs has one.
    window().document().unwrap_or_else(|| JsValue::UNDEFINED.unchecked_into())
}

/// The element of that id.
pub(crate) fn find(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

/// A new element. Only a name that is no name is refused.
pub(crate) fn element(tag: &str) -> Element {
    document().create_element(tag).unwrap_or_else(JsCast::unchecked_into)
}

/// New text.
pub(crate) fn text(words: &str) -> Node {
    document().create_text_node(words).into()
}

/// A new object of one of the browser's classes, where it has that class.
pub(crate) fn construct(class: &str, arguments: &js_sys::Array) -> Option<JsValue> {
    let class = js_sys::Reflect::get(&js_sys::global(), &class.into()).ok()?;
    let class: js_sys::Function = class.dyn_into().ok()?;
    js_sys::Reflect::construct(&class, arguments).ok()
}

/// Does `act` after so many milliseconds.
pub(crate) fn after(milliseconds: i32, act: impl FnOnce() + 'static) {
    wait(milliseconds, Box::new(act));
}

fn wait(milliseconds: i32, act: Box<dyn FnOnce()>) {
    let act = Closure::once_into_js(act);
    let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(act.unchecked_ref(), milliseconds);
}

/// Does `act` when the page has caught up with its state.
pub(crate) fn soon(act: impl FnOnce() + 'static) {
    wait(0, Box::new(act));
}

/// Moves the focus to the element of that id, as soon as it is there, and brings it into view.
pub(crate) fn focus_soon(id: String) {
    soon(move || {
        let Some(element) = find(&id) else { return };
        if let Ok(Some(fold)) = element.closest("details") {
            let _ = fold.set_attribute("open", "");
        }
        let _ = element.unchecked_into::<HtmlElement>().focus();
    });
}

/// Hands the browser a file to save.
pub(crate) fn save(name: &str, kind: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link = element("a").unchecked_into::<HtmlAnchorElement>();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser has to have begun to read before the address goes.
    after(10_000, move || {
        let _ = web_sys::Url::revoke_object_url(&url);
    });
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
    wasm_bindgen_futures::spawn_local(async move {
        done(wasm_bindgen_futures::JsFuture::from(promise).await.is_ok());
    });
}
