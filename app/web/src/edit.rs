//! Every way in which the page changes the draft. One place, so that each can be undone.

use meshwright_core::draft::{At, ClusterRef, Draft, Key, Role};

/// A change.
#[derive(Debug)]
pub(crate) enum Edit {
    /// A field's text.
    Text(At, String),
    /// A further remote cluster.
    Add,
    /// A cluster goes.
    Remove(Key),
    /// A cluster moves by so many places.
    Move(Key, isize),
    /// A cluster gets another role.
    Role(Key, Role),
    /// A control plane no longer names a cluster that there is not.
    Forget(Key, String),
    /// Another topology.
    Replace(Draft),
}

impl Edit {
    /// The field that is being typed into.
    pub(crate) fn typing(&self) -> Option<At> {
        match self {
            Edit::Text(at, _) => Some(*at),
            Edit::Add | Edit::Remove(_) | Edit::Move(..) | Edit::Role(..) | Edit::Forget(..) | Edit::Replace(_) => None,
        }
    }

    /// Makes the change; gives the key of a cluster that is new.
    pub(crate) fn apply(self, draft: &mut Draft) -> Option<Key> {
        match self {
            Edit::Text(at, text) => draft.set_text(at, text),
            Edit::Add => return Some(draft.add_cluster()),
            Edit::Remove(key) => draft.remove_cluster(key),
            Edit::Move(key, steps) => draft.move_cluster(key, steps),
            Edit::Role(key, role) => draft.set_role(key, role),
            Edit::Forget(plane, name) => {
                let planes = draft.meshes.iter_mut().flat_map(|mesh| &mut mesh.control_planes);
                for plane in planes.filter(|found| found.key == plane) {
                    plane.remote_clusters.retain(|remote| *remote != ClusterRef::Unknown(name.clone()));
                }
            }
            Edit::Replace(other) => *draft = other,
        }
        None
    }
}
