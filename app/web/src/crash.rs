//! What the page says when it stops: a panic leaves Wasm in an unknown state, and a page that no
//! longer answers has to say so. index.html holds the words.

pub(crate) fn watch() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        web_sys::console::error_1(&["meshwright stopped at ", &place].concat().into());
        if let Some(words) = crate::dom::find("crashed") {
            let _ = words.remove_attribute("hidden");
        }
    }));
}
