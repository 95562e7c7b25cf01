//! What is to be done: steps in order, each on one cluster, with its reason, what it applies, and
//! what it waits for. Manifests, scripts, runbook and diagram are renderings of this.

mod action;
mod builder;
mod check;
mod control_plane;
mod expose;
mod exposure;
mod gateways;
mod install;
mod manifest;
mod map;
mod operate;
mod primary;
mod remote;
mod sample;
mod set;
mod trust;

pub use action::{Action, Beside, Chart, Expect};
pub use check::Check;
pub use manifest::Manifest;
pub use map::{ControlPlaneBox, Link, LinkKind, Map, Node, NodeRole};
pub use set::{Form, Set};

use crate::draft::File;
use crate::topology::{Cluster, Topology};
use crate::value::Release;
use crate::version::Facts;
use builder::Builder;
use std::rc::Rc;

/// istiod's port for configuration and certificates; the gateway listens on the same (matrix 0.19).
pub const XDS_PORT: u16 = 15012;
/// The gateway's port for webhooks (matrix 0.19).
pub const WEBHOOK_PORT: u16 = 15017;
/// Port of istiod's Service for webhooks (matrix 0.19).
pub const WEBHOOK_SERVICE_PORT: u16 = 443;
/// The gateway's port for health checks (matrix 0.19).
pub const STATUS_PORT: u16 = 15021;
/// An east-west gateway's port for requests of other networks.
pub const CROSS_NETWORK_PORT: u16 = 15443;

/// The plan of a topology.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The Istio release.
    pub release: Release,
    /// What is true of that release.
    pub facts: &'static Facts,
    /// The clusters, in the order of the form.
    pub clusters: Vec<Rc<Cluster>>,
    /// What install.sh does, in order.
    pub steps: Vec<Step>,
    /// What verify.sh looks at, in order.
    pub checks: Vec<Check>,
    /// What runs where and talks to whom.
    pub map: Map,
    /// The topology, to be loaded again.
    pub source: File,
}

/// A step on one cluster.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The cluster.
    pub cluster: Rc<Cluster>,
    /// What is done, in the imperative.
    pub title: String,
    /// Why, in a sentence.
    pub why: String,
    /// What is done.
    pub action: Action,
}

impl Plan {
    /// The manifests in the order in which they are applied.
    pub fn manifests(&self) -> impl Iterator<Item = &Manifest> {
        self.steps.iter().filter_map(|step| step.action.manifest())
    }

    /// Name of the bundle's folder and, with `.zip`, of its archive.
    pub fn folder(&self) -> String {
        let mesh = self.source.meshes.first().map_or("mesh", |mesh| mesh.mesh_id.as_str());
        format!("meshwright-{mesh}")
    }

    /// Whether istioctl installs control planes.
    pub fn uses_istioctl(&self) -> bool {
        self.steps.iter().any(|step| matches!(step.action, Action::Install { .. }))
    }

    /// Whether Helm is needed.
    pub fn uses_helm(&self) -> bool {
        self.steps.iter().any(|step| matches!(step.action, Action::Release { .. }))
    }

    /// Whether the Sail operator does the work.
    pub fn uses_sail(&self) -> bool {
        self.steps.iter().any(|step| matches!(step.action, Action::Operate { .. }))
    }

    /// The variables with what install.sh reads from load balancers.
    pub fn address_variables(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().filter_map(|step| {
            let Action::Address { expect: Expect::Discover { variable, .. }, .. } = &step.action else {
                return None;
            };
            Some(variable.as_str())
        })
    }
}

/// Plans a topology. Cannot fail: what could is a problem before.
pub fn plan(topology: &Topology) -> Plan {
    let mut builder = Builder::new(topology);
    for mesh in &topology.meshes {
        let networks = mesh.has_several_networks();
        let mut first = 1;
        for plane in &mesh.control_planes {
            let gateways = gateways::GatewaysOf { plane, first, networks };
            if plane.is_primary() {
                primary::istiod(&mut builder, mesh, plane);
                remote::injection(&mut builder, plane, &plane.config);
                if plane.serves_remotes() {
                    gateways.to_istiod(&mut builder);
                    expose::istiod(&mut builder, plane);
                }
            } else {
                exposure::gateway(&mut builder, plane);
                remote::config_cluster(&mut builder, plane);
                control_plane::istiod(&mut builder, mesh, plane);
                exposure::istiod(&mut builder, mesh, plane);
                remote::injection(&mut builder, plane, &plane.config);
            }
            for (index, member) in plane.remotes.iter().enumerate() {
                remote::further(&mut builder, plane, member, first + index + 1);
            }
            gateways.install(&mut builder);
            first += plane.members().count();
        }
        trust::between(&mut builder, mesh);
        sample::sample(&mut builder, mesh);
    }
    let (steps, checks) = builder.finish();
    Plan {
        release: topology.release,
        facts: topology.facts,
        clusters: topology.clusters.clone(),
        steps,
        checks,
        map: map::map(topology),
        source: topology.source.clone(),
    }
}
