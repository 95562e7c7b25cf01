//! Values that cannot be wrong: each newtype parses itself by one `Rule`.

mod reach;
mod rule;

pub(crate) use rule::acts;
pub use rule::{Fault, Rule};

use std::fmt;
use std::net::IpAddr;

/// A newtype over text that keeps one rule.
macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $rule:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// The rule that every value keeps.
            pub const RULE: Rule = $rule;

            /// Parses `text`.
            ///
            /// # Errors
            /// How `text` breaks the rule.
            pub fn parse(text: &str) -> Result<Self, Fault> {
                Self::RULE.check(text).map(|()| Self(text.to_owned()))
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text! {
    /// A cluster's name in the mesh: a DNS label, which create-remote-secret demands (matrix 0.6).
    ClusterName, Rule::Label(63)
}
text! {
    /// A context of the kubeconfig: any line of text.
    Context, Rule::Line
}
text! {
    /// A network: it becomes the label `topology.istio.io/network` (matrix 0.26).
    Network, Rule::LabelValue
}
text! {
    /// A mesh ID (matrix 0.30).
    MeshId, Rule::LabelValue
}
text! {
    /// A trust domain: the first part of every SPIFFE ID.
    TrustDomain, Rule::DnsName
}
text! {
    /// A namespace.
    Namespace, Rule::Label(63)
}
text! {
    /// A revision (matrix 0.12). Istio's gateway charts print it without quotes, as the label
    /// `istio.io/rev` of pods (manifests/charts/gateways/*/templates/injected-deployment.yaml).
    Revision, Rule::Revision
}
text! {
    /// The DNS name at which remote clusters reach istiod.
    Host, Rule::Host
}
text! {
    /// The name of a Secret.
    SecretName, Rule::DnsName
}
text! {
    /// An API server's address as other clusters reach it (matrix 0.25).
    ServerUrl, Rule::ServerUrl
}

/// The IP address at which remote clusters reach istiod (matrix 0.20).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address(IpAddr);

impl Address {
    /// The rule that every value keeps.
    pub const RULE: Rule = Rule::Address;

    /// Parses `text`.
    ///
    /// # Errors
    /// How `text` breaks the rule.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        Self::RULE.check(text)?;
        reach::address(text).map(Self)
    }

    /// The address.
    pub fn ip(self) -> IpAddr {
        self.0
    }
}

/// An Istio release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Release {
    /// The major number.
    pub major: u32,
    /// The minor number.
    pub minor: u32,
    /// The patch number.
    pub patch: u32,
}

impl Release {
    /// The rule that every value keeps.
    pub const RULE: Rule = Rule::Release;

    /// Parses `text`.
    ///
    /// # Errors
    /// How `text` breaks the rule.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        Self::RULE.check(text)?;
        rule::release(text).map(|(major, minor, patch)| Self { major, minor, patch })
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}
