//! All that the page shows at one moment.

use crate::made::{Made, Shown};
use crate::ui::Ui;
use meshwright_core::bundle::File;
use meshwright_core::draft::{At, ClusterRef, ControlPlane, Draft, Key};
use meshwright_core::field::Field;
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

    /// The how manieth problem of one field.
    pub(crate) fn problem(&self, at: At, nth: usize) -> Option<&Problem> {
        self.problems_at(at).nth(nth)
    }

    /// What is to be said of a problem.
    pub(crate) fn say(&self, at: At, nth: usize, what: fn(&Problem) -> String) -> String {
        self.problem(at, nth).map_or_else(String::new, what)
    }

    /// Whether that control plane runs on a cluster of its own mesh.
    pub(crate) fn is_primary(&self, key: Key) -> bool {
        self.draft.control_plane(key).is_some_and(ControlPlane::is_primary)
    }

    /// The name of a cluster, or what is said where it has none.
    pub(crate) fn name(&self, key: Key) -> &str {
        named(&self.draft, key)
    }

    /// What a control plane is called: by its cluster, and by its mesh where there are several.
    pub(crate) fn title(&self, key: Key) -> String {
        let home = match self.draft.control_plane(key).map(|plane| &plane.cluster) {
            Some(ClusterRef::To(key)) => self.name(*key),
            Some(ClusterRef::Unknown(_)) | None => "no cluster",
        };
        match self.mesh_id(self.draft.mesh_of(key).unwrap_or(key)) {
            "" => home.to_owned(),
            id => [home, " (", id, ")"].concat(),
        }
    }

    /// The ID of a mesh, where there are several.
    pub(crate) fn mesh_id(&self, key: Key) -> &str {
        if self.draft.meshes.len() > 1 { self.draft.text(At { field: Field::MeshId, key }) } else { "" }
    }

    /// Whether there are several control planes.
    pub(crate) fn several(&self) -> bool {
        self.draft.plane_keys().len() > 1
    }

    /// What a field belongs to, where there are several of these.
    pub(crate) fn place(&self, key: Key) -> String {
        if self.draft.cluster(key).is_some() {
            self.name(key).to_owned()
        } else if self.draft.control_plane(key).is_some() && self.several() {
            self.title(key)
        } else {
            self.mesh_id(key).to_owned()
        }
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

/// The name of a cluster, or what is said where it has none.
pub(crate) fn named(draft: &Draft, key: Key) -> &str {
    match draft.cluster(key).map(|cluster| cluster.name.as_str()) {
        None | Some("") => "(no name)",
        Some(name) => name,
    }
}
