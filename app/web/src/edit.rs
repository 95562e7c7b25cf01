//! Every way in which the page changes the draft. One place, so that each can be undone.

use meshwright_core::draft::{At, ClusterRef, Draft, Key, Role};
use meshwright_core::field::Field;

/// A change.
#[derive(Debug)]
pub(crate) enum Edit {
    /// A field's text.
    Text(At, String),
    /// A further cluster.
    AddCluster,
    /// A further control plane of a mesh.
    AddControlPlane(Key),
    /// A further mesh.
    AddMesh,
    /// A cluster goes.
    Remove(Key),
    /// A control plane goes.
    RemoveControlPlane(Key),
    /// A mesh goes.
    RemoveMesh(Key),
    /// A cluster moves by so many places.
    Move(Key, isize),
    /// A cluster gets another role.
    Role(Key, Role),
    /// A remote cluster gets another control plane.
    Manager(Key, Key),
    /// A control plane gets another cluster.
    Cluster(At, Key),
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
            Edit::AddCluster
            | Edit::AddControlPlane(_)
            | Edit::AddMesh
            | Edit::Remove(_)
            | Edit::RemoveControlPlane(_)
            | Edit::RemoveMesh(_)
            | Edit::Move(..)
            | Edit::Role(..)
            | Edit::Manager(..)
            | Edit::Cluster(..)
            | Edit::Forget(..)
            | Edit::Replace(_) => None,
        }
    }

    /// Makes the change; gives the key of what is new: a cluster, or a mesh.
    pub(crate) fn apply(self, draft: &mut Draft) -> Option<Key> {
        match self {
            Edit::Text(at, text) if at.field == Field::InstallMethod => draft.install_by(&text),
            Edit::Text(at, text) => draft.set_text(at, text),
            Edit::AddCluster => return Some(draft.add_cluster()),
            Edit::AddControlPlane(mesh) => return Some(draft.add_control_plane(mesh)),
            Edit::AddMesh => return Some(draft.add_mesh()),
            Edit::Remove(key) => draft.remove_cluster(key),
            Edit::RemoveControlPlane(key) => draft.remove_control_plane(key),
            Edit::RemoveMesh(key) => draft.remove_mesh(key),
            Edit::Move(key, steps) => draft.move_cluster(key, steps),
            Edit::Role(key, role) => draft.set_role(key, role),
            Edit::Manager(key, plane) => draft.set_manager(key, plane),
            Edit::Cluster(at, key) => draft.set_cluster(at, key),
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
