//! Values that cannot be wrong: each newtype parses itself by one `Rule`, and the rule explains itself.

use std::fmt;
use std::net::IpAddr;

/// What a text has to look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// A DNS label of RFC 1123, at most this many characters: names of namespaces and clusters.
    Label(usize),
    /// A Kubernetes label value, at most 63 characters: networks and mesh IDs.
    LabelValue,
    /// A DNS name of RFC 1123: secrets, trust domains.
    DnsName,
    /// A DNS name with a dot in it: a host that other clusters can look up.
    Host,
    /// One line of any text without control characters.
    Line,
    /// `https://host` or `https://host:port` that is not the machine itself.
    ServerUrl,
    /// An IPv4 or IPv6 address that another cluster can reach.
    Address,
    /// An Istio release, `1.31.1`.
    Release,
}

/// How a text breaks its rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Nothing was typed.
    Empty,
    /// Longer than the rule allows, in characters.
    TooLong {
        /// The most characters that are allowed.
        max: usize,
    },
    /// A character that the rule does not know.
    Character(char),
    /// Starts or ends with a character that may only stand inside.
    Edge(char),
    /// The form as a whole is not the rule's.
    Form,
    /// A host that only the machine itself can reach, or nobody.
    Unreachable,
}

impl Rule {
    /// Checks `text`.
    ///
    /// # Errors
    /// The first fault found.
    pub fn check(self, text: &str) -> Result<(), Fault> {
        if text.is_empty() {
            return Err(Fault::Empty);
        }
        let max = self.max();
        if text.chars().count() > max {
            return Err(Fault::TooLong { max });
        }
        match self {
            Rule::Label(_) => label(text),
            Rule::LabelValue => {
                characters(text, |c| {
                    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
                })?;
                edges(text)
            }
            Rule::DnsName => text.split('.').try_for_each(part),
            Rule::Host => host(text),
            Rule::Line => line(text),
            Rule::ServerUrl => server_url(text),
            Rule::Address => address(text).map(|_| ()),
            Rule::Release => release(text).map(|_| ()),
        }
    }

    /// The most characters of a text that keeps this rule.
    pub fn max(self) -> usize {
        match self {
            Rule::Label(max) => max,
            Rule::LabelValue => 63,
            Rule::DnsName | Rule::Host => 253,
            Rule::Line | Rule::ServerUrl => 512,
            Rule::Address => 45,
            Rule::Release => 32,
        }
    }

    /// What is allowed, as the end of a sentence that begins "Use".
    pub fn allowed(self) -> &'static str {
        match self {
            Rule::Label(_) => {
                "lower-case letters, digits and hyphens, with a letter or digit at both ends"
            }
            Rule::LabelValue => {
                "letters, digits, hyphens, underscores and dots, with a letter or digit at both ends"
            }
            Rule::DnsName => {
                "lower-case letters, digits, hyphens and dots, with a letter or digit at both ends of each part"
            }
            Rule::Host => {
                "a full DNS name such as istiod.example.com, without https:// and without a port"
            }
            Rule::Line => {
                "one line of text without control characters and without spaces at its ends"
            }
            Rule::ServerUrl => {
                "https://, a host that the other clusters can reach and, if needed, a port"
            }
            Rule::Address => {
                "an IPv4 address such as 203.0.113.10 or an IPv6 address such as 2001:db8::10"
            }
            Rule::Release => "a whole release number such as 1.31.1",
        }
    }
}

fn characters(text: &str, allowed: impl Fn(char) -> bool) -> Result<(), Fault> {
    text.chars()
        .find(|&c| !allowed(c))
        .map_or(Ok(()), |c| Err(Fault::Character(c)))
}

fn edges(text: &str) -> Result<(), Fault> {
    let ends = [text.chars().next(), text.chars().next_back()];
    ends.into_iter()
        .flatten()
        .find(|c| !c.is_ascii_alphanumeric())
        .map_or(Ok(()), |c| Err(Fault::Edge(c)))
}

fn label(text: &str) -> Result<(), Fault> {
    characters(text, |c| {
        c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
    })?;
    edges(text)
}

