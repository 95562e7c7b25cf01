//! Gateway and HTTPRoute of Kubernetes' Gateway API, gateway.networking.k8s.io/v1.

use super::Kind;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Gateway {
    pub(crate) gateway_class_name: &'static str,
    pub(crate) listeners: Vec<Listener>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Listener {
    pub(crate) name: &'static str,
    pub(crate) port: u16,
    pub(crate) protocol: &'static str,
    pub(crate) allowed_routes: AllowedRoutes,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct AllowedRoutes {
    pub(crate) namespaces: RouteNamespaces,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct RouteNamespaces {
    pub(crate) from: &'static str,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HttpRoute {
    pub(crate) parent_refs: Vec<Name>,
    pub(crate) rules: Vec<Rule>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Name {
    pub(crate) name: &'static str,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Rule {
    pub(crate) matches: Vec<Match>,
    pub(crate) backend_refs: Vec<Backend>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Match {
    pub(crate) path: PathMatch,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct PathMatch {
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) value: &'static str,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Backend {
    pub(crate) name: &'static str,
    pub(crate) port: u16,
}

impl Kind for Gateway {
    const KIND: &'static str = "Gateway";
}

impl Kind for HttpRoute {
    const KIND: &'static str = "HTTPRoute";
}
