//! Edits of a bundle, each of which breaks one link. They are data, so that the lab can make the same
//! edits and see what a cluster says to them.

mod address;
mod apply;
mod gateway;
mod helm;
mod istiod;
mod names;
mod network;
mod order;
mod primary;
mod sail;
mod secret;
mod table;

use crate::link::Link;
use std::sync::LazyLock;

/// A mistake that somebody could make in a bundle.
#[derive(Clone, Copy, Debug)]
pub struct Mutation {
    /// What is wrong, in words that stand for it.
    pub name: &'static str,
    /// The invariants of matrix.md, section 0, that it breaks; none for what is a matter of Kubernetes.
    pub invariants: &'static [u8],
    /// All of them are made, or none.
    pub edits: &'static [Edit],
    /// The link that has to be told.
    pub breaks: Link,
    /// Where it shows.
    pub seen: Seen,
}

/// Where a mutation shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// On clusters, once install.sh has run.
    Clusters,
    /// On API servers, or in what the charts render: pods do not run, for this reason.
    Rendered(&'static str),
    /// In the files alone: on clusters it changes nothing, for this reason.
    Files(&'static str),
}

/// A place in a file.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The file's path, with `*` for anything and `|` between several; the first file that has the text
    /// counts.
    pub file: &'static str,
    /// The text before it.
    pub after: &'static str,
    /// Characters of which one ends it; a line's end does in any case.
    pub until: &'static str,
}

/// One edit.
#[derive(Clone, Copy, Debug)]
pub enum Edit {
    /// Another value at a place.
    Value(Place, &'static str),
    /// The value of one place at another, the second.
    Copy(Place, Place),
    /// Another text for every place where a text stands in the first file that has it.
    Text {
        /// The file's path, with `*` for anything.
        file: &'static str,
        /// What stands there.
        from: &'static str,
        /// What takes its place.
        to: &'static str,
    },
    /// The lines with a text, and some more after each, go from the first file that has it.
    Drop {
        /// The file's path, with `*` for anything.
        file: &'static str,
        /// What stands in the lines.
        line: &'static str,
        /// How many lines more.
        more: usize,
    },
    /// More text at the end of the first file that matches.
    Append {
        /// The file's path, with `*` for anything.
        file: &'static str,
        /// The text.
        text: &'static str,
    },
    /// A word in a step of install.sh: what follows `after` there, up to a blank.
    Word {
        /// A text that tells the step from others.
        step: &'static str,
        /// What stands before it.
        after: &'static str,
        /// The value.
        to: &'static str,
    },
    /// A step of install.sh that comes later than another.
    Delay {
        /// A text that tells the step from others.
        step: &'static str,
        /// A text that tells the other.
        after: &'static str,
    },
    /// Nothing is edited, but the mutation is none where this text is absent.
    Needs {
        /// The file's path, with `*` for anything.
        file: &'static str,
        /// The text.
        text: &'static str,
    },
    /// A step that is not in install.sh.
    Skip {
        /// A text that tells the step from others.
        step: &'static str,
    },
}

/// Every mutation.
pub fn mutations() -> &'static [Mutation] {
    static ALL: LazyLock<Vec<Mutation>> = LazyLock::new(|| {
        let tables = [
            names::ALL,
            secret::ALL,
            istiod::ALL,
            address::ALL,
            gateway::ALL,
            network::ALL,
            order::ALL,
            primary::ALL,
            helm::ALL,
            sail::ALL,
        ];
        tables.concat()
    });
    &ALL
}

/// Invariants that no mutation breaks, and why.
pub const WITHOUT: &[(u8, &str)] = &[(39, "ambient")];
