//! What the draft makes, and what of it is shown: while there are errors, the last good files stay.

use crate::files::{FileId, Named, changed_lines, identify};
use meshwright_core::bundle::{Bundle, File};
use meshwright_core::draft::{Draft, Key, Role};
use meshwright_core::plan::Map;
use meshwright_core::preset::Preset;
use meshwright_core::problem::Problem;
use meshwright_core::value::Release;
use meshwright_core::version::{self, Facts};
use meshwright_core::{Outcome, Output, generate};
use std::sync::Arc;

/// All that follows from a draft, and the last files that were made without an error.
pub(crate) struct Made {
    pub(crate) problems: Vec<Problem>,
    pub(crate) shown: Option<Arc<Shown>>,
    /// Whether `shown` is from before the last edit.
    pub(crate) stale: bool,
    /// What each cluster is.
    roles: Vec<(Key, Role)>,
    /// Networks in the order of the form: the place is the colour.
    pub(crate) networks: Vec<String>,
    /// The preset that the draft is.
    pub(crate) preset: Option<Preset>,
    /// The facts of the release that is typed, or else of the newest.
    pub(crate) facts: &'static Facts,
}

/// Files and map of one state of the draft.
pub(crate) struct Shown {
    pub(crate) bundle: Bundle,
    pub(crate) ids: Vec<FileId>,
    pub(crate) map: Map,
    /// The map in sentences.
    pub(crate) words: Vec<String>,
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
        Made {
            problems,
            shown,
            stale,
            roles: draft.clusters.iter().map(|cluster| cluster.key).zip(draft.roles()).collect(),
            networks: networks(draft),
            preset: Preset::ALL.into_iter().find(|preset| preset.draft() == *draft),
            facts: facts(draft),
        }
    }

    /// What a cluster is.
    pub(crate) fn role(&self, key: Key) -> Role {
        self.roles.iter().find(|(found, _)| *found == key).map_or(Role::Unused, |(_, role)| *role)
    }
}

fn networks(draft: &Draft) -> Vec<String> {
    let mut networks: Vec<String> = Vec::new();
    for cluster in draft.clusters.iter().filter(|cluster| !cluster.network.is_empty()) {
        if !networks.contains(&cluster.network) {
            networks.push(cluster.network.clone());
        }
    }
    networks
}

fn facts(draft: &Draft) -> &'static Facts {
    let [newest, ..] = &version::ALL;
    Release::parse(&draft.version).ok().and_then(version::facts).unwrap_or(newest)
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
        let words = crate::diagram::words(&plan.map);
        Shown { ids, folder: plan.folder(), map: plan.map, words, clusters, bundle, changed }
    }

    /// The file of that identity.
    pub(crate) fn find(&self, id: &FileId) -> Option<&File> {
        let index = self.ids.iter().position(|found| found == id)?;
        self.bundle.files.get(index)
    }

    /// The index of the file of that identity, or else of one that is near: of its cluster, or the
    /// first of all.
    pub(crate) fn nearest(&self, id: &FileId) -> Option<usize> {
        let place = |wanted: &dyn Fn(&FileId) -> bool| self.ids.iter().position(wanted);
        place(&|found| found == id).or_else(|| place(&|found| found.cluster == id.cluster)).or(if self.ids.is_empty() {
            None
        } else {
            Some(0)
        })
    }

    /// The key of the cluster that the map draws at `index`.
    pub(crate) fn key(&self, index: usize) -> Option<Key> {
        let name = &self.map.nodes.get(index)?.name;
        self.clusters.iter().find(|(_, found)| found == name).map(|(key, _)| *key)
    }
}

/// What is shown of the problems: one that appeared while its field is being typed into waits until
/// the field is left or a pause is made. One that has gone goes at once.
pub(crate) fn settle(now: &[Problem], typing: bool, before: &[Problem]) -> Vec<Problem> {
    let known = |problem: &&Problem| before.iter().any(|old| old.at == problem.at);
    now.iter().filter(|problem| !typing || known(problem)).cloned().collect()
}
