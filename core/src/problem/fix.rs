//! What mends a problem by itself: a text for a field, where there is one that nobody would dispute.

use super::{Kind, Problem};
use crate::draft::{At, Draft, Key};
use crate::field::Field;
use crate::value::Revision;
use crate::version;

/// A change that removes a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The field to change, which need not be the one that the problem is told at.
    pub at: At,
    /// Its new text.
    pub text: String,
}

impl Problem {
    /// What mends it; `None` where somebody has to decide.
    pub fn fix(&self, draft: &Draft) -> Option<Fix> {
        let here = |text: &str| Some(Fix { at: self.at, text: text.to_owned() });
        let method = draft.gateway_method();
        match &self.kind {
            Kind::Text { rule, .. } => {
                let trimmed = draft.text(self.at).trim();
                rule.check(trimmed).ok().and_then(|()| here(trimmed))
            }
            // What an empty field means is always a choice.
            Kind::Choice { .. } | Kind::NotAMember | Kind::RevisionDefault | Kind::NotVerified => here(""),
            Kind::ReleaseTooEarly { .. } | Kind::ReleaseNotSupported { .. } => here(version::NEWEST),
            Kind::NamespaceDiffers { other } => here(other),
            Kind::NoEastWestGateway { .. } | Kind::NoGatewayToIstiod => here(method),
            Kind::HelmTooEarly { .. } => here("istioctl"),
            Kind::SeveralEastWestGateways { .. } => here("none"),
            Kind::PrimaryByDns | Kind::SailByDns => here("discovered"),
            Kind::SailHasNot { nearest, .. } => here(&nearest.to_string()),
            Kind::SailBesideIstioctl => here("helm"),
            // As the guides have it: the revision is called what the namespace is.
            Kind::SailWithoutRevision => {
                let namespace = draft.text(At { field: Field::Namespace, ..self.at });
                Revision::parse(namespace).ok().and_then(|_| here(namespace))
            }
            Kind::PlatformNotSupported => {
                let at = At { field: Field::InstallMethod, key: Key::TOPOLOGY };
                Some(Fix { at, text: "sail".to_owned() })
            }
            Kind::NoIngressGateway => {
                let key = draft.without_ingress().next()?;
                Some(Fix { at: At { field: Field::IngressGateway, key }, text: method.to_owned() })
            }
            Kind::NoSuchCluster { .. }
            | Kind::NoControlPlane
            | Kind::SameMeshId { .. }
            | Kind::ManagedElsewhere { .. }
            | Kind::SameNamespace { .. }
            | Kind::SameHost { .. }
            | Kind::SharedGatewayByIp
            | Kind::SameName { .. }
            | Kind::SameContext { .. }
            | Kind::ExternalInMesh
            | Kind::ManagedTwice { .. }
            | Kind::ClusterNotUsed
            | Kind::NamespaceTaken { .. }
            | Kind::Ipv6TooEarly { .. }
            | Kind::ApiServerOnLoopback
            | Kind::LoadBalancerHasHostName => None,
        }
    }
}
