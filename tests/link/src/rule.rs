//! The links, looked at one kind after the other.

mod address;
mod authority;
mod gateway;
mod identity;
mod injection;
mod istiod;
mod listener;
mod management;
mod model;
mod network;
mod object;
mod operator;
mod plane;
mod route;
mod trust;
mod webhook;

use crate::broken::{Broken, End};
use crate::link::Link;
use crate::world::World;
use model::Model;

/// Looks at every link, and adds those that are broken.
pub(crate) fn follow(world: &mut World) {
    let mut report = Report::default();
    object::follow(world, &mut report);
    let model = Model::of(world);
    if model.control_planes().next().is_none() {
        report.add(Link::External, "", End::of("bundle", ""), End::of("istiod of a mesh", ""));
    }
    gateway::follow(&model, &mut report);
    route::follow(&model, &mut report);
    operator::follow(&model, &mut report);
    identity::follow(&model, &mut report);
    management::follow(&model, &mut report);
    istiod::follow(&model, &mut report);
    address::follow(&model, &mut report);
    listener::follow(&model, &mut report);
    network::follow(&model, &mut report);
    injection::follow(&model, &mut report);
    authority::follow(&model, &mut report);
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
