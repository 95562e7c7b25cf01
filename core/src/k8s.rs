//! Kubernetes' own objects, in its own field names: one file per kind.

pub(crate) mod deployment;
pub(crate) mod gateway_api;
pub(crate) mod namespace;
pub(crate) mod service;
pub(crate) mod service_account;

use crate::sorted::Sorted;
use serde::Serialize;

/// An object of any kind, as a manifest has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Object<Spec: Kind> {
    api_version: &'static str,
    kind: &'static str,
    metadata: Metadata,
    #[serde(skip_serializing_if = "Kind::is_empty")]
    spec: Spec,
}

/// A kind of object: what stands beside its spec.
pub(crate) trait Kind {
    const KIND: &'static str;

    /// Whether objects of this kind have no spec.
    fn is_empty(&self) -> bool {
        false
    }
}

/// A kind of which every release in question has the same API version.
pub(crate) trait OneVersion: Kind {
    const API_VERSION: &'static str;
}

/// Names, labels and annotations, as apart from what an object is.
pub(crate) type Map = Sorted<String, String>;

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub(crate) struct Metadata {
    pub(crate) name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) namespace: String,
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub(crate) labels: Map,
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub(crate) annotations: Map,
}

impl Metadata {
    /// Metadata with a name alone: the namespace is given when the object is applied.
    pub(crate) fn name(name: impl Into<String>) -> Self {
        Metadata { name: name.into(), ..Metadata::default() }
    }

    pub(crate) fn namespaced(name: impl Into<String>, namespace: impl Into<String>) -> Self {
        Metadata { name: name.into(), namespace: namespace.into(), ..Metadata::default() }
    }

    pub(crate) fn labelled(name: impl Into<String>, labels: Map) -> Self {
        Metadata { name: name.into(), labels, ..Metadata::default() }
    }
}

impl<Spec: Kind> Object<Spec> {
    pub(crate) fn new(api_version: &'static str, metadata: Metadata, spec: Spec) -> Self {
        Object { api_version, kind: Spec::KIND, metadata, spec }
    }
}

/// A map of few pairs.
pub(crate) fn map(pairs: &[(&str, &str)]) -> Map {
    let mut map = Map::default();
    for (key, value) in pairs {
        map.add((*key).to_owned(), (*value).to_owned());
    }
    map
}
