//! All wording of problems, in three sentences: what is wrong and what is allowed, what breaks on a
//! real cluster, and how to mend it.

mod text;

use super::{Kind, Problem};
use text::{quoted, rule_breaks, text};

impl Problem {
    /// What is wrong, and what is allowed. One sentence or two; begins with the field's name.
    pub fn what(&self) -> String {
        let label = self.at.field.info().label;
        match &self.kind {
            Kind::Text { rule, fault } => text(label, *rule, fault),
            Kind::Choice { typed } => {
                let choices: Vec<_> = self.at.field.choices().iter().map(|choice| choice.value).collect();
                format!("{label}: {} is not a choice. Use {}.", quoted(typed), choices.join(", "))
            }
            Kind::NoSuchCluster { name } if name.is_empty() => {
                format!("{label}: no cluster is chosen.")
            }
            Kind::NoSuchCluster { name } => {
                format!("{label}: there is no cluster called {}.", quoted(name))
            }
            Kind::NoControlPlane => "The topology has no control plane.".to_owned(),
            Kind::SameMeshId { id } => {
                format!("{label}: another mesh is called {} too. IDs have to differ.", quoted(id))
            }
            Kind::PrimaryByDns => {
                format!(
                    "{label}: a primary is reached through its east-west gateway, by an IP address. Use ip or discovered."
                )
            }
            Kind::NoGatewayToIstiod => {
                format!("{label}: istiod runs on this cluster, and its remote clusters have no other way to it.")
            }
            Kind::ManagedElsewhere { name } => {
                format!("{label}: cluster {} is managed by another control plane. It can have one.", quoted(name))
            }
            Kind::NamespaceDiffers { other } => {
                format!("{label}: the mesh's other control plane is in {}. It is one name in a mesh.", quoted(other))
            }
            Kind::SameNamespace { namespace } => {
                format!(
                    "{label}: another control plane of this cluster is in {} too. Each needs its own.",
                    quoted(namespace)
                )
            }
            Kind::SameHost { host } => {
                format!("{label}: another control plane of this cluster is {} too. Each needs its own.", quoted(host))
            }
            Kind::SharedGatewayByIp => {
                format!(
                    "{label}: this cluster runs several control planes, which share one gateway and its IP address. Use dns."
                )
            }
            Kind::PlatformNotSupported => format!("{label}: OpenShift is not planned for yet. Use another platform."),
            Kind::ReleaseTooEarly { release } => {
                format!(
                    "{label}: Istio {release} is from before 1.15, the first that can be installed so. Use a release from 1.15 to 1.31."
                )
            }
            Kind::ReleaseNotSupported { release } => {
                format!("{label}: Meshwright knows nothing of Istio {release}. Use a release from 1.15 to 1.31.")
            }
            Kind::SameName { name } => {
                format!("{label}: another cluster is called {} too. Names have to differ.", quoted(name))
            }
            Kind::SameContext { other } => {
                format!("{label}: cluster {} has the same context. Each cluster needs its own.", quoted(other))
            }
            Kind::ExternalInMesh => {
                format!("{label}: the cluster of an external control plane cannot be a part of a mesh.")
            }
            Kind::ManagedTwice { name } => format!("{label}: cluster {} is listed twice.", quoted(name)),
            Kind::ClusterNotUsed => "This cluster has no role: no control plane runs on it or manages it.".to_owned(),
            Kind::NamespaceTaken { namespace } => {
                format!("{label}: {} belongs to others here. Use a namespace of its own.", quoted(namespace))
            }
            Kind::RevisionDefault => {
                format!("{label}: “default” is Istio's word for no revision. Leave the field empty for that.")
            }
            Kind::HelmTooEarly { release } => {
                format!(
                    "{label}: of Istio {release}, Helm cannot install a cluster whose istiod is elsewhere; 1.24 was the first that can."
                )
            }
            Kind::Ipv6TooEarly { release } => {
                format!("{label}: Istio {release} cannot use an IPv6 address here; 1.30 was the first that can.")
            }
            Kind::NotAMember => {
                format!("{label}: not used, since this cluster is not a part of the mesh.")
            }
            Kind::NoEastWestGateway { network } => {
                format!("{label}: network {} has none, and the mesh has other networks.", quoted(network))
            }
            Kind::SeveralEastWestGateways { network } => {
                format!("{label}: network {} has more than one.", quoted(network))
            }
            Kind::ApiServerOnLoopback => {
                format!("{label}: the kubeconfig of a kind cluster points at 127.0.0.1.")
            }
            Kind::LoadBalancerHasHostName => {
                format!("{label}: load balancers of this platform have a host name, not an IP address.")
            }
            Kind::NotVerified => format!("{label}: the gateway takes whatever answers for istiod."),
            Kind::NoIngressGateway => {
                format!("{label}: the config cluster has no ingress gateway for it.")
            }
        }
    }

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
                "OpenShift refuses pods that set up their own network rules: it needs Istio's CNI plugin, which this version does not install."
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

