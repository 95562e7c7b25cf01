//! Wording of texts that break their rule.

use crate::value::{Fault, Rule, acts};

pub(super) fn text(label: &str, rule: Rule, fault: &Fault) -> String {
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

pub(super) fn rule_breaks(rule: Rule) -> &'static str {
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
pub(super) fn quoted(text: &str) -> String {
    let mut shown = String::from("“");
    for c in text.chars() {
        if acts(c) { shown.extend(c.escape_unicode()) } else { shown.push(c) }
    }
    shown.push('”');
    shown
}
