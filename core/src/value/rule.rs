//! What a text has to look like, and how it breaks that: every rule explains itself.

use super::reach;
use crate::yaml;
use std::net::IpAddr;

/// What a text has to look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// A DNS label of RFC 1123, at most this many characters: names of namespaces and clusters.
    Label(usize),
    /// A DNS label that Istio's charts may print without quotes, at most 56 characters: revisions.
    Revision,
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
    /// Without quotes, readers of YAML take it for something else than text.
    NotText,
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
            Rule::Revision => {
                label(text)?;
                if yaml::is_text(text) { Ok(()) } else { Err(Fault::NotText) }
            }
            Rule::LabelValue => {
                characters(text, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))?;
                edges(text)
            }
            Rule::DnsName => text.split('.').try_for_each(part),
            Rule::Host => host(text),
            Rule::Line => line(text),
            Rule::ServerUrl => reach::server_url(text),
            Rule::Address => reach::address(text).map(|_| ()),
            Rule::Release => release(text).map(|_| ()),
        }
    }

    /// The most characters of a text that keeps this rule.
    pub fn max(self) -> usize {
        match self {
            Rule::Label(max) => max,
            // Service istiod-R has to stay within 63 characters.
            Rule::Revision => 56,
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
            Rule::Label(_) => "lower-case letters, digits and hyphens, with a letter or digit at both ends",
            Rule::Revision => {
                "lower-case letters, digits and hyphens, with a letter or digit at both ends, and no number, date, or word such as true"
            }
            Rule::LabelValue => "letters, digits, hyphens, underscores and dots, with a letter or digit at both ends",
            Rule::DnsName => {
                "lower-case letters, digits, hyphens and dots, with a letter or digit at both ends of each part"
            }
            Rule::Host => "a full DNS name such as istiod.example.com, without https:// and without a port",
            Rule::Line => "one line of text without control characters and without spaces at its ends",
            Rule::ServerUrl => "https://, a host that the other clusters can reach and, if needed, a port",
            Rule::Address => "an IPv4 address such as 203.0.113.10 or an IPv6 address such as 2001:db8::10",
            Rule::Release => "a whole release number such as 1.31.1",
        }
    }
}

fn characters(text: &str, allowed: impl Fn(char) -> bool) -> Result<(), Fault> {
    text.chars().find(|&c| !allowed(c)).map_or(Ok(()), |c| Err(Fault::Character(c)))
}

fn edges(text: &str) -> Result<(), Fault> {
    let ends = [text.chars().next(), text.chars().next_back()];
    ends.into_iter().flatten().find(|c| !c.is_ascii_alphanumeric()).map_or(Ok(()), |c| Err(Fault::Edge(c)))
}

fn label(text: &str) -> Result<(), Fault> {
    characters(text, |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')?;
    edges(text)
}

/// A part of a DNS name.
pub(super) fn part(text: &str) -> Result<(), Fault> {
    if text.is_empty() {
        return Err(Fault::Edge('.'));
    }
    if text.len() > 63 {
        return Err(Fault::TooLong { max: 63 });
    }
    label(text)
}

fn host(text: &str) -> Result<(), Fault> {
    // istioctl refuses a top level domain of digits alone (pkg/config/validation/agent).
    let top = text.rsplit('.').next().unwrap_or_default();
    let number = top.bytes().all(|b| b.is_ascii_digit());
    if text.parse::<IpAddr>().is_ok() || !text.contains('.') || number || text.contains("://") {
        return Err(Fault::Form);
    }
    text.split('.').try_for_each(part)
}

/// Characters that act when a script is pasted into a terminal, or that hide or reorder what is read.
pub(crate) fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn line(text: &str) -> Result<(), Fault> {
    characters(text, |c| !acts(c))?;
    let ends = [text.chars().next(), text.chars().next_back()];
    ends.into_iter().flatten().find(|c| c.is_whitespace()).map_or(Ok(()), |c| Err(Fault::Edge(c)))
}

/// Major, minor and patch of a release.
pub(super) fn release(text: &str) -> Result<(u32, u32, u32), Fault> {
    let mut numbers = text.split('.').map(|part| {
        let plain = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let padded = part.len() > 1 && part.starts_with('0');
        if plain && !padded { part.parse().map_err(|_| Fault::Form) } else { Err(Fault::Form) }
    });
    let mut next = || numbers.next().unwrap_or(Err(Fault::Form));
    let release = (next()?, next()?, next()?);
    if numbers.next().is_some() { Err(Fault::Form) } else { Ok(release) }
}
