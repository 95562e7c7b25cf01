//! A pod's metadata and spec, in upstream's field names.

use super::volume::spec::{Items, Volume};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;

/// Metadata of an object in a namespace.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Metadata {
    pub(crate) name: String,
    pub(crate) namespace: String,
    pub(crate) uid: String,
    pub(crate) deletion_timestamp: Option<String>,
}

impl fmt::Display for Metadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "pod {}/{}", self.namespace, self.name)
    }
}

/// What a pod is to be.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
pub(crate) struct Spec {
    pub(crate) node_name: Option<String>,
    pub(crate) service_account_name: String,
    pub(crate) hostname: Option<String>,
    pub(crate) init_containers: Vec<Container>,
    pub(crate) containers: Vec<Container>,
    pub(crate) volumes: Vec<Volume>,
    pub(crate) security_context: Security,
}

/// A container.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Container {
    pub(crate) name: String,
    pub(crate) image: String,
    pub(crate) command: Vec<String>,
    pub(crate) args: Vec<String>,
    pub(crate) working_dir: Option<String>,
    pub(crate) env: Vec<EnvVar>,
    pub(crate) env_from: Vec<EnvFrom>,
    pub(crate) ports: Vec<Port>,
    pub(crate) resources: Resources,
    pub(crate) volume_mounts: Vec<Mount>,
    pub(crate) startup_probe: Option<Probe>,
    pub(crate) readiness_probe: Option<Probe>,
    pub(crate) security_context: Security,
    /// `Always` makes an init container a sidecar, which keeps running.
    pub(crate) restart_policy: Option<String>,
}

impl Container {
    /// Whether it is an init container that keeps running.
    pub(crate) fn is_sidecar(&self) -> bool {
        self.restart_policy.as_deref() == Some("Always")
    }
}

/// An environment variable.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EnvVar {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) value: String,
    pub(crate) value_from: Option<ValueFrom>,
}

/// Where an environment variable's value comes from.
#[derive(Debug, Clone, Deserialize)]
pub(crate) enum ValueFrom {
    #[serde(rename = "fieldRef")]
    Field(FieldRef),
    #[serde(rename = "resourceFieldRef")]
    Resource(ResourceFieldRef),
    #[serde(rename = "configMapKeyRef")]
    ConfigMap(KeyRef),
    #[serde(rename = "secretKeyRef")]
    Secret(KeyRef),
}

/// A field of the pod itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FieldRef {
    pub(crate) field_path: String,
}

/// A container's requests and limits.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ResourceFieldRef {
    pub(crate) resource: String,
    #[serde(default)]
    pub(crate) divisor: String,
    pub(crate) container_name: Option<String>,
}

/// One entry of a ConfigMap or a Secret.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct KeyRef {
    pub(crate) name: String,
    pub(crate) key: String,
    #[serde(default)]
    pub(crate) optional: bool,
}

/// All entries of a ConfigMap or a Secret.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EnvFrom {
    #[serde(default)]
    pub(crate) prefix: String,
    pub(crate) config_map_ref: Option<Items>,
    pub(crate) secret_ref: Option<Items>,
}

/// A port that others may call by its name.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Port {
    pub(crate) name: Option<String>,
    pub(crate) container_port: u16,
}

/// Requests and limits: a quantity for each resource.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Resources {
    pub(crate) requests: BTreeMap<String, String>,
    pub(crate) limits: BTreeMap<String, String>,
}

/// A volume's place in a container.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Mount {
    pub(crate) name: String,
    pub(crate) mount_path: String,
    #[serde(default)]
    pub(crate) sub_path: String,
    #[serde(default)]
    pub(crate) read_only: bool,
}

impl Mount {
    /// A whole volume, for reading.
    pub(crate) fn new(name: &str, path: &str) -> Mount {
        Mount { name: name.to_owned(), mount_path: path.to_owned(), sub_path: String::new(), read_only: true }
    }
}

/// Who a pod or a container runs as.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Security {
    pub(crate) run_as_user: Option<u32>,
    pub(crate) run_as_group: Option<u32>,
    pub(crate) sysctls: Vec<Sysctl>,
}

/// A setting of the kernel.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Sysctl {
    pub(crate) name: String,
    pub(crate) value: String,
}

/// How to ask a container whether it is well.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Probe {
    pub(crate) http_get: Option<HttpGet>,
    pub(crate) tcp_socket: Option<TcpSocket>,
    pub(crate) exec: Option<Exec>,
    #[serde(default)]
    pub(crate) initial_delay_seconds: u64,
    #[serde(default = "ten")]
    pub(crate) period_seconds: u64,
    #[serde(default = "one")]
    pub(crate) timeout_seconds: u64,
    #[serde(default = "one")]
    pub(crate) success_threshold: u64,
    #[serde(default = "three")]
    pub(crate) failure_threshold: u64,
}

const fn one() -> u64 {
    1
}
const fn three() -> u64 {
    3
}
const fn ten() -> u64 {
    10
}

/// By a page.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HttpGet {
    #[serde(default)]
    pub(crate) path: String,
    pub(crate) port: PortRef,
    pub(crate) host: Option<String>,
    #[serde(default)]
    pub(crate) scheme: Option<String>,
    #[serde(default)]
    pub(crate) http_headers: Vec<Header>,
}

/// A header of a request.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) value: String,
}

/// By a port that takes connections.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct TcpSocket {
    pub(crate) port: PortRef,
}

/// By a command in the container.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Exec {
    pub(crate) command: Vec<String>,
}

/// A port by its number or its name.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum PortRef {
    Number(u16),
    Name(String),
}
