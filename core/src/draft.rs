//! What the form holds: text as typed, right or wrong, always fit to be saved. Clusters are referred
//! to by key, so that a name can change, or be a duplicate for a moment, without a reference going astray.

mod add;
mod edit;
mod file;
mod plane;
mod role;
#[cfg(feature = "schema")]
mod schema;

pub use file::{
    ApiVersion, File, FileAddress, FileCluster, FileControlPlane, FileGateways, FileIstio, FileMesh, FileSample,
    LARGEST,
};
#[cfg(feature = "read")]
pub use file::{ReadError, read};
pub use role::Role;
#[cfg(feature = "schema")]
pub use schema::schema;

use crate::field::Field;
use crate::sorted::Sorted;

/// Identity of a mesh, control plane or cluster inside one draft. Not saved: reading a file numbers them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u32);

impl Key {
    /// The topology itself, for the fields that stand at its top.
    pub const TOPOLOGY: Key = Key(0);
}

/// Places of clusters in the form.
pub(crate) type Places = Sorted<Key, usize>;

fn places(clusters: &[Cluster]) -> Places {
    let mut places = Places::default();
    for (place, cluster) in clusters.iter().enumerate() {
        places.add(cluster.key, place);
    }
    places
}

/// The address of a field: problems, help and the form's elements all use it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Which field.
    pub field: Field,
    /// Of which mesh, control plane or cluster.
    pub key: Key,
}

/// A topology as typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Istio release, as text.
    pub version: String,
    /// Install method.
    pub install_method: String,
    /// The clusters, in the order of the form.
    pub clusters: Vec<Cluster>,
    /// The meshes.
    pub meshes: Vec<Mesh>,
    /// The sample application.
    pub sample: Sample,
}

/// A cluster as typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// Its identity.
    pub key: Key,
    /// Name in the mesh.
    pub name: String,
    /// Kubeconfig context.
    pub context: String,
    /// Network.
    pub network: String,
    /// API server as others reach it.
    pub api_server: String,
    /// Kind of Kubernetes.
    pub platform: String,
    /// Ingress gateway: how installed.
    pub ingress: String,
    /// Egress gateway: how installed.
    pub egress: String,
    /// East-west gateway: how installed.
    pub east_west: String,
}

/// A mesh as typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Mesh {
    /// Its identity.
    pub key: Key,
    /// Mesh ID.
    pub mesh_id: String,
    /// Trust domain.
    pub trust_domain: String,
    /// Its control planes.
    pub control_planes: Vec<ControlPlane>,
}

/// A control plane as typed.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlPlane {
    /// Its identity.
    pub key: Key,
    /// The cluster it runs on.
    pub cluster: ClusterRef,
    /// The cluster it takes its configuration from.
    pub config_cluster: ClusterRef,
    /// The other clusters that it manages.
    pub remote_clusters: Vec<ClusterRef>,
    /// System namespace.
    pub namespace: String,
    /// Revision.
    pub revision: String,
    /// How remote clusters reach it.
    pub address: Address,
}

/// How remote clusters reach istiod, as typed. What another type of address needs is kept.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Address {
    /// `dns`, `ip` or `discovered`.
    pub kind: String,
    /// DNS name.
    pub host: String,
    /// TLS secret.
    pub tls_secret: String,
    /// How the gateway trusts istiod.
    pub gateway_trust: String,
    /// IP address.
    pub ip: String,
}

/// The sample application as typed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sample {
    /// Which one.
    pub app: String,
    /// Its namespace.
    pub namespace: String,
    /// API of its route.
    pub route: String,
}

/// A reference to a cluster.
#[derive(Debug, Clone, PartialEq)]
pub enum ClusterRef {
    /// To a cluster of the draft.
    To(Key),
    /// To a name that no cluster of the file has; empty where the file names none.
    Unknown(String),
}

impl ClusterRef {
    /// To no cluster.
    fn nobody() -> Self {
        ClusterRef::Unknown(String::new())
    }

