//! One object of the file, being read or written.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// An object of the file, being read or written.
pub(super) struct Place<'a> {
    object: &'a JsValue,
    writes: bool,
    known: Vec<&'static str>,
    /// Whether anything is wrong with the file.
    wrong: &'a mut bool,
}

impl<'a> Place<'a> {
    pub(super) fn new(object: &'a JsValue, writes: bool, wrong: &'a mut bool) -> Self {
        let mut place = Place { object, writes, known: Vec::new(), wrong };
        place.expect(object.is_object() && !Array::is_array(object));
        place
    }

    /// It is wrong unless this is `right`.
    pub(super) fn expect(&mut self, right: bool) {
        *self.wrong |= !right;
    }

    /// What the object has under that name.
    fn find(&mut self, name: &'static str, needed: bool) -> Option<JsValue> {
        self.known.push(name);
        let found = Reflect::get(self.object, &name.into()).ok().filter(|found| !found.is_undefined());
        self.expect(found.is_some() || !needed);
        found
    }

    fn put(&self, name: &str, value: &JsValue) {
        let _ = Reflect::set(self.object, &name.into(), value);
    }

    pub(super) fn text(&mut self, name: &'static str, text: &mut String, needed: bool) {
        if self.writes {
            if needed || !text.is_empty() {
                self.put(name, &text.as_str().into());
            }
        } else if let Some(found) = self.find(name, needed) {
            match found.as_string() {
                Some(found) => *text = found,
                None => self.expect(false),
            }
        }
    }

    pub(super) fn group(&mut self, name: &'static str, needed: bool, inner: &mut dyn FnMut(&mut Place<'_>)) {
        if self.writes {
            let object: JsValue = Object::new().into();
            inner(&mut Place::new(&object, true, self.wrong));
            if needed || !keys(&object).is_empty() {
                self.put(name, &object);
            }
        } else if let Some(object) = self.find(name, needed) {
            let mut place = Place::new(&object, false, self.wrong);
            inner(&mut place);
            place.end();
        }
    }

    /// The elements of a list.
    fn elements(&mut self, name: &'static str, needed: bool) -> Vec<JsValue> {
        let Some(found) = self.find(name, needed) else { return Vec::new() };
        let list = found.dyn_into::<Array>().ok();
        self.expect(list.is_some());
        list.map_or_else(Vec::new, |list| list.to_vec())
    }

    pub(super) fn list<T>(
        &mut self,
        name: &'static str,
        needed: bool,
        all: &mut Vec<T>,
        empty: fn() -> T,
        inner: fn(&mut Place<'_>, &mut T),
    ) {
        if self.writes {
            let array = Array::new();
            for one in all {
                let object: JsValue = Object::new().into();
                inner(&mut Place::new(&object, true, self.wrong), one);
                array.push(&object);
            }
            self.put(name, &array);
            return;
        }
        for object in self.elements(name, needed) {
            let mut one = empty();
            let mut place = Place::new(&object, false, self.wrong);
            inner(&mut place, &mut one);
            place.end();
            all.push(one);
        }
    }

    pub(super) fn texts(&mut self, name: &'static str, all: &mut Vec<String>) {
        if self.writes {
            if !all.is_empty() {
                let array: Array = all.iter().map(|text| JsValue::from_str(text)).collect();
                self.put(name, &array);
            }
            return;
        }
        let found = self.elements(name, false);
        all.extend(found.iter().filter_map(JsValue::as_string));
        self.expect(all.len() == found.len());
    }

    /// The file has no other fields than those that were asked for.
    pub(super) fn end(&mut self) {
        if self.writes || !self.object.is_object() {
            return;
        }
        for name in keys(self.object) {
            self.expect(self.known.contains(&name.as_str()));
        }
    }
}

fn keys(object: &JsValue) -> Vec<String> {
    Object::keys(object.unchecked_ref::<Object>()).iter().filter_map(|name| name.as_string()).collect()
}
