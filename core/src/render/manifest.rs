//! Manifests and values files as YAML, each document under its reason.

use crate::plan::Manifest;
use crate::script::comment;
use crate::yaml;

pub(super) fn manifest(manifest: &Manifest) -> String {
    let mut text = String::new();
    for (index, document) in manifest.documents.iter().enumerate() {
        text.push_str(if index == 0 { "" } else { "---\n" });
        comment(&mut text, &document.why);
        yaml::write_to(&mut text, &document.doc);
    }
    text
}
