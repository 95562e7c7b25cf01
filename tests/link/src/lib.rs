//! Follows the references of a bundle through what its files install: webhook to gateway to listener to
//! virtual service to istiod, volumes, secrets, namespaces, labels and certificates. It reads the
//! files alone, and shares no code with what makes them.
//!
//! `check` runs install.sh with stand-ins for kubectl, istioctl and helm that keep what would stand on
//! each cluster, and then looks at every `Link`. `mutations` are edits of a bundle that break one each.

mod broken;
mod chart;
mod compare;
mod files;
mod link;
mod mutation;
mod operator;
mod rule;
mod shell;
mod tools;
mod value;
mod world;

pub use broken::{Broken, End};
pub use chart::Release;
pub use compare::{Difference, compare, compare_chart};
pub use files::Files;
pub use link::Link;
pub use mutation::{Edit, Mutation, Place, Seen, WITHOUT, mutations};
pub use tools::Tools;

/// Every link of a bundle that is broken; none where it is right.
pub fn check(files: &Files) -> Vec<Broken> {
    check_with(files, &tools::StandIns)
}

/// As `check`, with real tools where install.sh hands values to a chart or a resource to the Sail operator.
pub fn check_with(files: &Files, tools: &dyn Tools) -> Vec<Broken> {
    let mut world = world::World::new(files, tools);
    world.install();
    rule::follow(&mut world);
    world.broken
}
