//! Deployment, apps/v1, as far as the sample needs it.

use super::{Kind, Map, OneVersion};
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Deployment {
    pub(crate) replicas: u32,
    pub(crate) selector: Selector,
    pub(crate) template: Template,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Selector {
    pub(crate) match_labels: Map,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Template {
    pub(crate) metadata: TemplateMetadata,
    pub(crate) spec: PodSpec,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct TemplateMetadata {
    pub(crate) labels: Map,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PodSpec {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) termination_grace_period_seconds: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) service_account_name: Option<&'static str>,
    pub(crate) containers: Vec<Container>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Container {
    pub(crate) name: &'static str,
    pub(crate) image: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) command: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) resources: Option<Resources>,
    pub(crate) image_pull_policy: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) ports: Vec<ContainerPort>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Resources {
    pub(crate) requests: Map,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ContainerPort {
    pub(crate) container_port: u16,
}

impl Kind for Deployment {
    const KIND: &'static str = "Deployment";
}

impl OneVersion for Deployment {
    const API_VERSION: &'static str = "apps/v1";
}
