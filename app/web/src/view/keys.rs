//! Keys and presses that count everywhere. Keys: undo and redo. The browser's own undo knows one field at a time and
//! loses count as soon as a value is set for it.

use crate::page::Page;
use leptos::ev;
use leptos::prelude::*;

pub(super) fn listen(page: Page) {
    window_event_listener(ev::pointerdown, move |_| page.press(true));
    window_event_listener(ev::pointerup, move |_| page.press(false));
    window_event_listener(ev::pointercancel, move |_| page.press(false));
    window_event_listener(ev::keydown, move |event| {
        let chord = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
        if !chord || page.dialog.with_untracked(Option::is_some) {
            return;
        }
        match (event.key().as_str(), event.shift_key()) {
            ("z", false) => page.undo(),
            ("z" | "Z", true) | ("y", false) => page.redo(),
            _ => return,
        }
        event.prevent_default();
    });
}
