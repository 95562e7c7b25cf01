//! Random graphs: who runs where, reads what and manages whom, changed without care.

use meshwright_core::draft::{ClusterRef, Draft, Key};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use proptest::sample::Index;

/// A change, of whatever is at the two places.
#[derive(Clone, Copy, Debug)]
enum Change {
    RunOn,
    Read,
    Manage,
    ReadNothing,
    ManageNothing,
    RenameAlike,
    ReachAlike,
    CallMeshesAlike,
    MoveIntoNamespace,
    LoseCluster,
    LosePlane,
    LosePlanes,
    LoseMeshes,
}

const CHANGES: [Change; 13] = [
    Change::RunOn,
    Change::Read,
    Change::Manage,
    Change::ReadNothing,
    Change::ManageNothing,
    Change::RenameAlike,
    Change::ReachAlike,
    Change::CallMeshesAlike,
    Change::MoveIntoNamespace,
    Change::LoseCluster,
    Change::LosePlane,
    Change::LosePlanes,
    Change::LoseMeshes,
];

/// Up to five changes of the graph.
pub(super) fn changes() -> impl Strategy<Value = Vec<(Index, Index, Index)>> {
    vec((any::<Index>(), any::<Index>(), any::<Index>()), 0..6)
}

pub(super) fn change(draft: &mut Draft, (what, one, other): (Index, Index, Index)) {
    if draft.clusters.is_empty() || draft.control_planes().next().is_none() {
        return;
    }
    let clusters = draft.clusters.len();
    let (from, to) = (one.index(clusters), other.index(clusters));
    let key = draft.clusters[to].key;
    let mesh = one.index(draft.meshes.len());
    let namespace = draft.control_planes().next().unwrap().namespace.clone();
    let id = draft.meshes[0].mesh_id.clone();
    let count = draft.control_planes().count();
    let mut planes = draft.meshes.iter_mut().flat_map(|mesh| &mut mesh.control_planes);
    let plane = planes.nth(one.index(count)).unwrap();
    match CHANGES[what.index(CHANGES.len())] {
        Change::RunOn => plane.cluster = ClusterRef::To(key),
        Change::Read => plane.config_cluster = ClusterRef::To(key),
        Change::Manage => plane.remote_clusters.push(ClusterRef::To(key)),
        Change::ReadNothing => plane.config_cluster = ClusterRef::Unknown("nowhere".to_owned()),
        Change::ManageNothing => plane.remote_clusters.push(ClusterRef::To(Key(9999))),
        Change::RenameAlike => {
            let name = draft.clusters[to].name.clone();
            draft.clusters[from].name = name;
        }
        Change::ReachAlike => {
            let context = draft.clusters[to].context.clone();
            draft.clusters[from].context = context;
        }
        Change::CallMeshesAlike => draft.meshes[mesh].mesh_id = id,
        Change::MoveIntoNamespace => plane.namespace = namespace,
        Change::LoseCluster => drop(draft.clusters.remove(from)),
        Change::LosePlane => drop(draft.meshes[mesh].control_planes.pop()),
        Change::LosePlanes => draft.meshes[mesh].control_planes.clear(),
        Change::LoseMeshes => {
            // It leaves nothing to be wrong: seldom enough.
            if from == to {
                draft.meshes.clear();
            }
        }
    }
}
