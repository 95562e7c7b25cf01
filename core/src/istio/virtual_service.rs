//! VirtualService, networking.istio.io/v1.

use crate::k8s::Kind;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct VirtualService {
    pub(crate) hosts: Vec<String>,
    pub(crate) gateways: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) http: Vec<Route>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) tls: Vec<Route>,
}

/// An HTTP or a TLS route: a match, and where it leads.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Route {
    #[serde(rename = "match")]
    pub(crate) matches: Vec<Match>,
    pub(crate) route: Vec<To>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Match {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) port: Option<u16>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) sni_hosts: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) uri: Option<Uri>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Uri {
    pub(crate) exact: &'static str,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct To {
    pub(crate) destination: Destination,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Destination {
    pub(crate) host: String,
    pub(crate) port: Port,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Port {
    pub(crate) number: u16,
}

impl To {
    /// The one place that a route leads to.
    pub(crate) fn only(host: &str, number: u16) -> Vec<Self> {
        vec![To { destination: Destination { host: host.to_owned(), port: Port { number } } }]
    }
}

impl Kind for VirtualService {
    const KIND: &'static str = "VirtualService";
}
