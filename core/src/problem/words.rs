//! All wording of problems, in three sentences: what is wrong and what is allowed, what breaks on a
//! real cluster, and how to mend it.

use super::{Kind, Problem};
use crate::value::{Fault, Rule, acts};

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
            Kind::SeveralControlPlanes => "The topology has more than one control plane.".to_owned(),
            Kind::PlatformNotSupported => format!("{label}: OpenShift is not planned for yet. Use another platform."),
            Kind::ReleaseNotSupported { release } => {
                format!("{label}: Meshwright knows nothing of Istio {release}. Use a release from 1.24 to 1.31.")
            }
            Kind::SameName { name } => {
                format!("{label}: another cluster is called {} too. Names have to differ.", quoted(name))
            }
            Kind::SameContext { other } => {
                format!("{label}: cluster {} has the same context. Each cluster needs its own.", quoted(other))
            }
            Kind::ExternalInMesh => {
                format!("{label}: the cluster that istiod runs on cannot be a remote cluster of that istiod.")
            }
            Kind::ManagedTwice { name } => format!("{label}: cluster {} is listed twice.", quoted(name)),
            Kind::ClusterNotUsed => "This cluster has no role: no control plane runs on it or manages it.".to_owned(),
            Kind::NamespaceTaken { namespace } => {
                format!("{label}: {} belongs to others here. Use a namespace of its own.", quoted(namespace))
            }
            Kind::RevisionDefault => {
                format!("{label}: “default” is Istio's word for no revision. Leave the field empty for that.")
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
            Kind::SeveralControlPlanes => "This version plans one external control plane at a time.",
            Kind::PlatformNotSupported => {
                "OpenShift refuses pods that set up their own network rules: it needs Istio's CNI plugin, which this version does not install."
            }
            Kind::ReleaseNotSupported { .. } => {
                "Manifests differ between releases; wrong ones are refused, or worse, accepted."
            }
            Kind::SameName { .. } | Kind::ManagedTwice { .. } => {
                "istiod would drop one of them: “ignoring cluster as it would overwrite the config cluster”, and certificates would be refused."
            }
            Kind::SameContext { .. } => "Both clusters' manifests would go to one API server, one over the other.",
            Kind::ExternalInMesh => {
                "istiod takes its cluster ID from the config cluster, never from the cluster that it runs on; sidecars would be refused: “client claims to be in cluster …”."
            }
            Kind::ClusterNotUsed => "Nothing would be installed on it.",
            Kind::NamespaceTaken { .. } => {
                "Two istiods in one namespace overwrite each other's webhooks and ConfigMaps."
            }
            Kind::RevisionDefault => {
                "Some names would carry the suffix and others not, and istiod would miss its ConfigMaps."
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
            Kind::SeveralControlPlanes => "Keep one, and make a topology for each of the others.".to_owned(),
            Kind::PlatformNotSupported => "Choose another cluster, or install by OpenShift Service Mesh.".to_owned(),
            Kind::ReleaseNotSupported { .. } => format!("For example: {}", crate::version::NEWEST),
            Kind::SameName { .. } => "Rename one of them.".to_owned(),
            Kind::SameContext { .. } => "See your contexts with: kubectl config get-contexts".to_owned(),
            Kind::ExternalInMesh | Kind::ClusterNotUsed => "Give the cluster another role, or remove it.".to_owned(),
            Kind::ManagedTwice { .. } => "Remove one mention.".to_owned(),
            Kind::NamespaceTaken { .. } => "For example: external-istiod for istiod, sample for the sample.".to_owned(),
            Kind::RevisionDefault => "Leave it empty, or use a name such as stable.".to_owned(),
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

fn text(label: &str, rule: Rule, fault: &Fault) -> String {
    let allowed = rule.allowed();
    match fault {
        Fault::Empty => format!("{label} is needed. Use {allowed}."),
        Fault::TooLong { max } => format!("{label} is too long: at most {max} characters."),
        Fault::Character(c) if acts(*c) => {
            format!("{label} has an invisible character (U+{:04X}) that is not allowed. Use {allowed}.", *c as u32)
        }
        Fault::Character(' ') => format!("{label} cannot have a space. Use {allowed}."),
        Fault::Character(c) => format!("{label} cannot have “{c}”. Use {allowed}."),
        Fault::Edge(c) if c.is_whitespace() => {
            format!("{label} starts or ends with a space. Use {allowed}.")
        }
        Fault::Edge(c) => format!("{label} cannot have “{c}” there. Use {allowed}."),
        Fault::Form => format!("{label} is not in the form that is needed. Use {allowed}."),
        Fault::NotText => format!("{label} would be taken for something else than text. Use {allowed}."),
        Fault::Unreachable => {
            format!("{label} cannot be reached from another cluster. Use {allowed}.")
        }
    }
}

fn rule_breaks(rule: Rule) -> &'static str {
    match rule {
        Rule::Label(_) | Rule::DnsName => "Kubernetes refuses other names.",
        Rule::Revision => {
            "Istio's charts print it without quotes, as a label of gateways: Kubernetes refuses a label that is no text."
        }
        Rule::LabelValue => "It becomes the value of a label, and Kubernetes refuses others.",
        Rule::Host => {
            "Remote clusters' API servers and sidecars look the name up and check it against the certificate."
        }
        Rule::Line => "It is written into scripts, where a control character acts even in quotes.",
        Rule::ServerUrl => "istiod could not reach the cluster's API server.",
        Rule::Address => "It becomes an endpoint of Service istiod on the remote clusters, which takes nothing else.",
        Rule::Release => "istioctl has to be of exactly this release.",
    }
}

/// A text of the draft, as it can be shown: what acts in a terminal, or hides, is spelt out.
fn quoted(text: &str) -> String {
    let mut shown = String::from("“");
    for c in text.chars() {
        if acts(c) { shown.extend(c.escape_unicode()) } else { shown.push(c) }
    }
    shown.push('”');
    shown
}
