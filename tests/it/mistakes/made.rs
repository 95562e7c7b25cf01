//! A bundle as the files that it is, read again after an edit.

use crate::case::{self, Case};
use crate::commands;
use crate::documents::{self, Document, text};
use meshwright_core::draft::{ClusterRef, ControlPlane, Draft};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// What was made of a topology.
pub(super) struct Made {
    pub(super) name: String,
    pub(super) draft: Draft,
    pub(super) files: BTreeMap<String, String>,
    pub(super) documents: Vec<Document>,
    /// Of all scripts.
    pub(super) commands: Vec<String>,
    /// A manifest is no YAML.
    pub(super) broken: bool,
}

impl Made {
    pub(super) fn new(case: Case) -> Self {
        let bundle = case::output(&case.draft).bundle;
        let files = bundle.files.into_iter().map(|file| (file.path, file.text)).collect();
        Made::of(case.name, case.draft, files)
    }

    fn of(name: String, draft: Draft, files: BTreeMap<String, String>) -> Self {
        let mut made = Made { name, draft, files, documents: Vec::new(), commands: Vec::new(), broken: false };
        for (path, text) in &made.files {
            if Path::new(path).extension().is_some_and(|it| it == "sh") {
                made.commands.extend(commands::of(text));
            }
            let Some((cluster, stem)) = documents::place(path) else {
                continue;
            };
            match documents::parse(text) {
                Ok(values) => made.documents.extend(values.into_iter().map(|value| {
                    let (cluster, stem) = (cluster.to_owned(), stem.to_owned());
                    Document { cluster, stem, value }
                })),
                Err(_) => made.broken = true,
            }
        }
        made
    }

    /// With a text replaced wherever it stands; `None` where it does not.
    pub(super) fn edited(&self, (from, to): (&str, &str)) -> Option<Made> {
        if !self.files.values().any(|text| text.contains(from)) {
            return None;
        }
        let files = self.files.iter().map(|(path, text)| (path.clone(), text.replace(from, to))).collect();
        Some(Made::of(self.name.clone(), self.draft.clone(), files))
    }

    /// The values of all documents.
    pub(super) fn values(&self) -> impl Iterator<Item = &Value> {
        self.documents.iter().map(|document| &document.value)
    }

    /// The documents of a kind.
    pub(super) fn kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Document> {
        self.documents.iter().filter(move |document| text(&document.value, "/kind") == kind)
    }

    /// The operators of external istiods.
    pub(super) fn external_istiods(&self) -> impl Iterator<Item = &Value> {
        let operators = self.kind("IstioOperator").map(|document| &document.value);
        operators.filter(|value| {
            value.pointer("/spec/components/pilot/k8s/overlays").is_some() || is_empty_with_pilot(value)
        })
    }

    /// Where clusters are told to be injected from.
    pub(super) fn injections(&self) -> impl Iterator<Item = (&Document, &str)> {
        const PLACES: [&str; 4] = [
            "/spec/values/istiodRemote/injectionURL",
            "/spec/values/istiodRemote/injectionPath",
            "/istiodRemote/injectionURL",
            "/istiodRemote/injectionPath",
        ];
        self.documents.iter().flat_map(|document| {
            let found = PLACES.map(|place| text(&document.value, place)).into_iter();
            found.filter(|found| !found.is_empty()).map(move |found| (document, found))
        })
    }

    /// Whether some command has `part`.
    pub(super) fn says(&self, part: &str) -> bool {
        self.commands.iter().any(|command| command.contains(part))
    }

    /// The namespaces of a cluster by name.
    pub(super) fn namespace(&self, cluster: &str, name: &str) -> Option<&Value> {
        let of = |document: &&Document| document.cluster == cluster && text(&document.value, "/metadata/name") == name;
        self.kind("Namespace").find(of).map(|document| &document.value)
    }

    pub(super) fn minor(&self) -> u32 {
        self.draft.version.split('.').nth(1).unwrap().parse().unwrap()
    }

    /// The name of a cluster that is referred to.
    pub(super) fn cluster(&self, to: &ClusterRef) -> &str {
        &self.draft.clusters.iter().find(|it| to.is(it.key)).unwrap().name
    }

    pub(super) fn planes(&self) -> impl Iterator<Item = &ControlPlane> {
        self.draft.control_planes()
    }
}

fn is_empty_with_pilot(value: &Value) -> bool {
    text(value, "/spec/profile") == "empty" && value.pointer("/spec/components/pilot").is_some()
}
