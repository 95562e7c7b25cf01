//! IstioOperator, install.istio.io/v1alpha1: what istioctl reads.

use super::values::Values;
use crate::k8s::{Kind, Map, OneVersion};
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IstioOperator {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) revision: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) profile: Option<Profile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) mesh_config: Option<MeshConfig>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) components: Option<Components>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) values: Option<Values>,
}

/// Profiles in use; `remote` is the one that configures a cluster whose istiod is elsewhere. None means
/// `default`: istiod and an ingress gateway.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Profile {
    Empty,
    Minimal,
    Remote,
    /// What `remote` was called up to Istio 1.15.
    External,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MeshConfig {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) root_namespace: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) trust_domain: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) default_config: Option<ProxyConfig>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProxyConfig {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) discovery_address: Option<String>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub(crate) proxy_metadata: Map,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Components {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pilot: Option<Pilot>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) ingress_gateways: Vec<GatewayComponent>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) egress_gateways: Vec<GatewayComponent>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Pilot {
    pub(crate) enabled: bool,
    pub(crate) k8s: PilotResources,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct PilotResources {
    pub(crate) overlays: Vec<Overlay>,
    pub(crate) env: Vec<Env>,
}

/// Patches of one rendered object. One that matches nothing is skipped silently from 1.24.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Overlay {
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    pub(crate) patches: Vec<Patch>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Patch {
    pub(crate) path: &'static str,
    /// YAML of its own, as istioctl wants it.
    pub(crate) value: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Env {
    pub(crate) name: &'static str,
    pub(crate) value: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub(crate) struct GatewayComponent {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) namespace: Option<String>,
    pub(crate) name: &'static str,
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub(crate) label: Map,
    pub(crate) enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) k8s: Option<GatewayResources>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct GatewayResources {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) env: Vec<Env>,
    pub(crate) service: GatewayService,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct GatewayService {
    pub(crate) ports: Vec<Port>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Port {
    pub(crate) port: u16,
    pub(crate) target_port: u16,
    pub(crate) name: &'static str,
}

impl Port {
    /// A port that the gateway's pod listens on by the same number.
    pub(crate) const fn same(port: u16, name: &'static str) -> Self {
        Port { port, target_port: port, name }
    }
}

impl Kind for IstioOperator {
    const KIND: &'static str = "IstioOperator";
}

impl OneVersion for IstioOperator {
    const API_VERSION: &'static str = "install.istio.io/v1alpha1";
}
