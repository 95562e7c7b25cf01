//! What is wrong with a draft: a place and a fact. `words` says it.

mod example;
mod fix;
mod name;
mod words;

pub use fix::Fix;

use crate::draft::At;
use crate::value::{Fault, Release, Rule};

/// A problem of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field to look at.
    pub at: At,
    /// What is wrong.
    pub kind: Kind,
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// No files are made.
    Error,
    /// Files are made; the user should know.
    Warning,
}

/// What is wrong. Numbers are those of the invariants of matrix.md, section 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A text breaks its rule.
    Text {
        /// The rule.
        rule: Rule,
        /// How.
        fault: Fault,
    },
    /// A value that is not one of the field's choices.
    Choice {
        /// What was typed.
        typed: String,
    },
    /// A reference to a cluster that is not there; empty where none was named.
    NoSuchCluster {
        /// The name.
        name: String,
    },
    /// No mesh, or a mesh without a control plane.
    NoControlPlane,
    /// Two meshes of one ID (0.30).
    SameMeshId {
        /// The ID.
        id: String,
    },
    /// A primary that remote clusters are to reach by a DNS name.
    PrimaryByDns,
    /// A primary with remote clusters, and no gateway through which they reach its istiod.
    NoGatewayToIstiod,
    /// A cluster that another control plane manages already (0.5).
    ManagedElsewhere {
        /// The name.
        name: String,
    },
    /// Control planes of one mesh in namespaces of different names (0.8, 0.11).
    NamespaceDiffers {
        /// The namespace of the mesh's first control plane.
        other: String,
    },
    /// Two control planes in one namespace of one cluster (0.36).
    SameNamespace {
        /// The namespace.
        namespace: String,
    },
    /// Two control planes at one DNS name (0.36).
    SameHost {
        /// The name.
        host: String,
    },
    /// Control planes that share a gateway, which an IP address alone cannot tell apart (0.36).
    SharedGatewayByIp,
    /// OpenShift, by another method than the Sail operator.
    PlatformNotSupported,
    /// A release from before the first one that can be installed.
    ReleaseTooEarly {
        /// The release.
        release: Release,
    },
    /// A release of which no facts are known.
    ReleaseNotSupported {
        /// The release.
        release: Release,
    },
    /// Two clusters of one name (0.5).
    SameName {
        /// The name.
        name: String,
    },
    /// Two clusters behind one kubeconfig context.
    SameContext {
        /// The name of the other cluster.
        other: String,
    },
    /// The cluster of an external control plane is also in a mesh (0.3).
    ExternalInMesh,
    /// One cluster is named twice among those of a control plane (0.5).
    ManagedTwice {
        /// The name.
        name: String,
    },
    /// A cluster that no control plane runs on or manages.
    ClusterNotUsed,
    /// A system namespace that belongs to others (0.11).
    NamespaceTaken {
        /// The namespace.
        namespace: String,
    },
    /// `default` as a revision: Istio takes it for none at all (0.12).
    RevisionDefault,
    /// An IPv6 address for a release whose charts know none (0.20).
    Ipv6TooEarly {
        /// The release.
        release: Release,
    },
    /// Helm for a release whose charts know no cluster with its istiod elsewhere.
    HelmTooEarly {
        /// The release.
        release: Release,
    },
    /// The Sail operator for a release that it does not know.
    SailHasNot {
        /// The release.
        release: Release,
        /// The nearest one that it knows.
        nearest: Release,
    },
    /// The Sail operator, and an istiod by a DNS name.
    SailByDns,
    /// The Sail operator, and an external control plane without a revision (0.13).
    SailWithoutRevision,
    /// The Sail operator, and a gateway by istioctl.
    SailBesideIstioctl,
    /// Something about a cluster outside of the mesh that only a member has.
    NotAMember,
    /// A network without an east-west gateway, beside other networks (0.27).
    NoEastWestGateway {
        /// The network.
        network: String,
    },
    /// A network with several east-west gateways (0.27).
    SeveralEastWestGateways {
        /// The network.
        network: String,
    },
    /// An API server on loopback, as kind has it (0.25).
    ApiServerOnLoopback,
    /// A load balancer that has a host name where an IP address is needed (0.20).
    LoadBalancerHasHostName,
    /// The gateway takes whatever answers for istiod (0.43).
    NotVerified,
    /// A route by Istio's APIs, and no ingress gateway that it could be on.
    NoIngressGateway,
}

impl Problem {
    /// How bad it is.
    pub fn severity(&self) -> Severity {
        match &self.kind {
            Kind::NotAMember
            | Kind::NoEastWestGateway { .. }
            | Kind::SeveralEastWestGateways { .. }
            | Kind::ApiServerOnLoopback
            | Kind::LoadBalancerHasHostName
            | Kind::NotVerified
            | Kind::NoIngressGateway => Severity::Warning,
            Kind::Text { .. }
            | Kind::Choice { .. }
            | Kind::NoSuchCluster { .. }
            | Kind::NoControlPlane
            | Kind::SameMeshId { .. }
            | Kind::PrimaryByDns
            | Kind::NoGatewayToIstiod
            | Kind::ManagedElsewhere { .. }
            | Kind::NamespaceDiffers { .. }
            | Kind::SameNamespace { .. }
            | Kind::SameHost { .. }
            | Kind::SharedGatewayByIp
            | Kind::PlatformNotSupported
            | Kind::ReleaseTooEarly { .. }
            | Kind::ReleaseNotSupported { .. }
            | Kind::SameName { .. }
            | Kind::SameContext { .. }
            | Kind::ExternalInMesh
            | Kind::ManagedTwice { .. }
            | Kind::ClusterNotUsed
            | Kind::NamespaceTaken { .. }
            | Kind::RevisionDefault
            | Kind::HelmTooEarly { .. }
            | Kind::SailHasNot { .. }
            | Kind::SailByDns
            | Kind::SailWithoutRevision
            | Kind::SailBesideIstioctl
            | Kind::Ipv6TooEarly { .. } => Severity::Error,
        }
    }
}
