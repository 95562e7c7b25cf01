//! The fields of a topology: label, help, example, place in the file, rule or choices. Form,
//! problems and command line all read them here. `table` holds what is said of each.

mod table;

use crate::value::Rule;

/// One field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Istio release.
    IstioVersion,
    /// How Istio is installed.
    InstallMethod,
    /// Mesh ID.
    MeshId,
    /// Trust domain.
    TrustDomain,
    /// Cluster that a control plane runs on.
    ControlPlaneCluster,
    /// Cluster that a control plane takes its configuration from.
    ConfigCluster,
    /// Further clusters that a control plane manages.
    RemoteClusters,
    /// System namespace.
    Namespace,
    /// Revision.
    Revision,
    /// How remote clusters reach istiod.
    AddressType,
    /// DNS name of istiod.
    Host,
    /// TLS secret for that name.
    TlsSecret,
    /// How the gateway trusts istiod.
    GatewayTrust,
    /// IP address of istiod.
    Ip,
    /// Cluster name.
    ClusterName,
    /// Kubeconfig context.
    Context,
    /// Network.
    Network,
    /// API server as others reach it.
    ApiServer,
    /// Kind of Kubernetes.
    Platform,
    /// Ingress gateway.
    IngressGateway,
    /// Egress gateway.
    EgressGateway,
    /// East-west gateway.
    EastWestGateway,
    /// Sample application.
    Sample,
    /// The sample's namespace.
    SampleNamespace,
    /// API of the sample's route.
    SampleRoute,
}

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Text by a rule.
    Text(Rule),
    /// One of these values; the first is the default.
    Choice(&'static [Choice]),
    /// Clusters of the topology.
    Clusters,
}

/// A value of a closed set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// As the file has it.
    pub value: &'static str,
    /// As the form shows it.
    pub label: &'static str,
}

/// All that is said about a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Info {
    /// What the form calls it.
    pub label: &'static str,
    /// What it is and what it is for, in a sentence or two.
    pub help: &'static str,
    /// A value that works.
    pub example: &'static str,
    /// Where it stands in `meshwright.yaml`, below its mesh, control plane or cluster.
    pub path: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What an empty field means; `None` where it has to be filled in.
    pub default: Option<&'static str>,
    /// A page of the documentation, below `docs/`.
    pub docs: &'static str,
}

impl Field {
    /// Every field, in the order of the form.
    pub const ALL: [Field; 25] = [
        Field::IstioVersion,
        Field::InstallMethod,
        Field::MeshId,
        Field::TrustDomain,
        Field::ControlPlaneCluster,
        Field::ConfigCluster,
        Field::RemoteClusters,
        Field::Namespace,
        Field::Revision,
        Field::AddressType,
        Field::Host,
        Field::TlsSecret,
        Field::GatewayTrust,
        Field::Ip,
        Field::ClusterName,
        Field::Context,
        Field::Network,
        Field::ApiServer,
        Field::Platform,
        Field::IngressGateway,
        Field::EgressGateway,
        Field::EastWestGateway,
        Field::Sample,
        Field::SampleNamespace,
        Field::SampleRoute,
    ];

    /// The choices of a closed set; empty for a field of free text or clusters.
    pub const fn choices(self) -> &'static [Choice] {
        match self.info().takes {
            Takes::Choice(choices) => choices,
            Takes::Text(_) | Takes::Clusters => &[],
        }
    }
}