    /// How to mend it.
    pub fn mend(&self) -> String {
        match &self.kind {
            Kind::Text { .. } => {
                let info = self.at.field.info();
                format!("For example: {}", info.example)
            }
            Kind::Choice { .. } => "Choose one of the list.".to_owned(),
            Kind::NoSuchCluster { .. } => "Choose a cluster, or add one.".to_owned(),
            Kind::NoControlPlane => "Start from a preset.".to_owned(),
            Kind::PrimaryByDns => "Choose an address found at install time, or an IP address.".to_owned(),
            Kind::NoGatewayToIstiod => "Add an east-west gateway to this cluster.".to_owned(),
            Kind::ManagedElsewhere { .. } => "Take it from one of them.".to_owned(),
            Kind::NamespaceDiffers { other } => format!("For example: {other}"),
            Kind::SameNamespace { .. } => "For example: external-istiod-2".to_owned(),
            Kind::SameHost { .. } => "Give each a DNS name of its own that points at the gateway.".to_owned(),
            Kind::SharedGatewayByIp => "Choose a DNS name.".to_owned(),
            Kind::PlatformNotSupported => "Choose another cluster, or install by OpenShift Service Mesh.".to_owned(),
            Kind::ReleaseTooEarly { .. } => format!(
                "Scenario {} is the mesh of a guide of that age, for a release of today. For example: {}",
                crate::preset::Preset::ExternalControlPlaneLegacy.name(),
                crate::version::NEWEST
            ),
            Kind::ReleaseNotSupported { .. } => format!("For example: {}", crate::version::NEWEST),
            Kind::SameName { .. } | Kind::SameMeshId { .. } => "Rename one of them.".to_owned(),
            Kind::SameContext { .. } => "See your contexts with: kubectl config get-contexts".to_owned(),
            Kind::ExternalInMesh | Kind::ClusterNotUsed => "Give the cluster another role, or remove it.".to_owned(),
            Kind::ManagedTwice { .. } => "Remove one mention.".to_owned(),
            Kind::NamespaceTaken { .. } => "For example: external-istiod for istiod, sample for the sample.".to_owned(),
            Kind::RevisionDefault => "Leave it empty, or use a name such as stable.".to_owned(),
            Kind::HelmTooEarly { .. } => "Choose istioctl, or Istio 1.24 or later.".to_owned(),
            Kind::Ipv6TooEarly { .. } => "Choose a DNS name, or Istio 1.30 or later.".to_owned(),
            Kind::NotAMember => "Clear it, or make the cluster a remote cluster.".to_owned(),
            Kind::NoEastWestGateway { .. } => "Add one on a cluster of that network.".to_owned(),
            Kind::SeveralEastWestGateways { .. } => "Keep one of them.".to_owned(),
            Kind::ApiServerOnLoopback => {
                "Fill in the API server address: https://, the node's InternalIP, and :6443.".to_owned()
            }
            Kind::LoadBalancerHasHostName => "Choose a DNS name that points at the load balancer.".to_owned(),
            Kind::NotVerified => "Choose the mesh's own CA.".to_owned(),
            Kind::NoIngressGateway => {
                "Add an ingress gateway to the config cluster, or choose the Gateway API.".to_owned()
            }
        }
    }
}
