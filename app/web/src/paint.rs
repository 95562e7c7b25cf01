//! Colours in the open file by the CSS Custom Highlight API: the file stays a few plain text nodes,
//! and a browser that does not know the API shows it without colours.

use crate::dom;
use crate::highlight::{Language, Token, own};
use js_sys::{Array, Map, Reflect, Set};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node, StaticRange, StaticRangeInit};

/// The names under which style/file.css colours them.
const NAMES: [&str; 4] = ["key", "text", "comment", "own"];

/// Colours the lines that are `place`'s children.
pub(crate) fn paint(place: &Element, lines: &[&str], language: Language, words: &[String]) {
    let (Some(registry), Some([keys, texts, comments, owns])) = (registry(), sets()) else { return };
    let mut element = place.first_element_child();
    for line in lines {
        let Some(current) = element else { break };
        if let Some(node) = current.first_child() {
            let add = |set: &Set, start: usize, end: usize| {
                if let Some(range) = range(&node, line, start, end) {
                    set.add(&range);
                }
            };
            for span in language.spans(line) {
                let set = match span.token {
                    Token::Key => &keys,
                    Token::Text => &texts,
                    Token::Comment => &comments,
                };
                add(set, span.start, span.end);
            }
            for (start, end) in own(line, words) {
                add(&owns, start, end);
            }
        }
        element = current.next_element_sibling();
    }
    for (name, set) in NAMES.into_iter().zip([keys, texts, comments, owns]) {
        registry.set(&name.into(), &set);
    }
}

// Neither is a Map or a Set, but both have the methods of one.

fn registry() -> Option<Map> {
    let css = Reflect::get(&js_sys::global(), &"CSS".into()).ok()?;
    Reflect::get(&css, &"highlights".into()).ok().filter(JsValue::is_object).map(JsCast::unchecked_into)
}

fn sets() -> Option<[Set; 4]> {
    let new = || dom::construct("Highlight", &Array::new()).map(JsCast::unchecked_into::<Set>);
    Some([new()?, new()?, new()?, new()?])
}

/// A range that does not follow the document: thousands of those that do make every change of it slow.
fn range(node: &Node, line: &str, start: usize, end: usize) -> Option<StaticRange> {
    // The browser counts in UTF-16.
    let place = |bytes: usize| u32::try_from(line.get(..bytes)?.encode_utf16().count()).ok();
    StaticRange::new(&StaticRangeInit::new(node, place(end)?, node, place(start)?)).ok()
}
