//! The topology file, `meshwright.yaml`: what is saved, published as a JSON Schema, and read back.
//! Clusters are referred to by name here.

mod convert;
#[cfg(feature = "read")]
mod read;

#[cfg(feature = "read")]
pub use read::{ReadError, read};

use serde::{Deserialize, Serialize};

/// The most bytes that a topology file may have; one of 50 clusters has some 10,000.
pub const LARGEST: u32 = 1 << 20;

/// A topology: one Istio release over a set of clusters, and the meshes on them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(title = "meshwright.yaml"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct File {
    /// Version of this format: `meshwright/v1`.
    pub api_version: ApiVersion,
    /// The Istio release, and how it is installed.
    pub istio: FileIstio,
    /// The clusters.
    pub clusters: Vec<FileCluster>,
    /// The meshes.
    pub meshes: Vec<FileMesh>,
    /// The sample application, by which verify.sh proves that the mesh works.
    #[serde(default, skip_serializing_if = "FileSample::is_empty")]
    pub sample: FileSample,
}

/// The one version of the format that there is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ApiVersion {
    /// The first.
    #[serde(rename = "meshwright/v1")]
    V1,
}

impl ApiVersion {
    /// As the file has it.
    pub const fn name(self) -> &'static str {
        match self {
            ApiVersion::V1 => "meshwright/v1",
        }
    }

    /// The version of that name.
    pub fn named(name: &str) -> Option<Self> {
        Some(ApiVersion::V1).filter(|version| version.name() == name)
    }
}

/// The Istio release, and how it is installed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FileIstio {
    /// A whole release number, such as `1.31.1`.
    pub version: String,
    /// `istioctl` (the default), `helm`, or `sail`: the Sail operator, which OpenShift Service Mesh 3 is too.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub install_method: String,
}

/// A cluster.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FileCluster {
    /// The cluster's name in the mesh: a DNS label.
    pub name: String,
    /// The kubeconfig's context for it.
    pub context: String,
    /// The network that its pods share; not for a cluster that only runs control planes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub network: String,
    /// `https://host:port`, when the kubeconfig's address cannot be reached from elsewhere.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub api_server: String,
    /// `kubernetes` (the default), `openshift`, `eks`, `gke`, `aks` or `kind`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub platform: String,
    /// The gateways installed on it.
    #[serde(default, skip_serializing_if = "FileGateways::is_empty")]
    pub gateways: FileGateways,
}

/// A cluster's gateways. Each is `none` (the default), `istioctl` or `helm`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct FileGateways {
    /// Takes requests from outside of the mesh.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub ingress: String,
    /// Lets requests out of the mesh.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub egress: String,
    /// Takes requests from the mesh's other networks.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub east_west: String,
}

impl FileGateways {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A mesh.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FileMesh {
    /// The mesh's ID, equal on each of its istiods.
    #[serde(rename = "meshID")]
    pub mesh_id: String,
    /// `cluster.local` unless given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub trust_domain: String,
    /// The control planes of the mesh.
    pub control_planes: Vec<FileControlPlane>,
}

/// A control plane.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FileControlPlane {
    /// Name of the cluster that it runs on.
    pub cluster: String,
    /// Name of the cluster that it takes its configuration from. A primary's is the cluster that it runs
    /// on.
    pub config_cluster: String,
    /// Names of the further clusters that it manages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remote_clusters: Vec<String>,
    /// The system namespace, the same on all of its clusters.
    pub namespace: String,
    /// The revision; none unless given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub revision: String,
    /// How the clusters reach istiod. A primary without remote clusters needs none.
    #[serde(default, skip_serializing_if = "FileAddress::is_empty")]
    pub address: FileAddress,
}

/// How clusters reach istiod.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct FileAddress {
    /// `dns` (the default), `ip`, or `discovered`: read from the load balancer at install time.
    #[serde(rename = "type", skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// `dns`: the DNS name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub host: String,
    /// `dns`: the secret in istio-system of the external cluster with a certificate for that name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tls_secret: String,
    /// `dns`: how the gateway trusts istiod: `mesh-ca` (the default) or `insecure-skip-verify`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub gateway_trust: String,
    /// `ip`: an IPv4 or IPv6 address.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub ip: String,
}

impl FileAddress {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The sample application.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct FileSample {
    /// `helloworld` (the default) or `none`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub app: String,
    /// `sample` unless given.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub namespace: String,
    /// `istio` (the default) or `gateway-api`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub route: String,
}

impl FileSample {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
