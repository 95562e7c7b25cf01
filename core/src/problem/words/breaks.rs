//! What problems break on a real cluster.

use super::text::rule_breaks;
use crate::problem::{Kind, Problem};

impl Problem {
    /// What breaks on a real cluster if it is ignored.
    pub fn breaks(&self) -> &'static str {
        match &self.kind {
            Kind::Text { rule, .. } => rule_breaks(*rule),
            Kind::Choice { .. } => "Meshwright would have to guess.",
            Kind::NoSuchCluster { .. } | Kind::NoControlPlane => "There would be nothing to install.",
            Kind::SameMeshId { .. } => "Workloads of the two would be taken for one mesh's, and requests sent astray.",
            Kind::PrimaryByDns => {
                "The remote clusters' webhooks lead to Service istiod, which takes IP addresses alone: “unsupported service type ExternalName”."
            }
            Kind::NoGatewayToIstiod => {
                "Pods of the remote clusters would never be injected: “failed calling webhook … context deadline exceeded”."
            }
            Kind::ManagedElsewhere { .. } => {
                "Two istiods would write one cluster's webhooks and certificates by turns: the mesh's CA there changes again and again."
            }
            Kind::NamespaceDiffers { .. } => {
                "istiod looks for remote secrets, for accounts and for itself in one namespace on all clusters, and would find nothing in the other."
            }
            Kind::SameNamespace { .. } => "They would overwrite each other's Deployment, ConfigMaps and secrets.",
            Kind::SameHost { .. } => "The gateway could not tell whose clusters are asking.",
            Kind::SharedGatewayByIp => {
                "By an IP address the gateway sees no name to choose by: both meshes would land at one istiod."
            }
            Kind::PlatformNotSupported => {
                "OpenShift refuses pods that set up their own network rules: it needs Istio's CNI plugin, which the operator brings."
            }
            Kind::ReleaseTooEarly { .. } => {
                "An istiod of that age does not know which remote clusters it is in charge of, and reads no secrets of theirs beside itself: 1.15 was the first that does."
            }
            Kind::ReleaseNotSupported { .. } => {
                "Manifests differ between releases; wrong ones are refused, or worse, accepted."
            }
            Kind::SameName { .. } | Kind::ManagedTwice { .. } => {
                "istiod would drop one of them: “ignoring cluster as it would overwrite the config cluster”, and certificates would be refused."
            }
            Kind::SameContext { .. } => "Both clusters' manifests would go to one API server, one over the other.",
            Kind::ExternalInMesh => {
                "The istiod that drives the gateway there and the mesh's own would both inject its pods; sidecars would be refused: “client claims to be in cluster …”."
            }
            Kind::ClusterNotUsed => "Nothing would be installed on it.",
            Kind::NamespaceTaken { .. } => {
                "Two istiods in one namespace overwrite each other's webhooks and ConfigMaps."
            }
            Kind::RevisionDefault => {
                "Some names would carry the suffix and others not, and istiod would miss its ConfigMaps."
            }
            Kind::HelmTooEarly { .. } => {
                "The charts do not have the profile remote: the cluster would get an istiod of its own."
            }
            Kind::SailHasNot { .. } => "The operator's CRD refuses it: “spec.version: Unsupported value”.",
            Kind::SailByDns => {
                "The operator asks the webhook's Service whether istiod is ready, and a DNS name has none: the resource would never be Ready (“missing webhooks[].clientConfig.service”)."
            }
            Kind::SailWithoutRevision => {
                "The operator's resources are named by their revision, and the gateway's istiod there is “default”: one would overwrite the other."
            }
            Kind::SailBesideIstioctl => {
                "What istioctl makes is not the operator's, which then stops: “invalid ownership metadata”."
            }
            Kind::Ipv6TooEarly { .. } => {
                "The chart would render an ExternalName service, which webhooks refuse: “unsupported service type ExternalName”."
            }
            Kind::NotAMember => "Nothing breaks: the value is left out.",
            Kind::NoEastWestGateway { .. } => {
                "Pods of other networks are sent this network's pod addresses, and their requests time out."
            }
            Kind::SeveralEastWestGateways { .. } => {
                "Requests are spread over both gateways, also to the one in the cluster without the workload."
            }
            Kind::ApiServerOnLoopback => {
                "istiod would look for the cluster on its own loopback, and wait for it forever."
            }
            Kind::LoadBalancerHasHostName => {
                "Webhooks refuse it (“unsupported service type ExternalName”); install.sh can only resolve the name once, and the address may change."
            }
            Kind::NoIngressGateway => "Nothing breaks: the sample gets no route, and answers inside of the mesh alone.",
            Kind::NotVerified => "Anyone who can answer in istiod's place on the external cluster is believed.",
        }
    }
}
