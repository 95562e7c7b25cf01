//! Builds the page's elements. Nothing here is generic but the thin ends of it: a view macro makes
//! types, and code, of its own for each part of a page, which was more than half of the first load.
//!
//! What follows the state is a function of `Now`, kept by the scope it was made in and called by the
//! page's one effect (`live.rs`). Each compares what it has to show with what it showed last, and
//! touches the document only where they differ.

use super::live::keep;
use crate::dom;
use crate::now::Now;
use std::borrow::Cow;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, EventTarget, HtmlInputElement, Node};

/// An element that is being built.
pub(super) struct El(Element);

/// Words that follow the state.
type Words = Box<dyn for<'a> Fn(&'a Now) -> Cow<'a, str>>;

/// Words that follow the state, before they are used: what they borrow from is told here.
pub(super) fn words<F: for<'a> Fn(&'a Now) -> Cow<'a, str>>(follow: F) -> F {
    follow
}

/// Where an element shows words.
enum Place {
    Text,
    Attribute(&'static str),
    /// What a field holds, whoever put it there.
    Value,
}

/// A new element.
pub(super) fn el(tag: &str) -> El {
    El(dom::element(tag))
}

impl El {
    /// The element itself.
    pub(super) fn node(&self) -> &Element {
        &self.0
    }

    /// Sets an attribute.
    pub(super) fn set(self, name: &str, value: &str) -> Self {
        let _ = self.0.set_attribute(name, value);
        self
    }

    /// Sets its classes.
    pub(super) fn class(self, names: &str) -> Self {
        self.set("class", names)
    }

    /// Appends text.
    pub(super) fn text(self, words: &str) -> Self {
        self.append(&dom::text(words));
        self
    }

    /// Appends an element.
    #[expect(clippy::needless_pass_by_value, reason = "it belongs to this element now")]
    pub(super) fn add(self, child: El) -> Self {
        self.append(&child.0);
        self
    }

    /// Appends elements.
    pub(super) fn all(self, children: impl IntoIterator<Item = El>) -> Self {
        children.into_iter().for_each(|child| self.append(&child.0));
        self
    }

    pub(super) fn append(&self, child: &Node) {
        let _ = self.0.append_child(child);
    }

    /// Appends text that follows the state.
    pub(super) fn says(self, follow: impl for<'a> Fn(&'a Now) -> Cow<'a, str> + 'static) -> Self {
        let text = dom::text("");
        self.append(&text);
        show(text, Place::Text, Box::new(follow));
        self
    }

    /// An attribute that follows the state.
    pub(super) fn attr(self, name: &'static str, follow: impl for<'a> Fn(&'a Now) -> Cow<'a, str> + 'static) -> Self {
        show(self.0.clone().into(), Place::Attribute(name), Box::new(follow));
        self
    }

    /// What a field holds follows the state. Of a select: after its options.
    pub(super) fn value(self, follow: impl for<'a> Fn(&'a Now) -> Cow<'a, str> + 'static) -> Self {
        show(self.0.clone().into(), Place::Value, Box::new(follow));
        self
    }

    /// An attribute that is there or not.
    pub(super) fn flag(self, name: &'static str, follow: impl Fn(&Now) -> bool + 'static) -> Self {
        toggle(self.0.clone(), name, Box::new(follow));
        self
    }

    /// An attribute that is `true` or `false`, as those of ARIA are.
    pub(super) fn said(self, name: &'static str, follow: impl Fn(&Now) -> bool + 'static) -> Self {
        self.attr(name, move |now| if follow(now) { "true" } else { "false" }.into())
    }

    /// Does something else with the element whenever the state changes.
    pub(super) fn with(self, mut act: impl FnMut(&Element, &Now) + 'static) -> Self {
        let node = self.0.clone();
        keep(Box::new(move |now| act(&node, now)));
        self
    }

    /// Listens for an event.
    pub(super) fn on(self, event: &str, act: impl Fn(Event) + 'static) -> Self {
        listen(&self.0, event, Box::new(act));
        self
    }

    /// Listens for clicks.
    pub(super) fn press(self, act: impl Fn() + 'static) -> Self {
        self.on("click", move |_| act())
    }

    /// Listens for an event, and is told what the element holds then.
    pub(super) fn typed(self, event: &str, act: impl Fn(String) + 'static) -> Self {
        typed(&self.0, event, Box::new(act));
        self
    }
}

/// Listens for an event for as long as `target` lives: the browser keeps the listener, and frees it.
pub(super) fn listen(target: &EventTarget, event: &str, act: Box<dyn FnMut(Event)>) {
    let listener = Closure::wrap(act).into_js_value();
    let _ = target.add_event_listener_with_callback(event, listener.unchecked_ref());
}

fn typed(node: &Element, event: &str, act: Box<dyn Fn(String)>) {
    let field: HtmlInputElement = node.clone().unchecked_into();
    listen(node, event, Box::new(move |_| act(field.value())));
}

fn show(node: Node, place: Place, follow: Words) {
    let mut last: Option<String> = None;
    keep(Box::new(move |now| {
        let words = follow(now);
        // Both have a `value` by that name, and so have text areas.
        let field: &HtmlInputElement = node.unchecked_ref();
        if let Place::Value = place {
            if field.value() != *words {
                field.set_value(&words);
            }
        } else if last.as_deref() != Some(&*words) {
            match place {
                Place::Attribute(name) => {
                    let _ = node.unchecked_ref::<Element>().set_attribute(name, &words);
                }
                Place::Text | Place::Value => node.set_text_content(Some(&words)),
            }
            last = Some(words.into_owned());
        }
    }));
}

fn toggle(node: Element, name: &'static str, follow: Box<dyn Fn(&Now) -> bool>) {
    let mut last = false;
    keep(Box::new(move |now| {
        let there = follow(now);
        if there != last {
            last = there;
            let _ = node.toggle_attribute_with_force(name, there);
        }
    }));
}
