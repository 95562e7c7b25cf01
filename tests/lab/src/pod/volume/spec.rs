//! Volumes, in upstream's field names.

use super::super::objects::{Data, Objects};
use super::super::spec::{FieldRef, ResourceFieldRef};
use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A volume: a name and one source.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Volume {
    pub(crate) name: String,
    #[serde(flatten)]
    pub(crate) source: Source,
}

/// What is in a volume.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Source {
    EmptyDir {},
    ConfigMap(Items),
    Secret(Items),
    #[serde(rename = "downwardAPI")]
    DownwardApi(Downward),
    Projected(Projected),
    /// One that the lab does not play; its kind is the key.
    #[serde(untagged)]
    Other(BTreeMap<String, Value>),
}

/// Several sources in one folder.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Projected {
    pub(crate) sources: Vec<Projection>,
}

/// One source among several.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Projection {
    ConfigMap(Items),
    Secret(Items),
    #[serde(rename = "downwardAPI")]
    DownwardApi(Downward),
    ServiceAccountToken(Token),
}

/// Entries of a ConfigMap or a Secret: all of them, or those that are listed.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Items {
    #[serde(alias = "secretName")]
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) optional: bool,
    #[serde(default)]
    pub(crate) items: Vec<Item>,
}

/// An entry, and the file that it becomes.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Item {
    pub(crate) key: String,
    pub(crate) path: String,
}

/// The pod about itself.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Downward {
    #[serde(default)]
    pub(crate) items: Vec<DownwardItem>,
}

/// A field of the pod, and the file that it becomes.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DownwardItem {
    pub(crate) path: String,
    pub(crate) field_ref: Option<FieldRef>,
    pub(crate) resource_field_ref: Option<ResourceFieldRef>,
}

/// A token of the pod's service account.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Token {
    pub(crate) audience: Option<String>,
    #[serde(default = "hour")]
    pub(crate) expiration_seconds: u64,
    pub(crate) path: String,
}

const fn hour() -> u64 {
    3600
}

impl Items {
    /// All entries of what has this name, which has to be there.
    pub(crate) fn all(name: String) -> Items {
        Items { name, optional: false, items: Vec::new() }
    }

    /// The entries of the ConfigMap; none where there is none and none is needed.
    pub(crate) fn config_map(&self, objects: &dyn Objects) -> Result<Option<Data>> {
        let found = objects.config_map(&self.name)?;
        self.needed(found, || format!("configmap {:?} not found", self.name))
    }

    /// The entries of the Secret; none where there is none and none is needed.
    pub(crate) fn secret(&self, objects: &dyn Objects) -> Result<Option<Data>> {
        let found = objects.secret(&self.name)?;
        self.needed(found, || format!("secret {:?} not found", self.name))
    }

    fn needed(&self, found: Option<Data>, missing: impl FnOnce() -> String) -> Result<Option<Data>> {
        if self.optional { Ok(found) } else { found.map(Some).with_context(missing) }
    }

    /// The files that the entries become.
    pub(crate) fn files(&self, data: Option<Data>) -> Result<Data> {
        let Some(mut data) = data else { return Ok(Data::new()) };
        if self.items.is_empty() {
            return Ok(data);
        }
        let mut files = Data::new();
        for Item { key, path } in &self.items {
            match data.remove(key) {
                Some(value) => drop(files.insert(path.clone(), value)),
                None if self.optional => {}
                None => anyhow::bail!("{:?} has no entry {key:?}", self.name),
            }
        }
        Ok(files)
    }
}
