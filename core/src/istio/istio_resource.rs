//! Istio, sailoperator.io/v1: what the Sail operator reads. Its name is the revision.

use super::chart_values::{IstiodValues, Volume, VolumeMount};
use super::operator::{MeshConfig, Profile};
use super::values::{Global, IstiodRemote};
use crate::k8s::{Kind, Map, OneVersion};
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Istio {
    pub(crate) version: String,
    pub(crate) namespace: String,
    /// `openshift` is none of them: on such a cluster the operator adds it to each by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) profile: Option<Profile>,
    pub(crate) values: IstioValues,
}

/// Values of chart `istiod`. Those that stand at its top are below `pilot` here.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IstioValues {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) mesh_config: Option<MeshConfig>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) global: Option<Global>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pilot: Option<Pilot>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) istiod_remote: Option<IstiodRemote>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Pilot {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) enabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) config_map: Option<bool>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub(crate) env: Map,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) volumes: Vec<Volume>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) volume_mounts: Vec<VolumeMount>,
}

impl Istio {
    /// With the values that the chart would get. The operator gives it its revision.
    pub(crate) fn new(version: String, namespace: String, profile: Option<Profile>, chart: IstiodValues) -> Self {
        let IstiodValues { config_map, mesh_config, global, istiod_remote, env, volumes, volume_mounts, .. } = chart;
        let enabled = matches!(profile, Some(Profile::Empty)).then_some(true);
        let pilot = Pilot { enabled, config_map, env, volumes, volume_mounts };
        let pilot = (pilot != Pilot::default()).then_some(pilot);
        Istio { version, namespace, profile, values: IstioValues { mesh_config, global, pilot, istiod_remote } }
    }
}

impl Kind for Istio {
    const KIND: &'static str = "Istio";
}

impl OneVersion for Istio {
    const API_VERSION: &'static str = "sailoperator.io/v1";
}
