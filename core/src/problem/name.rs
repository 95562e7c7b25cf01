//! What problems are called: by `explain`, by programs, and in the documentation.

use super::Kind;

impl Kind {
    /// The name of this kind of problem. Programs may rely on it.
    pub const fn name(&self) -> &'static str {
        match self {
            Kind::Text { .. } => "text",
            Kind::Choice { .. } => "choice",
            Kind::NoSuchCluster { .. } => "no-such-cluster",
            Kind::NoControlPlane => "no-control-plane",
            Kind::SameMeshId { .. } => "same-mesh-id",
            Kind::PrimaryByDns => "primary-by-dns",
            Kind::NoGatewayToIstiod => "no-gateway-to-istiod",
            Kind::ManagedElsewhere { .. } => "managed-elsewhere",
            Kind::NamespaceDiffers { .. } => "namespace-differs",
            Kind::SameNamespace { .. } => "same-namespace",
            Kind::SameHost { .. } => "same-host",
            Kind::SharedGatewayByIp => "shared-gateway-by-ip",
            Kind::PlatformNotSupported => "platform-not-supported",
            Kind::ReleaseTooEarly { .. } => "release-too-early",
            Kind::ReleaseNotSupported { .. } => "release-not-supported",
            Kind::SameName { .. } => "same-name",
            Kind::SameContext { .. } => "same-context",
            Kind::ExternalInMesh => "external-in-mesh",
            Kind::ManagedTwice { .. } => "managed-twice",
            Kind::ClusterNotUsed => "cluster-not-used",
            Kind::NamespaceTaken { .. } => "namespace-taken",
            Kind::RevisionDefault => "revision-default",
            Kind::Ipv6TooEarly { .. } => "ipv6-too-early",
            Kind::HelmTooEarly { .. } => "helm-too-early",
            Kind::SailHasNot { .. } => "sail-has-not",
            Kind::SailByDns => "sail-by-dns",
            Kind::SailWithoutRevision => "sail-without-revision",
            Kind::SailBesideIstioctl => "sail-beside-istioctl",
            Kind::NotAMember => "not-a-member",
            Kind::NoEastWestGateway { .. } => "no-east-west-gateway",
            Kind::SeveralEastWestGateways { .. } => "several-east-west-gateways",
            Kind::ApiServerOnLoopback => "api-server-on-loopback",
            Kind::LoadBalancerHasHostName => "load-balancer-has-host-name",
            Kind::NotVerified => "not-verified",
            Kind::NoIngressGateway => "no-ingress-gateway",
        }
    }
}
