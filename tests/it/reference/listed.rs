//! `tests/reference/differences.yaml`: the differences that are meant, each with its reason.

use super::compare::Difference;
use crate::{case, documents};
use serde_json::{Map, Value};
use std::fmt::Write;
use std::fs;

/// An entry of the list. `{a,b}` in its files stands for both, and each has to occur.
pub(super) struct Entry {
    files: Vec<String>,
    object: String,
    path: String,
    ours: Option<Value>,
    theirs: Option<Value>,
    /// The values themselves are not told: an object or a file that one side has as a whole.
    any: bool,
}

/// The list. Fails where an entry is not of the form that its head describes.
pub(super) fn read() -> Vec<Entry> {
    let path = case::root().join("tests/reference/differences.yaml");
    let mut documents = documents::parse(&fs::read_to_string(&path).unwrap()).unwrap();
    let entries = documents.remove(0);
    entries.as_array().unwrap().iter().map(|entry| self::entry(entry.as_object().unwrap())).collect()
}

fn entry(entry: &Map<String, Value>) -> Entry {
    const KEYS: [&str; 7] = ["files", "object", "path", "ours", "theirs", "only", "reason"];
    assert!(entry.keys().all(|key| KEYS.contains(&key.as_str())), "not a key of an entry: {entry:?}");
    let text = |key: &str| entry.get(key).map_or(String::new(), |value| value.as_str().unwrap().to_owned());
    let reason = text("reason");
    assert!(reason.trim().ends_with('.') && reason.len() > 20, "an entry needs a sentence of reason: {entry:?}");
    let only = text("only");
    let any = Some(Value::Bool(true));
    let (ours, theirs) = match only.as_str() {
        "ours" => (any, None),
        "theirs" => (None, any),
        _ => (entry.get("ours").cloned(), entry.get("theirs").cloned()),
    };
    assert!(ours != theirs, "an entry needs `only`, or `ours` and `theirs`: {entry:?}");
    Entry {
        files: braces(&text("files")),
        object: text("object"),
        path: text("path"),
        ours,
        theirs,
        any: !only.is_empty(),
    }
}

/// `{a,b}/c` as `a/c` and `b/c`.
fn braces(pattern: &str) -> Vec<String> {
    let Some((before, rest)) = pattern.split_once('{') else {
        return vec![pattern.to_owned()];
    };
    let (choices, after) = rest.split_once('}').unwrap();
    choices.split(',').flat_map(|choice| braces(&format!("{before}{choice}{after}"))).collect()
}

impl Entry {
    fn is(&self, file: &str, difference: &Difference) -> bool {
        let same = |listed: &Option<Value>, found: &Option<Value>| {
            if self.any { listed.is_some() == found.is_some() } else { listed == found }
        };
        file == difference.file
            && self.object == difference.object
            && self.path == difference.path
            && same(&self.ours, &difference.ours)
            && same(&self.theirs, &difference.theirs)
    }
}

/// What is not listed, and what is listed and does not occur; empty where all is well.
pub(super) fn against(entries: &[Entry], found: &[Difference]) -> String {
    let mut report = unlisted(entries, found);
    for entry in entries {
        for file in &entry.files {
            if !found.iter().any(|it| entry.is(file, it)) {
                let _ = writeln!(report, "no longer occurs: {file}: {}: {}", entry.object, entry.path);
            }
        }
    }
    report
}

/// What is not listed.
pub(super) fn unlisted(entries: &[Entry], found: &[Difference]) -> String {
    let mut report = String::new();
    let say = |value: &Option<Value>| value.as_ref().map_or("nothing".to_owned(), ToString::to_string);
    for it in found {
        if !entries.iter().any(|entry| entry.files.iter().any(|file| entry.is(file, it))) {
            let (ours, theirs) = (say(&it.ours), say(&it.theirs));
            let _ = writeln!(report, "not listed: {}: {}: {}", it.file, it.object, it.path);
            let _ = writeln!(report, "  ours:   {ours}\n  theirs: {theirs}");
        }
    }
    report
}

#[test]
fn the_list_lets_nothing_pass() {
    let found = |file: &str, ours: Option<i32>, theirs: Option<i32>| Difference {
        file: file.to_owned(),
        object: "A x".to_owned(),
        path: "p".to_owned(),
        ours: ours.map(Value::from),
        theirs: theirs.map(Value::from),
    };
    let listed = |yaml: &str| {
        let yaml = format!("object: A x\npath: p\nreason: A sentence of reason.\n{yaml}");
        vec![entry(documents::parse(&yaml).unwrap()[0].as_object().unwrap())]
    };
    let (a, b) = (found("a", Some(1), Some(2)), found("b", Some(1), Some(2)));
    assert_eq!(against(&listed("files: '{a,b}'\nours: 1\ntheirs: 2"), &[a.clone(), b.clone()]), "");
    assert!(against(&[], std::slice::from_ref(&a)).starts_with("not listed: a: A x: p\n  ours:   1\n  theirs: 2"));
    assert_eq!(
        against(&listed("files: '{a,b}'\nours: 1\ntheirs: 2"), std::slice::from_ref(&a)),
        "no longer occurs: b: A x: p\n"
    );
    let other = against(&listed("files: a\nours: 1\ntheirs: 3"), std::slice::from_ref(&a));
    assert!(other.contains("not listed") && other.contains("no longer occurs"));
    assert_eq!(against(&listed("files: a\nonly: ours"), &[found("a", Some(1), None)]), "");
    assert_ne!(against(&listed("files: a\nonly: ours"), &[a]), "");
    assert_ne!(against(&listed("files: b\nours: 1"), &[b]), "");
}