    /// Whether this refers to `key`.
    pub fn is(&self, key: Key) -> bool {
        *self == ClusterRef::To(key)
    }
}

impl Draft {
    /// The text of a field; empty where `at` is nowhere, or is a reference to clusters. The topology's
    /// own fields are found by any key.
    pub fn text(&self, at: At) -> &str {
        let mesh = || self.meshes.iter().find(|mesh| mesh.key == at.key);
        let plane = || self.control_plane(at.key);
        let cluster = || self.cluster(at.key);
        let found = match at.field {
            Field::IstioVersion => Some(&self.version),
            Field::InstallMethod => Some(&self.install_method),
            Field::MeshId => mesh().map(|mesh| &mesh.mesh_id),
            Field::TrustDomain => mesh().map(|mesh| &mesh.trust_domain),
            Field::Namespace => plane().map(|plane| &plane.namespace),
            Field::Revision => plane().map(|plane| &plane.revision),
            Field::AddressType => plane().map(|plane| &plane.address.kind),
            Field::Host => plane().map(|plane| &plane.address.host),
            Field::TlsSecret => plane().map(|plane| &plane.address.tls_secret),
            Field::GatewayTrust => plane().map(|plane| &plane.address.gateway_trust),
            Field::Ip => plane().map(|plane| &plane.address.ip),
            Field::ClusterName => cluster().map(|cluster| &cluster.name),
            Field::Context => cluster().map(|cluster| &cluster.context),
            Field::Network => cluster().map(|cluster| &cluster.network),
            Field::ApiServer => cluster().map(|cluster| &cluster.api_server),
            Field::Platform => cluster().map(|cluster| &cluster.platform),
            Field::IngressGateway => cluster().map(|cluster| &cluster.ingress),
            Field::EgressGateway => cluster().map(|cluster| &cluster.egress),
            Field::EastWestGateway => cluster().map(|cluster| &cluster.east_west),
            Field::Sample => Some(&self.sample.app),
            Field::SampleNamespace => Some(&self.sample.namespace),
            Field::SampleRoute => Some(&self.sample.route),
            Field::ControlPlaneCluster | Field::ConfigCluster | Field::RemoteClusters => None,
        };
        found.map_or("", String::as_str)
    }

    /// The text of a field, or what it means when empty.
    pub fn effective(&self, at: At) -> &str {
        match self.text(at) {
            "" => at.field.info().default.unwrap_or_default(),
            text => text,
        }
    }

    /// Every control plane, mesh by mesh.
    pub fn control_planes(&self) -> impl Iterator<Item = &ControlPlane> {
        self.meshes.iter().flat_map(|mesh| &mesh.control_planes)
    }

    /// The place of each cluster in the form.
    pub(crate) fn places(&self) -> Places {
        places(&self.clusters)
    }

    /// The cluster of that key.
    pub fn cluster(&self, key: Key) -> Option<&Cluster> {
        self.clusters.iter().find(|cluster| cluster.key == key)
    }

    /// Where a field stands in the file: `clusters[1].network`. Where the mesh or control plane that
    /// it belongs to is missing: the list that has to hold one.
    pub fn path(&self, at: At) -> String {
        let path = at.field.info().path;
        if let Some(index) = self.clusters.iter().position(|cluster| cluster.key == at.key) {
            return format!("clusters[{index}].{path}");
        }
        for (mesh_index, mesh) in self.meshes.iter().enumerate() {
            if mesh.key == at.key {
                let of_mesh = matches!(at.field, Field::MeshId | Field::TrustDomain);
                return format!("meshes[{mesh_index}].{}", if of_mesh { path } else { "controlPlanes" });
            }
            if let Some(index) = mesh.control_planes.iter().position(|plane| plane.key == at.key) {
                return format!("meshes[{mesh_index}].controlPlanes[{index}].{path}");
            }
        }
        if path.starts_with("istio.") || path.starts_with("sample.") { path.to_owned() } else { "meshes".to_owned() }
    }
}
