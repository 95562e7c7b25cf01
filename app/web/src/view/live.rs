//! What follows the state. Everything that does is kept, in the order in which it was made, by the
//! scope that was open then: the page, or a row. When a row goes, what it kept goes with it.

use super::el::El;
use crate::dom;
use crate::now::Now;
use std::cell::RefCell;
use std::mem;
use web_sys::{Element, Node};

/// Something that follows the state.
pub(crate) type Live = Box<dyn FnMut(&Now)>;

thread_local! {
    static OPEN: RefCell<Vec<Live>> = const { RefCell::new(Vec::new()) };
}

/// Keeps `live` in the open scope.
pub(super) fn keep(live: Live) {
    OPEN.with_borrow_mut(|open| open.push(live));
}

/// Makes something in a scope of its own.
pub(super) fn scope<T>(make: impl FnOnce() -> T) -> (T, Vec<Live>) {
    let outer = OPEN.take();
    let element = make();
    (element, OPEN.replace(outer))
}

/// The keys of rows, by the state.
type Keys = Box<dyn Fn(&Now) -> Vec<u64>>;

/// A row: its key, its element, and what follows the state in it.
struct Row {
    key: u64,
    node: Element,
    live: Vec<Live>,
}

impl El {
    /// Appends an element per key, in that order. Each stays the same for as long as its key is there.
    pub(super) fn rows(self, keys: impl Fn(&Now) -> Vec<u64> + 'static, make: impl Fn(u64) -> El + 'static) -> Self {
        let end = dom::text("");
        self.append(&end);
        rows(self.node().clone(), end, Box::new(keys), Box::new(make));
        self
    }

    /// Appends an element where there is a key, and another one when the key changes.
    pub(super) fn part(self, key: impl Fn(&Now) -> Option<u64> + 'static, make: impl Fn(u64) -> El + 'static) -> Self {
        self.rows(move |now| key(now).into_iter().collect(), make)
    }
}

fn rows(place: Element, end: Node, keys: Keys, make: Box<dyn Fn(u64) -> El>) {
    let mut rows: Vec<Row> = Vec::new();
    keep(Box::new(move |now| {
        let keys = keys(now);
        if !keys.iter().eq(rows.iter().map(|row| &row.key)) {
            let mut before = mem::take(&mut rows);
            for key in keys {
                let row = if let Some(index) = before.iter().position(|row| row.key == key) {
                    before.remove(index)
                } else {
                    let (element, live) = scope(|| make(key));
                    Row { key, node: element.node().clone(), live }
                };
                rows.push(row);
            }
            for row in before {
                row.node.remove();
            }
            settle(&place, &end, &rows);
        }
        for live in rows.iter_mut().flat_map(|row| &mut row.live) {
            live(now);
        }
    }));
}

/// Puts the rows in their order before `end`. Those in their place are not touched: they keep the
/// focus, and whatever the browser knows of them.
fn settle(place: &Element, end: &Node, rows: &[Row]) {
    let mut next = end.clone();
    for row in rows.iter().rev() {
        let node: &Node = &row.node;
        if node.next_sibling().as_ref() != Some(&next) {
            let _ = place.insert_before(node, Some(&next));
        }
        next = node.clone();
    }
}
