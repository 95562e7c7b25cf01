//! Two files, object by object and key by key.

use crate::{case, documents};
use meshwright_core::draft::Draft;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A topology's files and their counterparts.
pub(crate) struct Comparison {
    pub(super) name: String,
    pub(super) draft: Draft,
    pub(super) pairs: Vec<Pair>,
    /// Whether a file of ours without a counterpart is a difference.
    pub(super) whole: bool,
}

/// One of our files and its counterpart.
pub(super) struct Pair {
    /// `cluster1/curl`.
    pub(super) ours: String,
    /// Below the reference's `data`.
    pub(super) theirs: String,
}

impl Pair {
    pub(super) fn new(cluster: &str, stem: &str, theirs: &str) -> Self {
        Pair { ours: format!("{cluster}/{stem}"), theirs: theirs.to_owned() }
    }
}

/// One difference. `None` where a side has nothing.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Difference {
    /// The comparison's name and our file: `dns/cluster1/curl`.
    pub(super) file: String,
    /// Kind and name of the object; empty for a file as a whole, or one that is no object.
    pub(super) object: String,
    /// Where in the object; empty for the object as a whole.
    pub(super) path: String,
    pub(super) ours: Option<Value>,
    pub(super) theirs: Option<Value>,
}

/// What a comparison comes to.
pub(crate) struct Compared {
    /// How many objects of ours have a counterpart's file.
    pub(crate) objects: usize,
    pub(super) differences: Vec<Difference>,
}

impl Comparison {
    /// The same of the files that are made, where some are not.
    pub(super) fn of_what_is_made(mut self) -> Self {
        let files = case::output(&self.draft).bundle.files;
        let made: BTreeSet<String> = files
            .iter()
            .filter_map(|file| documents::place(&file.path))
            .map(|(cluster, stem)| format!("{cluster}/{stem}"))
            .collect();
        self.pairs.retain(|pair| made.contains(&pair.ours));
        self
    }

    /// All that differs between our files and theirs below `data`.
    pub(super) fn differences(&self, data: &Path) -> Vec<Difference> {
        self.compare(data).differences
    }

    pub(crate) fn compare(&self, data: &Path) -> Compared {
        let mut ours: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for document in documents::of(&case::output(&self.draft).bundle) {
            ours.entry(format!("{}/{}", document.cluster, document.stem)).or_default().push(document.value);
        }
        let (mut objects, mut found) = (0, Vec::new());
        for pair in &self.pairs {
            let file = format!("{}/{}", self.name, pair.ours);
            let text = fs::read_to_string(data.join(&pair.theirs)).unwrap_or_else(|e| panic!("{}: {e}", pair.theirs));
            let theirs = documents::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", pair.theirs));
            let ours = ours.remove(&pair.ours).unwrap_or_else(|| panic!("{file} is not made"));
            objects += ours.len();
            self::objects(&file, &ours, theirs, &mut found);
        }
        if self.whole {
            for file in ours.into_keys() {
                let (file, object, path) = (format!("{}/{file}", self.name), String::new(), String::new());
                found.push(Difference { file, object, path, ours: Some(Value::from("a file")), theirs: None });
            }
        }
        Compared { objects, differences: found }
    }
}

/// Kind and API group: what two objects have in common before their names are looked at.
fn kind(value: &Value) -> (&str, &str) {
    let group = documents::text(value, "/apiVersion").rsplit_once('/').map_or("", |(group, _)| group);
    (group, documents::text(value, "/kind"))
}

fn label(value: &Value) -> String {
    let name = documents::text(value, "/metadata/name");
    format!("{} {name}", kind(value).1).trim().to_owned()
}

fn objects(file: &str, ours: &[Value], mut theirs: Vec<Value>, found: &mut Vec<Difference>) {
    for our in ours {
        let name = documents::text(our, "/metadata/name");
        // The guide's IstioOperators have no name: there the kind alone decides.
        let at = theirs.iter().position(|their| {
            let their_name = documents::text(their, "/metadata/name");
            kind(their) == kind(our) && (their_name == name || their_name.is_empty())
        });
        let object = label(our);
        let difference = |path: &str, our: Option<&Value>, their: Option<&Value>| Difference {
            file: file.to_owned(),
            object: object.clone(),
            path: path.to_owned(),
            ours: our.cloned(),
            theirs: their.cloned(),
        };
        match at {
            Some(at) => values("", Some(our), Some(&theirs.remove(at)), &difference, found),
            None => found.push(difference("", Some(our), None)),
        }
    }
    for their in theirs {
        let (file, object) = (file.to_owned(), label(&their));
        found.push(Difference { file, object, path: String::new(), ours: None, theirs: Some(their) });
    }
}

fn values(
    path: &str,
    ours: Option<&Value>,
    theirs: Option<&Value>,
    difference: &impl Fn(&str, Option<&Value>, Option<&Value>) -> Difference,
    found: &mut Vec<Difference>,
) {
    match (ours, theirs) {
        (Some(Value::Object(ours)), Some(Value::Object(theirs))) => {
            let keys: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
            for key in keys {
                let dot = if path.is_empty() { "" } else { "." };
                let part = if key.contains(['.', '/']) { format!("[{key}]") } else { format!("{dot}{key}") };
                values(&format!("{path}{part}"), ours.get(key), theirs.get(key), difference, found);
            }
        }
        (Some(Value::Array(ours)), Some(Value::Array(theirs))) => {
            for index in 0..ours.len().max(theirs.len()) {
                values(&format!("{path}[{index}]"), ours.get(index), theirs.get(index), difference, found);
            }
        }
        (ours, theirs) if ours == theirs => {}
        (ours, theirs) => found.push(difference(path, ours, theirs)),
    }
}

#[test]
fn every_kind_of_difference_is_found() {
    let json = |text: &str| documents::parse(text).unwrap();
    let ours = json("kind: A\nmetadata: {name: x}\nspec: {same: 1, n: 1, list: [1, 2], more: m}\n---\nkind: B\n");
    let theirs = json("kind: A\nspec: {same: 1, n: \"1\", list: [1], 'a.b/c': d}\n---\nkind: C\nmetadata: {name: y}\n");
    let mut found = Vec::new();
    objects("f", &ours, theirs, &mut found);
    let told: Vec<_> = found.iter().map(|it| format!("{}: {}", it.object, it.path)).collect();
    let expected =
        ["A x: metadata", "A x: spec[a.b/c]", "A x: spec.list[1]", "A x: spec.more", "A x: spec.n", "B: ", "C y: "];
    assert_eq!(told, expected);
    assert_eq!((&found[4].ours, &found[4].theirs), (&Some(Value::from(1)), &Some(Value::from("1"))));
}
