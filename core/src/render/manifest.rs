//! Manifests and values files as YAML, each document under its reason.

use crate::plan::Manifest;
use crate::script::comment;
use crate::yaml;

pub(super) fn manifest(manifest: &Manifest) -> String {
    let documents: Vec<String> = manifest
        .documents
        .iter()
        .map(|document| format!("{}\n{}", comment(&document.why), yaml::to_string(&document.doc)))
        .collect();
    documents.join("---\n")
}
