//! The links, looked at one kind after the other.

mod address;
mod gateway;
mod identity;
mod injection;
mod istiod;
mod listener;
mod management;
mod mesh;
mod network;
mod object;
mod operator;
mod route;
mod trust;

use crate::broken::{Broken, End};
use crate::link::Link;
use crate::world::World;
use mesh::Mesh;

/// Looks at every link, and adds those that are broken.
pub(crate) fn follow(world: &mut World) {
    let mut report = Report::default();
    object::follow(world, &mut report);
    if let Some(mesh) = Mesh::of(world) {
        gateway::follow(&mesh, &mut report);
        route::follow(&mesh, &mut report);
        operator::follow(&mesh, &mut report);
        identity::follow(&mesh, &mut report);
        management::follow(&mesh, &mut report);
        istiod::follow(&mesh, &mut report);
        address::follow(&mesh, &mut report);
        listener::follow(&mesh, &mut report);
        network::follow(&mesh, &mut report);
        injection::follow(&mesh, &mut report);
    } else {
        report.add(Link::External, "", End::of("bundle", ""), End::of("istiod for remote clusters", ""));
    }
    for Broken { link, cluster, from, to } in report.0 {
        world.report(link, &cluster, from, to);
    }
}

/// What was found so far.
#[derive(Default)]
struct Report(Vec<Broken>);

impl Report {
    fn add(&mut self, link: Link, cluster: &str, from: End, to: End) {
        self.0.push(Broken { link, cluster: cluster.to_owned(), from, to });
    }

    /// Both ends have to say the same.
    fn same(&mut self, link: Link, cluster: &str, from: End, to: End) {
        if from.value != to.value {
            self.add(link, cluster, from, to);
        }
    }
}
