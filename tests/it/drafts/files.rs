//! meshwright.yaml: read back as it was written, from YAML or JSON, and refused with words that help.

use crate::case;
use meshwright_core::draft::{At, Draft, File};
use meshwright_core::field::Field;
use meshwright_core::yaml;

#[test]
fn every_case_comes_back() {
    for case in case::all() {
        let text = yaml::write(&case.draft);
        assert_eq!(yaml::read(&text).as_ref(), Ok(&case.draft), "{}:\n{text}", case.name);
        let json = serde_json::to_string_pretty(&File::from(&case.draft)).unwrap();
        assert_eq!(yaml::read(&json).as_ref(), Ok(&case.draft), "{}, as JSON", case.name);
    }
}

#[test]
fn a_draft_that_is_wrong_comes_back_too() {
    let hostile = ["", " ", "~", "null", "on", "1e3", "- a", "a: b", "#1", "'", "\"", "\\", "a\nb", "\u{202e}", "日本"];
    for text in hostile {
        let mut draft = super::preset();
        let keys = draft.clusters.iter().map(|cluster| cluster.key).chain([draft.meshes[0].key]);
        let places: Vec<At> = keys.flat_map(|key| Field::ALL.map(|field| At { field, key })).collect();
        for at in places {
            draft.set_text(at, text.to_owned());
        }
        assert_eq!(yaml::read(&yaml::write(&draft)), Ok(draft), "{text:?}");
    }
}

/// What is written by hand need not quote: a field takes text, whatever it looks like.
#[test]
fn texts_need_no_quotes() {
    let text = yaml::write(&super::preset()).replace("network: network1", "network: 2024-01-01");
    let text = text.replace("meshID: mesh1", "meshID: 1_000").replace("context: cluster2", "context: on");
    let draft = yaml::read(&text).unwrap();
    assert_eq!(draft.clusters[1].network, "2024-01-01");
    assert_eq!(draft.meshes[0].mesh_id, "1_000");
    assert_eq!(draft.clusters[2].context, "on");
}

fn refusal(text: &str) -> String {
    yaml::read(text).map(|_: Draft| ()).unwrap_err().message
}

#[test]
fn what_is_unknown_is_named() {
    let good = yaml::write(&super::preset());
    let table = [
        ("  network: network1\n", "  networks: network1\n", "networks"),
        ("meshID:", "meshId:", "meshId"),
        ("sample:\n", "samples:\n", "samples"),
        ("    type: dns\n", "    kind: dns\n", "kind"),
        ("meshwright/v1", "meshwright/v2", "meshwright/v2"),
        ("  namespace: sample\n", "  namespace: sample\n  nowhere: x\n", "nowhere"),
    ];
    for (before, after, named) in table {
        let text = good.replace(before, after);
        assert_ne!(text, good, "{before:?} is not in the file");
        let said = refusal(&text);
        assert!(said.contains(named), "{named}: {said}");
        assert!(said.contains("line"), "{named}: {said}");
    }
}

#[test]
fn what_is_missing_is_named() {
    let good = yaml::write(&super::preset());
    for (line, named) in [("apiVersion: meshwright/v1\n", "apiVersion"), ("  version: \"1.31.1\"\n", "version")] {
        let text = good.replace(line, "");
        assert_ne!(text, good, "{line:?} is not in the file");
        assert!(refusal(&text).contains(named), "{}", refusal(&text));
    }
}

#[test]
fn what_is_no_topology_is_refused() {
    for text in ["", "a", "[]", "{}", "a: [", "\u{0}", "apiVersion: meshwright/v1", "--- a\n--- b\n", "{\"a\": 1"] {
        assert!(!refusal(text).is_empty(), "{text:?}");
    }
}
