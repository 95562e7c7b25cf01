//! One object of the file, being read or written.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// An object of the file, being read or written.
pub(super) struct Place<'a> {
    object: &'a JsValue,
    writes: bool,
    path: String,
    known: Vec<&'static str>,
    /// The first thing that is wrong.
    fault: &'a mut Option<String>,
}

impl<'a> Place<'a> {
    pub(super) fn new(object: &'a JsValue, writes: bool, path: String, fault: &'a mut Option<String>) -> Self {
        let mut place = Place { object, writes, path, known: Vec::new(), fault };
        if !object.is_object() || Array::is_array(object) {
            place.fail("", "has to be an object");
        }
        place
    }

    fn path(&self, name: &str) -> String {
        if self.path.is_empty() || name.is_empty() {
            [&*self.path, name].concat()
        } else {
            [&*self.path, ".", name].concat()
        }
    }

    pub(super) fn fail(&mut self, name: &str, what: &str) {
        self.refuse(&self.path(name), what);
    }

    fn refuse(&mut self, path: &str, what: &str) {
        let place = if path.is_empty() { "it" } else { path };
        self.fault.get_or_insert_with(|| [place, " ", what].concat());
    }

    /// What the object has under that name.
    fn find(&mut self, name: &'static str, needed: bool) -> Option<JsValue> {
        self.known.push(name);
        let found = Reflect::get(self.object, &name.into()).ok().filter(|found| !found.is_undefined());
        if found.is_none() && needed {
            self.fail(name, "is missing");
        }
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
                None => self.fail(name, "has to be text"),
            }
        }
    }

    pub(super) fn group(&mut self, name: &'static str, needed: bool, inner: &mut dyn FnMut(&mut Place<'_>)) {
        let path = self.path(name);
        if self.writes {
            let object: JsValue = Object::new().into();
            inner(&mut Place::new(&object, true, path, self.fault));
            if needed || !keys(&object).is_empty() {
                self.put(name, &object);
            }
        } else if let Some(object) = self.find(name, needed) {
            let mut place = Place::new(&object, false, path, self.fault);
            inner(&mut place);
            place.end();
        }
    }

    /// The elements of a list, each with its path.
    fn elements(&mut self, name: &'static str, needed: bool) -> Vec<(JsValue, String)> {
        let Some(found) = self.find(name, needed) else { return Vec::new() };
        if !Array::is_array(&found) {
            self.fail(name, "has to be a list");
            return Vec::new();
        }
        let path = |index: u32| [&self.path(name), "[", &index.to_string(), "]"].concat();
        (0..).zip(Array::from(&found).to_vec()).map(|(index, element)| (element, path(index))).collect()
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
                inner(&mut Place::new(&object, true, String::new(), self.fault), one);
                array.push(&object);
            }
            self.put(name, &array);
            return;
        }
        for (object, path) in self.elements(name, needed) {
            let mut one = empty();
            let mut place = Place::new(&object, false, path, self.fault);
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
        for (text, path) in self.elements(name, false) {
            match text.as_string() {
                Some(text) => all.push(text),
                None => self.refuse(&path, "has to be text"),
            }
        }
    }

    /// The file has no other fields than those that were asked for.
    pub(super) fn end(&mut self) {
        if self.writes || !self.object.is_object() {
            return;
        }
        for name in keys(self.object) {
            if !self.known.contains(&name.as_str()) {
                self.fail(&name, "is not a field of the file");
            }
        }
    }
}

fn keys(object: &JsValue) -> Vec<String> {
    Object::keys(object.unchecked_ref::<Object>()).iter().filter_map(|name| name.as_string()).collect()
}
