//! The few shapes that what changes has on this page. Leptos compiles an attribute, a child or a
//! listener anew for each type of closure; boxed, all of them share one: half a page's Wasm.

use leptos::ev::{Event, MouseEvent};
use leptos::prelude::*;
use meshwright_core::draft::Key;
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// Text that follows the state.
pub(crate) fn words(follow: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    shared(Arc::new(follow))
}

/// Text that stays.
pub(super) fn fixed(text: impl Into<String>) -> Signal<String> {
    Signal::stored(text.into())
}

/// A yes or no that follows the state.
pub(crate) fn flag(follow: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    shared(Arc::new(follow))
}

/// The same, as the value of an ARIA attribute.
pub(super) fn said(follow: impl Fn() -> bool + Send + Sync + 'static) -> Signal<String> {
    words(move || if follow() { "true" } else { "false" }.to_owned())
}

fn shared<T: Send + Sync + 'static>(follow: Arc<dyn Fn() -> T + Send + Sync>) -> Signal<T> {
    Signal::derive(move || follow())
}

/// What follows the state, and tells only of real changes.
pub(crate) fn memo<T: PartialEq + Send + Sync + 'static>(follow: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    shared_memo(Arc::new(follow))
}

fn shared_memo<T: PartialEq + Send + Sync + 'static>(follow: Arc<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| follow())
}

/// A part of the page that is made anew when what it read changes.
pub(super) fn part(make: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    boxed(Box::new(make))
}

fn boxed(make: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    (move || make()).into_any()
}

/// One part per key; each stays the same as long as its key is there.
pub(super) fn rows(keys: Memo<Vec<Key>>, make: fn(Key) -> AnyView) -> AnyView {
    let all: Arc<dyn Fn() -> Vec<Key> + Send + Sync> = Arc::new(move || keys.get());
    view! { <For each=move || all() key=|key| *key children=make /> }.into_any()
}

/// A listener for clicks.
pub(super) fn press(act: impl Fn() + 'static) -> Box<dyn FnMut(MouseEvent)> {
    Box::new(move |_| act())
}

/// A listener that is told what an element holds now.
pub(super) fn typed(act: impl Fn(String) + 'static) -> Box<dyn FnMut(Event)> {
    Box::new(move |event| act(event_target_value(&event)))
}

/// A listener for anything else.
pub(super) fn heard<E: JsCast + 'static>(act: impl Fn(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(act)
}

/// Does something whenever what it read changes.
pub(crate) fn whenever(act: impl Fn() + 'static) {
    boxed_effect(Box::new(act));
}

fn boxed_effect(act: Box<dyn Fn()>) {
    Effect::new(act);
}
