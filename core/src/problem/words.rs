//! All wording of problems, in three sentences: what is wrong and what is allowed, what breaks on a
//! real cluster, and how to mend it.

mod breaks;
mod text;

use super::{Kind, Problem};
use text::{quoted, text};

impl Problem {
    /// What is wrong, and what is allowed. One sentence or two; begins with the field's name.
    #[expect(clippy::too_many_lines, reason = "a table")]
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
            Kind::PlatformNotSupported => {
                format!("{label}: on OpenShift, the Sail operator alone installs Istio.")
            }
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
            Kind::SailHasNot { release, nearest } => {
                format!(
                    "{label}: the Sail operator cannot install Istio {release}; the nearest that it can is {nearest}."
                )
            }
            Kind::SailByDns => format!(
                "{label}: the Sail operator knows a remote istiod by its IP address alone. Use ip or discovered."
            ),
            Kind::SailWithoutRevision => {
                format!("{label}: by the Sail operator, an istiod outside of its mesh needs one.")
            }
            Kind::SailBesideIstioctl => {
                format!("{label}: istioctl cannot install it beside the Sail operator. Use helm.")
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
            Kind::SharedGatewayByIp => "Choose a DNS name; with the Sail operator, another cluster.".to_owned(),
            Kind::PlatformNotSupported => "Install by the Sail operator: OpenShift Service Mesh 3.".to_owned(),
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
            Kind::SailHasNot { nearest, .. } => format!("For example: {nearest}"),
            Kind::SailByDns => "Choose an address found at install time, or install by istioctl or Helm.".to_owned(),
            Kind::SailWithoutRevision => "For example: external-istiod".to_owned(),
            Kind::SailBesideIstioctl => "Choose Helm for the gateway.".to_owned(),
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
