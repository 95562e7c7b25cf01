//! YAML texts as three readers have them: `PyYAML` for YAML 1.1, ruamel.yaml for 1.2, and our own.

use crate::case;
use crate::tool::{self, Folder};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What each reader has: its name, and the documents.
pub(crate) type Reading = BTreeMap<String, Value>;

/// Readings by text.
#[derive(Default)]
pub(crate) struct Readings(BTreeMap<String, Reading>);

impl Readings {
    /// Reads all texts in one go, each once.
    pub(crate) fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let texts: BTreeSet<&str> = texts.into_iter().collect();
        let folder = Folder::new();
        let paths: Vec<_> =
            texts.iter().enumerate().map(|(index, text)| folder.file(&format!("{index}.yaml"), text)).collect();
        let mut python = tool::python();
        python.arg(case::root().join("tests/readers/read.py"));
        let said = tool::feed(&mut python, &serde_json::to_vec(&paths).unwrap());
        assert!(said.status.success(), "{}", tool::err(&said));
        let mut found: Vec<Reading> = serde_json::from_slice(&said.stdout).unwrap();
        for (text, reading) in texts.iter().zip(&mut found) {
            let own = serde_yaml::from_multiple(text).map_or_else(|e| Value::String(format!("!{e}")), Value::Array);
            reading.insert("serde-saphyr".to_owned(), own);
        }
        Readings(texts.into_iter().map(str::to_owned).zip(found).collect())
    }

    /// The documents of a text as one reader has them.
    pub(crate) fn by(&self, text: &str, reader: &str) -> &Value {
        &self.0[text][reader]
    }

    /// The documents of a text, on which all readers agree.
    pub(crate) fn agreed(&self, text: &str) -> &Value {
        let reading = &self.0[text];
        let mut values = reading.values();
        let first = values.next().unwrap();
        assert!(first.is_array(), "not read: {first}\n{text}");
        assert!(values.all(|value| value == first), "readers differ: {reading:#?}\n{text}");
        first
    }

    /// The texts of patches in a text: YAML of their own, which istioctl reads.
    pub(crate) fn patches(&self) -> Vec<String> {
        let mut texts = Vec::new();
        for reading in self.0.values().flat_map(BTreeMap::values) {
            patches(&mut reading.clone(), &mut |value| texts.extend(value.as_str().map(str::to_owned)));
        }
        texts
    }

    /// A reading with the texts of patches read by `inner`.
    pub(crate) fn unfolded(value: &Value, inner: &Readings) -> Value {
        let mut value = value.clone();
        patches(&mut value, &mut |patch| *patch = inner.agreed(patch.as_str().unwrap()).clone());
        value
    }
}

fn patches(value: &mut Value, visit: &mut impl FnMut(&mut Value)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| patches(item, visit)),
        Value::Object(fields) => {
            for (key, field) in fields {
                if key == "patches" {
                    let list = field.as_array_mut().unwrap();
                    list.iter_mut().filter_map(|patch| patch.get_mut("value")).for_each(&mut *visit);
                } else {
                    patches(field, visit);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
