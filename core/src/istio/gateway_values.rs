//! Values of Istio's Helm chart `gateway`.

use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GatewayValues {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) revision: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) network_gateway: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) service: Option<Service>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Service {
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
}
