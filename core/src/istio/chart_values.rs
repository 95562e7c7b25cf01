//! Values of Istio's Helm charts `base` and `istiod`: what an `IstioOperator` says of them, where the
//! charts have it.

use super::operator::{MeshConfig, Profile};
use super::values::{Base, Global, IstiodRemote};
use crate::k8s::Map;
use serde::Serialize;

/// Values of `base`: CRDs, and the validator of whoever has no revision.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BaseValues {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) profile: Option<Profile>,
    /// The chart's own default is `default`, which istioctl's is not.
    pub(crate) default_revision: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) global: Option<Global>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) base: Option<Base>,
}

/// Values of `istiod`.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IstiodValues {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) profile: Option<Profile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) revision: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) config_map: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) mesh_config: Option<MeshConfig>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) global: Option<Global>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) istiod_remote: Option<IstiodRemote>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) base: Option<Base>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub(crate) env: Map,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) volumes: Vec<Volume>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) volume_mounts: Vec<VolumeMount>,
}

/// A volume with a `ConfigMap`'s files.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Volume {
    pub(crate) name: &'static str,
    pub(crate) config_map: ConfigMap,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ConfigMap {
    pub(crate) name: String,
}

/// Where a container has a volume.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct VolumeMount {
    pub(crate) name: &'static str,
    pub(crate) mount_path: &'static str,
}
