//! `spec.values` of an IstioOperator: the charts' values, by Istio's `values_types.proto`.

use crate::k8s::Map;
use crate::sorted::Sorted;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Values {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) default_revision: Option<String>,
    #[serde(skip_serializing_if = "Sorted::is_empty")]
    pub(crate) gateways: Sorted<&'static str, Gateway>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) global: Option<Global>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pilot: Option<Pilot>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) istiod_remote: Option<IstiodRemote>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) base: Option<Base>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Global {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) external_istiod: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ca_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) istio_namespace: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) remote_pilot_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) config_cluster: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) operator_manage_webhooks: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) config_validation: Option<bool>,
    #[serde(rename = "meshID", skip_serializing_if = "Option::is_none")]
    pub(crate) mesh_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) multi_cluster: Option<MultiCluster>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) network: Option<String>,
}

impl Global {
    /// With the system namespace alone.
    pub(crate) fn of_namespace(namespace: String) -> Self {
        Global { istio_namespace: Some(namespace), ..Global::default() }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MultiCluster {
    pub(crate) cluster_name: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Pilot {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) config_map: Option<bool>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub(crate) env: Map,
}

/// How the remote cluster's webhook reaches istiod: by URL, or by path on Service istiod.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IstiodRemote {
    #[serde(rename = "injectionURL", skip_serializing_if = "Option::is_none")]
    pub(crate) injection_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) injection_path: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Base {
    #[serde(rename = "validationURL")]
    pub(crate) validation_url: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Gateway {
    pub(crate) injection_template: &'static str,
}

/// The charts' values for pods that are proxies themselves and no sidecars.
pub(crate) fn gateway_template(gateway: &'static str) -> Sorted<&'static str, Gateway> {
    let mut gateways = Sorted::default();
    gateways.add(gateway, Gateway { injection_template: "gateway" });
    gateways
}
