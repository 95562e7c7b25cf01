//! What a draft means once nothing about it is wrong: a graph of clusters and control planes.

use crate::value::{
    Address as IpAddress, ClusterName, Context, Host, MeshId, Namespace, Network, Release, Revision, SecretName,
    ServerUrl, TrustDomain,
};
use crate::version::Facts;
use std::rc::Rc;

/// A topology. Made by `check` alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Topology {
    /// The Istio release.
    pub release: Release,
    /// What is true of that release.
    pub facts: &'static Facts,
    /// What installs the control planes.
    pub install_method: InstallMethod,
    /// The clusters, in the order of the form; each is used.
    pub clusters: Vec<Rc<Cluster>>,
    /// The meshes.
    pub meshes: Vec<Mesh>,
    /// The sample application, if wanted.
    pub sample: Option<Sample>,
    /// The topology as its file: what is saved in the bundle.
    pub source: crate::draft::File,
}

/// What installs control planes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstallMethod {
    /// `istioctl install`.
    Istioctl,
    /// Releases of Istio's charts.
    Helm,
    /// Custom resources of the Sail operator, which OpenShift Service Mesh 3 is too.
    Sail,
}

/// A cluster.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// Name in the mesh.
    pub name: ClusterName,
    /// Kubeconfig context.
    pub context: Context,
    /// API server as others reach it, if not as the kubeconfig has it.
    pub api_server: Option<ServerUrl>,
    /// Kind of Kubernetes.
    pub platform: Platform,
}

/// A kind of Kubernetes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Platform {
    /// Any.
    Kubernetes,
    /// Red Hat's.
    OpenShift,
    /// Amazon's. Its load balancers have host names.
    Eks,
    /// Google's.
    Gke,
    /// Azure's.
    Aks,
    /// Kubernetes in containers: its API servers listen on loopback.
    Kind,
}

/// A mesh.
#[derive(Debug, Clone, PartialEq)]
pub struct Mesh {
    /// Mesh ID.
    pub id: MeshId,
    /// Trust domain, if it is not Istio's own `cluster.local`.
    pub trust_domain: Option<TrustDomain>,
    /// Its control planes.
    pub control_planes: Vec<ControlPlane>,
}

impl Mesh {
    /// Its clusters, control plane by control plane.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        self.control_planes.iter().flat_map(ControlPlane::members)
    }

    /// Whether its clusters are on more than one network.
    pub fn has_several_networks(&self) -> bool {
        let mut members = self.members();
        let first = members.next().map(|member| &member.network);
        members.any(|member| Some(&member.network) != first)
    }
}

/// A control plane: external where it runs outside of its mesh, primary where it takes its
/// configuration from the cluster that it runs on.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlPlane {
    /// The cluster it runs on.
    pub cluster: Rc<Cluster>,
    /// The cluster it takes its configuration from. External: also its first remote cluster.
    pub config: Member,
    /// The further remote clusters, in the order of the form.
    pub remotes: Vec<Member>,
    /// System namespace, on all of its clusters.
    pub namespace: Namespace,
    /// Revision.
    pub revision: Option<Revision>,
    /// How its remote clusters reach it. A primary without remote clusters has no use for it.
    pub address: Address,
}

impl ControlPlane {
    /// Whether it runs on a cluster of its own mesh.
    pub fn is_primary(&self) -> bool {
        self.cluster == self.config.cluster
    }

    /// Whether its remote clusters reach it through the east-west gateway beside it.
    pub fn serves_remotes(&self) -> bool {
        self.is_primary() && !self.remotes.is_empty()
    }

    /// Whether install.sh reads its address from a load balancer.
    pub fn discovers_address(&self) -> bool {
        self.address == Address::Discovered && (self.serves_remotes() || !self.is_primary())
    }

    /// The clusters of its mesh that it manages: the config cluster first.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        std::iter::once(&self.config).chain(&self.remotes)
    }
}

/// A cluster as a part of a mesh.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The cluster.
    pub cluster: Rc<Cluster>,
    /// The network of its pods.
    pub network: Network,
    /// The gateways on it.
    pub gateways: Gateways,
}

/// The gateways on a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Gateways {
    /// For requests from outside of the mesh.
    pub ingress: Option<GatewayMethod>,
    /// For requests that leave the mesh.
    pub egress: Option<GatewayMethod>,
    /// For requests from other networks.
    pub east_west: Option<GatewayMethod>,
}

/// What installs a gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GatewayMethod {
    /// An IstioOperator file.
    Istioctl,
    /// Istio's gateway chart.
    Helm,
}

/// How clusters reach istiod.
#[derive(Debug, Clone, PartialEq)]
pub enum Address {
    /// By a DNS name: the gateway ends TLS with a public certificate. External control planes alone.
    Dns {
        /// The name.
        host: Host,
        /// Secret with the certificate.
        tls_secret: SecretName,
        /// How the gateway trusts istiod behind it.
        trust: GatewayTrust,
    },
    /// By an IP address: the gateway passes TLS through.
    Ip(IpAddress),
    /// As `Ip`, with the address read from the load balancer by install.sh.
    Discovered,
}

/// How the gateway trusts istiod (matrix 0.43).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GatewayTrust {
    /// It verifies istiod's certificate with the mesh's own CA.
    MeshCa,
    /// It does not verify.
    InsecureSkipVerify,
}

/// The sample application.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Its namespace.
    pub namespace: Namespace,
    /// API of its route.
    pub route: SampleRoute,
}

/// API of the sample's route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SampleRoute {
    /// Istio's Gateway and VirtualService, on the ingress gateway.
    Istio,
    /// Kubernetes' Gateway and HTTPRoute.
    GatewayApi,
}
