//! Places that take free text, and strings that YAML or a shell could take for something else.

use crate::case;
use meshwright_core::draft::{At, Draft, Key};
use meshwright_core::field::{Field, Takes};
use meshwright_core::value::Rule;

/// Strings that the rules of names allow and that some reader takes for a number, a date or a truth.
pub(crate) const NAMES: [&str; 10] = ["on", "no", "y", "1e3", "0o7", "0x1f", "null", "2024-01-01", "1-2", "0123"];

/// The awkward strings of the shared reference; `None` where it is not beside this checkout.
pub(crate) fn strings() -> Option<Vec<String>> {
    let path = case::root().join("../shared/reference/yaml-strings.json");
    let text = std::fs::read_to_string(path).ok()?;
    let mut sets: std::collections::BTreeMap<String, Vec<String>> = serde_json::from_str(&text).unwrap();
    sets.remove("all")
}

/// Every place of a draft that holds text.
pub(crate) fn places(draft: &Draft) -> Vec<At> {
    let meshes = draft.meshes.iter().map(|mesh| mesh.key);
    let planes = draft.control_planes().map(|plane| plane.key);
    let clusters = draft.clusters.iter().map(|cluster| cluster.key);
    let keys: Vec<Key> = meshes.chain(planes).chain(clusters).collect();
    let holds = |at: &At| {
        let mut changed = draft.clone();
        changed.set_text(*at, "a change".to_owned());
        changed != *draft
    };
    let mut found = Vec::new();
    for field in Field::ALL {
        let top = At { field, key: Key::TOPOLOGY };
        // The topology's own fields are found whatever the key.
        let of = |&key| At { field, key };
        if holds(&top) { found.push(top) } else { found.extend(keys.iter().map(of).filter(holds)) }
    }
    found
}

/// The rule of a place for free text.
pub(crate) fn rule(at: At) -> Option<Rule> {
    match at.field.info().takes {
        Takes::Text(rule) => Some(rule),
        Takes::Choice(_) | Takes::Clusters => None,
    }
}

/// A plain text that `rule` allows, of the form of `like`, and that stands nowhere else.
pub(crate) fn probe(rule: Rule, like: &str) -> &'static str {
    match rule {
        Rule::Label(_) | Rule::Revision | Rule::LabelValue | Rule::DnsName | Rule::Line => "zzprobe",
        Rule::Host => "zz.probe",
        Rule::ServerUrl => "https://zzprobe",
        Rule::Address if like.contains(':') => "2001:db8::77",
        Rule::Address => "198.51.100.77",
        Rule::Release => "1.31.0",
    }
}
