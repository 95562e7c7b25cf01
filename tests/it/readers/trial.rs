//! A string at a field, and what is to come of it: what a plain text in its place makes, with the string
//! wherever the plain text is.

use super::is_yaml;
use super::reading::Readings;
use super::text;
use meshwright_core::bundle::{Bundle, File};
use meshwright_core::draft::{At, Draft};
use meshwright_core::field::Field;
use meshwright_core::generate;
use meshwright_core::problem::Severity;
use meshwright_core::value::Rule;
use serde_json::Value;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A field of a draft to try strings at.
pub(crate) struct Trial<'a> {
    draft: &'a Draft,
    at: At,
    rule: Rule,
}

/// A string that the field took.
pub(crate) struct Taken {
    at: At,
    string: String,
    bundle: Bundle,
    plain: Rc<Plain>,
}

/// The bundle with a plain text in the string's place.
struct Plain {
    probe: &'static str,
    bundle: Bundle,
}

impl<'a> Trial<'a> {
    /// At the last of the field's places: a cluster that is a part of the mesh. `None` where the field
    /// takes no free text.
    pub(crate) fn new(draft: &'a Draft, field: Field) -> Option<Self> {
        let at = text::places(draft).into_iter().rfind(|at| at.field == field)?;
        Some(Trial { draft, at, rule: text::rule(at)? })
    }

    /// Tries all strings but the empty one and the field's default, which may be left out of files
    /// (`drafts::defaults`). Each is taken, or refused by a problem at this field.
    pub(crate) fn all(&self, strings: &[String]) -> Vec<Taken> {
        let mut plains: BTreeMap<&str, Rc<Plain>> = BTreeMap::new();
        let mut taken = Vec::new();
        let default = self.at.field.info().default;
        for string in strings.iter().filter(|string| !string.is_empty() && Some(string.as_str()) != default) {
            let outcome = self.with(string);
            let Some(output) = outcome.output else {
                let here = |severity| severity == Severity::Error;
                let told = outcome.problems.iter().any(|problem| problem.at == self.at && here(problem.severity()));
                assert!(told, "{string:?} at {}: {:?}", self.draft.path(self.at), outcome.problems);
                continue;
            };
            let probe = text::probe(self.rule, string);
            let plain = || {
                let output = self.with(probe).output.expect("a plain text is fine");
                Rc::new(Plain { probe, bundle: output.bundle })
            };
            let plain = Rc::clone(plains.entry(probe).or_insert_with(plain));
            taken.push(Taken { at: self.at, string: string.clone(), bundle: output.bundle, plain });
        }
        taken
    }

    fn with(&self, string: &str) -> meshwright_core::Outcome {
        let mut draft = self.draft.clone();
        draft.set_text(self.at, string.to_owned());
        generate(&draft)
    }
}

impl Taken {
    /// YAML files that the string could be in, with what they are to be.
    fn files(&self) -> impl Iterator<Item = (&Self, &File, &File)> {
        assert_eq!(self.bundle.files.len(), self.plain.bundle.files.len());
        let pairs = self.bundle.files.iter().zip(&self.plain.bundle.files);
        pairs
            .filter(|(file, plain)| {
                assert_eq!(file.path, self.put(&plain.path));
                is_yaml(file) && (file.text != plain.text || plain.text.contains(self.plain.probe))
            })
            .map(move |(file, plain)| (self, file, plain))
    }

    fn put(&self, text: &str) -> String {
        text.replace(self.plain.probe, &self.string)
    }

    fn meant(&self, value: &Value) -> Value {
        match value {
            Value::String(found) => Value::String(self.put(found)),
            Value::Array(items) => items.iter().map(|item| self.meant(item)).collect(),
            Value::Object(fields) => fields.iter().map(|(key, field)| (self.put(key), self.meant(field))).collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }
}

/// Every reader gets the string back, wherever the plain text was, and nothing else differs.
pub(crate) fn every_file_has_the_text(tries: &[Taken]) {
    let files = || tries.iter().flat_map(Taken::files);
    let readings = Readings::of(files().flat_map(|(_, file, plain)| [file.text.as_str(), plain.text.as_str()]));
    let patches = readings.patches();
    let inner = Readings::of(patches.iter().map(String::as_str));
    for (taken, file, plain) in files() {
        let found = Readings::unfolded(readings.agreed(&file.text), &inner);
        let meant = taken.meant(&Readings::unfolded(readings.agreed(&plain.text), &inner));
        assert_eq!(found, meant, "{:?} at {:?}\n{}", taken.string, taken.at, file.text);
    }
}
