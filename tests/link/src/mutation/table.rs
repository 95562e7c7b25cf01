//! Rows of the tables, in few words.

use super::{Edit, Mutation, Place, Seen};
use crate::link::Link;

/// A mutation that shows on clusters.
pub(super) const fn row(
    name: &'static str,
    invariants: &'static [u8],
    breaks: Link,
    edits: &'static [Edit],
) -> Mutation {
    Mutation { name, invariants, edits, breaks, seen: Seen::Clusters }
}

/// A mutation that shows in files alone.
pub(super) const fn silent(mutation: Mutation, reason: &'static str) -> Mutation {
    Mutation { seen: Seen::Files(reason), ..mutation }
}

/// A mutation that shows before any pod runs.
pub(super) const fn rendered(mutation: Mutation, reason: &'static str) -> Mutation {
    Mutation { seen: Seen::Rendered(reason), ..mutation }
}

/// What stands after a text, to the end of its line.
pub(super) const fn line(file: &'static str, after: &'static str) -> Place {
    Place { file, after, until: "" }
}

/// What stands after a text, up to a character.
pub(super) const fn part(file: &'static str, after: &'static str, until: &'static str) -> Place {
    Place { file, after, until }
}

/// Another value up to the end of the line.
pub(super) const fn value(file: &'static str, after: &'static str, to: &'static str) -> Edit {
    Edit::Value(line(file, after), to)
}

pub(super) const fn text(file: &'static str, from: &'static str, to: &'static str) -> Edit {
    Edit::Text { file, from, to }
}

pub(super) const fn lines(file: &'static str, line: &'static str, more: usize) -> Edit {
    Edit::Drop { file, line, more }
}

pub(super) const fn word(step: &'static str, after: &'static str, to: &'static str) -> Edit {
    Edit::Word { step, after, to }
}

pub(super) const fn delay(step: &'static str, after: &'static str) -> Edit {
    Edit::Delay { step, after }
}

pub(super) const fn needs(file: &'static str, text: &'static str) -> Edit {
    Edit::Needs { file, text }
}

pub(super) const fn skip(step: &'static str) -> Edit {
    Edit::Skip { step }
}

/// The files, without their numbers: istioctl's, and Helm's values.
pub(super) const INSTALL: &str = "install.sh";
pub(super) const ISTIOD: &str = "*-external-istiod.yaml|*-external-istiod-mesh*.yaml|*-istiod-external-values*.yaml";
pub(super) const WAY: &str = "*-external-istiod-gw.yaml|*-external-istiod-gw-*.yaml|*-expose-istiod.yaml";
pub(super) const CONFIG: &str = "*-remote-config-cluster.yaml|cluster1/*-istiod-values.yaml";
pub(super) const REMOTE: &str =
    "*-second-remote-cluster.yaml|*/10-cluster*.yaml|remote*/10-*.yaml|cluster2/*-istiod-values.yaml";
pub(super) const PRIMARY: &str = "*/10-cluster*.yaml|primary*/10-*.yaml|cluster1/*-istiod-values.yaml";
/// What only istioctl's files say.
pub(super) const OPERATOR: &str = "kind: IstioOperator\n";
/// What only a further remote cluster's file says, up to its first value.
pub(super) const FURTHER: &str = "profile: remote\n  values:\n    global:\n";
/// What install.sh says where an istiod reads a cluster of another one.
pub(super) const PEER: &str = "another control plane manages the cluster.";
pub(super) const EAST_WEST: &str = "*-eastwest-gateway-*.yaml";
