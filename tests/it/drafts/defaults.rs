//! An empty field is its default: the files are the same, but for the topology's own.

use super::preset;
use crate::case;
use crate::tree::{self, Tree};
use meshwright_core::draft::{At, Draft, Key};
use meshwright_core::field::Field;
use std::fmt::Write;

fn files(draft: &Draft) -> Tree {
    let files = case::output(draft).bundle.files.into_iter();
    files.filter(|file| file.path != "meshwright.yaml").map(|file| (file.path, file.text)).collect()
}

/// The preset with `field` set to `text` wherever it stands.
fn with(field: Field, text: &str) -> Draft {
    let mut draft = preset();
    let clusters = draft.clusters.iter().map(|cluster| cluster.key);
    let keys: Vec<Key> =
        clusters.chain([Key::TOPOLOGY, draft.meshes[0].key, draft.meshes[0].control_planes[0].key]).collect();
    for key in keys {
        draft.set_text(At { field, key }, text.to_owned());
    }
    draft
}

#[test]
fn an_empty_field_is_its_default() {
    let mut report = String::new();
    for field in Field::ALL {
        if let Some(default) = field.info().default {
            let differs = tree::differences(&files(&with(field, default)), &files(&with(field, "")));
            if !differs.is_empty() {
                let _ = write!(report, "{field:?}: empty is not {default:?}\n{differs}");
            }
        }
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn effective_is_what_empty_means() {
    for field in Field::ALL {
        let draft = with(field, "");
        let key = draft.meshes[0].control_planes[0].key;
        let expected = field.info().default.unwrap_or_default();
        assert_eq!(draft.effective(At { field, key }), expected, "{field:?}");
    }
}
