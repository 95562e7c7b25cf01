//! Every field can be read, written and found in the file, at each of its places.

use super::preset;
use crate::case;
use meshwright_core::draft::{At, Draft, File, Key, schema};
use meshwright_core::field::{Field, Takes};
use serde_json::Value;
use std::collections::BTreeSet;

/// Every place of every field of text: those of which `set_text` keeps what it is given.
fn places(draft: &Draft) -> Vec<At> {
    let clusters = draft.clusters.iter().map(|cluster| cluster.key);
    let meshes = draft.meshes.iter().map(|mesh| mesh.key);
    let planes = draft.control_planes().map(|plane| plane.key);
    let keys: Vec<Key> = [Key::TOPOLOGY].into_iter().chain(clusters).chain(meshes).chain(planes).collect();
    let all = Field::ALL.into_iter().flat_map(|field| keys.iter().map(move |&key| At { field, key }));
    let keeps = |at: &At| {
        // The topology's own fields answer whatever key they are asked with; their place is one.
        let own = matches!(at.field.info().path.split('.').next(), Some("istio" | "sample"));
        if own != (at.key == Key::TOPOLOGY) {
            return false;
        }
        let mut changed = draft.clone();
        changed.set_text(*at, "\u{1}".to_owned());
        changed != *draft
    };
    all.filter(keeps).collect()
}

/// The value at `clusters[1].network` of a file as JSON.
fn value<'a>(file: &'a Value, path: &str) -> Option<&'a Value> {
    file.pointer(&format!("/{}", path.replace(['.', '['], "/").replace(']', "")))
}

#[test]
fn fields_are_all_and_apart() {
    assert_eq!(Field::ALL.into_iter().collect::<BTreeSet<_>>().len(), Field::ALL.len());
    assert!(Field::ALL.is_sorted(), "the order of the form is the order of problems");
    let labels: BTreeSet<_> = Field::ALL.into_iter().map(|field| field.info().label).collect();
    assert_eq!(labels.len(), Field::ALL.len());
}

#[test]
fn every_field_has_a_place_in_draft_and_file() {
    let draft = preset();
    let places = places(&draft);
    for field in Field::ALL {
        let here = places.iter().any(|at| at.field == field);
        assert_eq!(here, field.info().takes != Takes::Clusters, "{field:?}");
    }
    let mut paths = BTreeSet::new();
    for at in places {
        let mut changed = draft.clone();
        let mark = "a mark";
        changed.set_text(at, mark.to_owned());
        assert_eq!(changed.text(at), mark, "{at:?}");
        let path = draft.path(at);
        assert!(paths.insert(path.clone()), "two fields at {path}");
        let file = serde_json::to_value(File::from(&changed)).unwrap();
        assert_eq!(value(&file, &path), Some(&Value::from(mark)), "{path}");
        // And nothing else changed, but for the cluster's name where others refer to it.
        let other = serde_json::to_string(&file).unwrap().matches(mark).count();
        assert!(other == 1 || at.field == Field::ClusterName, "{path}: {other}");
    }
}

#[test]
fn references_have_a_place_in_the_file() {
    let draft = preset();
    let file = serde_json::to_value(File::from(&draft)).unwrap();
    let key = draft.meshes[0].control_planes[0].key;
    let found = |field| value(&file, &draft.path(At { field, key })).cloned();
    assert_eq!(found(Field::ControlPlaneCluster), Some("external-cluster".into()));
    assert_eq!(found(Field::ConfigCluster), Some("cluster1".into()));
    assert_eq!(found(Field::RemoteClusters), Some(serde_json::json!(["cluster2"])));
}

#[test]
fn what_is_nowhere_is_left_alone() {
    let mut draft = preset();
    let before = draft.clone();
    let at = At { field: Field::Network, key: Key(99) };
    draft.set_text(at, "x".to_owned());
    assert_eq!((draft.text(at), &draft), ("", &before));
}

/// The schema's definition behind a path's parts, through lists and references.
fn defined<'a>(schema: &'a Value, mut at: &'a Value, path: &str) -> Option<&'a Value> {
    for part in path.split('.') {
        at = resolved(schema, at);
        at = at.pointer(&format!("/properties/{part}"))?;
        at = resolved(schema, at);
        if let Some(items) = at.get("items") {
            at = items;
        }
    }
    Some(resolved(schema, at))
}

fn resolved<'a>(schema: &'a Value, at: &'a Value) -> &'a Value {
    let reference = at.get("$ref").and_then(Value::as_str);
    reference.map_or(at, |reference| schema.pointer(reference.trim_start_matches('#')).unwrap())
}

#[test]
fn the_schema_knows_every_field() {
    let schema: Value = serde_json::from_str(&schema()).unwrap();
    let draft = preset();
    let mut paths: Vec<(Field, String)> = places(&draft).into_iter().map(|at| (at.field, draft.path(at))).collect();
    let key = draft.meshes[0].control_planes[0].key;
    let references = Field::ALL.into_iter().filter(|field| field.info().takes == Takes::Clusters);
    paths.extend(references.map(|field| (field, draft.path(At { field, key }))));
    for (field, path) in paths {
        let plain: String = path.chars().filter(|c| !matches!(c, '[' | ']') && !c.is_ascii_digit()).collect();
        let found = defined(&schema, &schema, &plain).unwrap_or_else(|| panic!("{plain} is not in the schema"));
        assert_eq!(found["type"], "string", "{plain}");
        let choices: Vec<Value> = field.choices().iter().map(|choice| choice.value.into()).collect();
        if !choices.is_empty() {
            assert_eq!(found["enum"], Value::Array(choices), "{plain}");
        }
    }
}

/// Every property that a file can have is a field, or leads to one.
#[test]
fn the_schema_knows_nothing_else() {
    let schema: Value = serde_json::from_str(&schema()).unwrap();
    let mut known: BTreeSet<&str> = Field::ALL.into_iter().flat_map(|field| field.info().path.split('.')).collect();
    known.extend(["apiVersion", "clusters", "meshes", "controlPlanes"]);
    let definitions = schema["$defs"].as_object().unwrap().values().chain([&schema]);
    for definition in definitions {
        for name in definition["properties"].as_object().into_iter().flatten().map(|(name, _)| name) {
            assert!(known.contains(name.as_str()), "{name}");
        }
    }
    for draft in case::all() {
        assert!(serde_json::to_value(File::from(&draft.draft)).is_ok());
    }
}
