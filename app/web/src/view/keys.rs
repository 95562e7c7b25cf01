//! Keys and presses that count everywhere. Keys: undo and redo. The browser's own undo knows one field at a time and
//! loses count as soon as a value is set for it.

use super::el::listen;
use crate::dom;
use crate::page::Page;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

pub(super) fn watch(page: Page) {
    let window = dom::window();
    for (event, down) in [("pointerdown", true), ("pointerup", false), ("pointercancel", false)] {
        listen(&window, event, Box::new(move |_| page.press(down)));
    }
    let keys = move |event: web_sys::Event| {
        let event: KeyboardEvent = event.unchecked_into();
        let chord = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
        if !chord || page.ui().dialog.is_some() {
            return;
        }
        match (event.key().as_str(), event.shift_key()) {
            // Capitals come with Caps Lock.
            ("z" | "Z", false) => page.undo(),
            ("z" | "Z", true) | ("y" | "Y", false) => page.redo(),
            _ => return,
        }
        event.prevent_default();
    };
    listen(&window, "keydown", Box::new(keys));
}
