//! All that the page shows at one moment.

use crate::made::{Made, Shown};
use crate::ui::Ui;
use meshwright_core::bundle::File;
use meshwright_core::draft::{At, Draft};
use meshwright_core::problem::{Problem, Severity};
use std::sync::Arc;

/// One moment of the page's state.
pub(crate) struct Now {
    pub(crate) draft: Arc<Draft>,
    pub(crate) made: Arc<Made>,
    pub(crate) ui: Arc<Ui>,
    /// The problems that are shown.
    pub(crate) problems: Vec<Problem>,
    /// The index of the open file.
    pub(crate) open: Option<usize>,
    pub(crate) can_undo: bool,
    pub(crate) can_redo: bool,
}

impl Now {
    /// The problems of one field.
    pub(crate) fn problems_at(&self, at: At) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(move |problem| problem.at == at)
    }

    /// Whether a field is in error.
    pub(crate) fn is_wrong(&self, at: At) -> bool {
        self.problems_at(at).any(|problem| problem.severity() == Severity::Error)
    }

    /// How many errors and how many warnings are shown.
    pub(crate) fn count(&self) -> (usize, usize) {
        count(self.problems.iter())
    }

    /// Whether the files are from before the last edit, as far as that is told.
    pub(crate) fn is_stale(&self) -> bool {
        self.made.stale && !self.problems.is_empty()
    }

    /// The files, once there are some.
    pub(crate) fn shown(&self) -> Option<&Shown> {
        self.made.shown.as_deref()
    }

    /// The open file.
    pub(crate) fn file(&self) -> Option<&File> {
        self.shown()?.bundle.files.get(self.open?)
    }
}

/// How many errors and how many warnings.
pub(crate) fn count<'a>(problems: impl Iterator<Item = &'a Problem>) -> (usize, usize) {
    problems.fold((0, 0), |(errors, warnings), problem| match problem.severity() {
        Severity::Error => (errors + 1, warnings),
        Severity::Warning => (errors, warnings + 1),
    })
}
