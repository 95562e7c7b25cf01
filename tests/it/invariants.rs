//! The invariants of matrix.md, section 0, that touch what istioctl installs: a test named after each
//! number; `primary` has those of primaries and of several control planes, the others those of external ones. They look at parsed files and scripts of every case, or at the problems
//! of a wrong draft.
//!
//! Not here: 0.39 (ambient).

mod identity;
mod istiod;
mod management;
mod mode;
mod network;
mod order;
mod primary;
mod revision;
mod sail;
mod tooling;

use crate::world::World;
use meshwright_core::check::check;
use meshwright_core::draft::{At, Draft, Key};
use meshwright_core::field::Field;
use meshwright_core::preset::Preset;
use meshwright_core::problem::Kind;

/// The preset with all that there is: two remote clusters, two networks.
fn preset() -> Draft {
    Preset::ExternalControlPlaneMulticluster.draft()
}

/// Key of a cluster by its name.
fn key(draft: &Draft, cluster: &str) -> Key {
    draft.clusters.iter().find(|it| it.name == cluster).unwrap().key
}

fn plane(draft: &Draft) -> Key {
    draft.meshes[0].control_planes[0].key
}

/// What is wrong with the preset once one field of it is changed: a field of the cluster of that
/// name, or of the control plane where the name is empty.
fn problems(cluster: &str, field: Field, text: &str) -> Vec<(Field, Kind)> {
    let mut draft = preset();
    let key = if cluster.is_empty() { plane(&draft) } else { key(&draft, cluster) };
    draft.set_text(At { field, key }, text.to_owned());
    found(&draft)
}

/// What is wrong with a draft.
fn found(draft: &Draft) -> Vec<(Field, Kind)> {
    check(draft).problems.into_iter().map(|problem| (problem.at.field, problem.kind)).collect()
}

/// Runs `test` on every case of one external control plane; the case's name stands in the output of one that fails.
fn everywhere(test: impl Fn(&World)) {
    for world in World::all() {
        println!("case {}", world.name);
        test(&world);
    }
}
