//! What the draft makes, and what of it is shown: while there are errors, the last good files stay.

use crate::files::{FileId, Named, changed_lines, identify};
use meshwright_core::bundle::{Bundle, File};
use meshwright_core::draft::{Draft, Key};
use meshwright_core::plan::Map;
use meshwright_core::problem::{Problem, Severity};
use meshwright_core::version::Facts;
use meshwright_core::{Outcome, Output, generate};
use std::sync::Arc;

/// A draft's problems, and the last files that were made without an error.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Made {
    pub(crate) problems: Vec<Problem>,
    pub(crate) shown: Option<Arc<Shown>>,
    /// Whether `shown` is from before the last edit.
    pub(crate) stale: bool,
}

/// Files and map of one state of the draft.
#[derive(Debug, PartialEq)]
pub(crate) struct Shown {
    pub(crate) bundle: Bundle,
    pub(crate) ids: Vec<FileId>,
    pub(crate) map: Map,
    pub(crate) facts: &'static Facts,
    pub(crate) clusters: Vec<Named>,
    /// What the archive and its folder are called.
    pub(crate) folder: String,
    /// How many lines of each file the last edit changed.
    pub(crate) changed: Vec<usize>,
}

impl Made {
    pub(crate) fn new(draft: &Draft, before: Option<&Made>) -> Self {
        let before = before.and_then(|before| before.shown.as_ref());
        let Outcome { problems, output } = generate(draft);
        let stale = output.is_none();
        let shown = match output {
            Some(output) => Some(Arc::new(Shown::new(draft, output, before.map(Arc::as_ref)))),
            None => before.cloned(),
        };
        Made { problems, shown, stale }
    }
}

impl Shown {
    fn new(draft: &Draft, output: Output, before: Option<&Shown>) -> Self {
        let Output { plan, bundle } = output;
        let clusters: Vec<Named> = draft.clusters.iter().map(|cluster| (cluster.key, cluster.name.clone())).collect();
        let ids = identify(&bundle, &clusters);
        let changed = match before {
            None => vec![0; ids.len()],
            Some(before) if before.bundle == bundle => before.changed.clone(),
            Some(before) => {
                let old = |id| before.find(id).map_or("", |file| &file.text);
                ids.iter().zip(&bundle.files).map(|(id, file)| changed_lines(old(id), &file.text)).collect()
            }
        };
        Shown { ids, folder: plan.folder(), map: plan.map, facts: plan.facts, clusters, bundle, changed }
    }

    /// The file of that identity.
    pub(crate) fn find(&self, id: &FileId) -> Option<&File> {
        let index = self.ids.iter().position(|found| found == id)?;
        self.bundle.files.get(index)
    }

    /// The file of that identity, or else one that is near: of its cluster, or the first of all.
    pub(crate) fn nearest(&self, id: &FileId) -> Option<(&FileId, &File)> {
        let place = |wanted: &dyn Fn(&FileId) -> bool| self.ids.iter().position(wanted);
        let index = place(&|found| found == id).or_else(|| place(&|found| found.cluster == id.cluster)).unwrap_or(0);
        Some((self.ids.get(index)?, self.bundle.files.get(index)?))
    }

    /// The key of the cluster that the map draws at `index`.
    pub(crate) fn key(&self, index: usize) -> Option<Key> {
        let name = &self.map.nodes.get(index)?.name;
        self.clusters.iter().find(|(_, found)| found == name).map(|(key, _)| *key)
    }
}

/// What is shown of the problems: one that appeared while its field is being typed into waits until
/// the field is left or a pause is made. One that has gone goes at once.
pub(crate) fn settle(now: &[Problem], typing: bool, before: Option<&Vec<Problem>>) -> Vec<Problem> {
    let known = |problem: &&Problem| before.is_some_and(|before| before.iter().any(|old| old.at == problem.at));
    now.iter().filter(|problem| !typing || known(problem)).cloned().collect()
}

/// How many errors and how many warnings.
pub(crate) fn count(problems: &[Problem]) -> (usize, usize) {
    let errors = problems.iter().filter(|problem| problem.severity() == Severity::Error).count();
    (errors, problems.len() - errors)
}
