//! Drafts: every field has a place, clusters come and go without a reference going astray, and the
//! file gives back what was typed.

mod clusters;
mod defaults;
mod fields;
mod files;
mod planes;

use meshwright_core::draft::{Draft, Key};
use meshwright_core::preset::Preset;

fn preset() -> Draft {
    Preset::ExternalControlPlaneMulticluster.draft()
}

fn key(draft: &Draft, cluster: &str) -> Key {
    draft.clusters.iter().find(|it| it.name == cluster).unwrap().key
}