fn part(text: &str) -> Result<(), Fault> {
    if text.is_empty() {
        return Err(Fault::Edge('.'));
    }
    if text.len() > 63 {
        return Err(Fault::TooLong { max: 63 });
    }
    label(text)
}

fn host(text: &str) -> Result<(), Fault> {
    if text.parse::<IpAddr>().is_ok() || !text.contains('.') || text.contains("://") {
        return Err(Fault::Form);
    }
    text.split('.').try_for_each(part)
}

/// Characters that act when a script is pasted into a terminal, or that hide or reorder what is read.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn line(text: &str) -> Result<(), Fault> {
    characters(text, |c| !acts(c))?;
    let ends = [text.chars().next(), text.chars().next_back()];
    ends.into_iter()
        .flatten()
        .find(|c| c.is_whitespace())
        .map_or(Ok(()), |c| Err(Fault::Edge(c)))
}

fn server_url(text: &str) -> Result<(), Fault> {
    let rest = text.strip_prefix("https://").ok_or(Fault::Form)?;
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let (name, port) = match rest.strip_prefix('[') {
        Some(inner) => {
            let (ip, after) = inner.split_once(']').ok_or(Fault::Form)?;
            (
                ip,
                after
                    .strip_prefix(':')
                    .or(if after.is_empty() { None } else { Some("") }),
            )
        }
        None => rest
            .split_once(':')
            .map_or((rest, None), |(name, port)| (name, Some(port))),
    };
    if port.is_some_and(|port| {
        port.starts_with('+') || port.parse::<u16>().map_or(true, |port| port == 0)
    }) {
        return Err(Fault::Form);
    }
    if let Ok(ip) = name.parse::<IpAddr>() {
        return if ip.is_ipv6() == rest.starts_with('[') {
            reachable(ip)
        } else {
            Err(Fault::Form)
        };
    }
    if name == "localhost" || name.ends_with(".localhost") {
        return Err(Fault::Unreachable);
    }
    if rest.starts_with('[') {
        return Err(Fault::Form);
    }
    name.split('.').try_for_each(part)
}

/// The addresses that Kubernetes takes in an `EndpointSlice`: no loopback, link-local, multicast or
/// unspecified ones (k8s.io/api discovery/v1, validation of endpoints).
fn reachable(ip: IpAddr) -> Result<(), Fault> {
    let no = match ip {
        IpAddr::V4(ip) => {
            ip.is_loopback()
                || ip.is_unspecified()
                || ip.is_multicast()
                || ip.is_link_local()
                || ip.is_broadcast()
        }
        IpAddr::V6(ip) => {
            ip.is_loopback()
                || ip.is_unspecified()
                || ip.is_multicast()
                || ip.is_unicast_link_local()
        }
    };
    if no { Err(Fault::Unreachable) } else { Ok(()) }
}

fn address(text: &str) -> Result<IpAddr, Fault> {
    let ip: IpAddr = text.parse().map_err(|_| Fault::Form)?;
    // Istio's charts tell an IPv6 address by hexadecimal digits and colons alone.
    if matches!(ip, IpAddr::V6(ip) if ip.to_ipv4_mapped().is_some()) {
        return Err(Fault::Form);
    }
    reachable(ip).map(|()| ip)
}

/// Major, minor and patch of a release.
fn release(text: &str) -> Result<(u32, u32, u32), Fault> {
    let mut numbers = text.split('.').map(|part| {
        let plain = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let padded = part.len() > 1 && part.starts_with('0');
        if plain && !padded {
            part.parse().map_err(|_| Fault::Form)
        } else {
            Err(Fault::Form)
        }
    });
    let mut next = || numbers.next().unwrap_or(Err(Fault::Form));
    let release = (next()?, next()?, next()?);
    if numbers.next().is_some() {
        Err(Fault::Form)
    } else {
        Ok(release)
    }
}

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
    /// A revision; Service `istiod-R` has to stay within 63 characters (matrix 0.12).
    Revision, Rule::Label(56)
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
        address(text).map(Self)
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
        release(text).map(|(major, minor, patch)| Self {
            major,
            minor,
            patch,
        })
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}
