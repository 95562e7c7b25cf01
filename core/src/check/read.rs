//! Reads a draft's texts into values, and collects what is wrong.

use crate::draft::{At, ClusterRef, Draft, Key, Places};
use crate::field::{Field, Takes};
use crate::problem::{Kind, Problem};
use crate::value::Fault;

/// A draft being read.
pub(super) struct Reader {
    places: Places,
    /// The topology's and its meshes' problems, then each cluster's; each in the order of the form.
    problems: Vec<Vec<Problem>>,
}

/// A field's text, or what the field means when it is empty.
pub(super) fn effective(field: Field, typed: &str) -> &str {
    if typed.is_empty() { field.info().default.unwrap_or_default() } else { typed }
}

impl Reader {
    pub(super) fn new(draft: &Draft) -> Self {
        Reader { places: draft.places(), problems: vec![Vec::new(); draft.clusters.len() + 1] }
    }

    /// The place of a cluster in the form.
    pub(super) fn place(&self, key: Key) -> Option<usize> {
        self.places.get(&key).copied()
    }

    pub(super) fn problem(&mut self, at: At, kind: Kind) {
        let of = self.place(at.key).map_or(0, |place| place + 1);
        if let Some(problems) = self.problems.get_mut(of) {
            let place = problems.partition_point(|problem| problem.at.field <= at.field);
            problems.insert(place, Problem { at, kind });
        }
    }

    /// The problems in the order of the form.
    pub(super) fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.concat();
        problems.dedup();
        problems
    }

    /// The value of a text; its default where it is empty and has one.
    pub(super) fn text<T>(&mut self, at: At, typed: &str, parse: impl Fn(&str) -> Result<T, Fault>) -> Option<T> {
        match parse(effective(at.field, typed)) {
            Ok(value) => Some(value),
            Err(fault) => {
                if let Takes::Text(rule) = at.field.info().takes {
                    self.problem(at, Kind::Text { rule, fault });
                }
                None
            }
        }
    }

    /// The value of a text that may be left empty: `Some(None)` then.
    #[expect(clippy::option_option, reason = "both are answers: wrong, and left empty")]
    pub(super) fn optional<T>(
        &mut self,
        at: At,
        typed: &str,
        parse: impl Fn(&str) -> Result<T, Fault>,
    ) -> Option<Option<T>> {
        if typed.is_empty() { Some(None) } else { self.text(at, typed, parse).map(Some) }
    }

    /// The value of a choice.
    pub(super) fn choice<T: Copy>(&mut self, at: At, typed: &str, values: &[(&str, T)]) -> Option<T> {
        let typed = effective(at.field, typed);
        let found = values.iter().find(|(value, _)| *value == typed).map(|(_, found)| *found);
        if found.is_none() {
            self.problem(at, Kind::Choice { typed: typed.to_owned() });
        }
        found
    }

    /// The key that a reference of `key`'s control plane points to.
    pub(super) fn cluster(&mut self, field: Field, key: Key, to: &ClusterRef) -> Option<Key> {
        let name = match to {
            ClusterRef::To(found) if self.place(*found).is_some() => return Some(*found),
            ClusterRef::To(_) => String::new(),
            ClusterRef::Unknown(name) => name.clone(),
        };
        self.problem(At { field, key }, Kind::NoSuchCluster { name });
        None
    }
}
