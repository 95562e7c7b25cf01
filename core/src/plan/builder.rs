//! Collects steps and checks, and numbers the files.

use super::Step;
use super::action::Action;
use super::check::Check;
use super::manifest::{Documents, Manifest};
use crate::name;
use crate::sorted::Sorted;
use crate::topology::{Cluster, ControlPlane, InstallMethod, Mesh, Sample, Topology};
use crate::version::Facts;
use std::rc::Rc;

pub(super) struct Builder<'a> {
    topology: &'a Topology,
    /// Number of the last file in each cluster's folder.
    files: Sorted<&'a str, u32>,
    /// Clusters whose gateway to istiod is planned.
    exposing: Sorted<&'a str, ()>,
    /// Clusters that have an account for istiods elsewhere.
    readable: Sorted<String, ()>,
    steps: Vec<Step>,
    checks: Vec<Check>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(topology: &'a Topology) -> Self {
        Builder {
            topology,
            files: Sorted::default(),
            exposing: Sorted::default(),
            readable: Sorted::default(),
            steps: Vec::new(),
            checks: Vec::new(),
        }
    }

    pub(super) fn facts(&self) -> &'static Facts {
        self.topology.facts
    }

    pub(super) fn install_method(&self) -> InstallMethod {
        self.topology.install_method
    }

    /// The release as the Sail operator calls it.
    pub(super) fn sail_version(&self) -> String {
        format!("v{}", self.topology.release)
    }

    pub(super) fn sample(&self) -> Option<&'a Sample> {
        self.topology.sample.as_ref()
    }

    /// Whether this is the first control plane that is exposed on a cluster.
    pub(super) fn exposes_first(&mut self, cluster: &'a Cluster) -> bool {
        self.exposing.add(cluster.name.as_str(), ())
    }

    /// Whether this is the first time that an istiod elsewhere is to read a cluster.
    pub(super) fn reads_first(&mut self, cluster: &Cluster) -> bool {
        self.readable.add(cluster.name.to_string(), ())
    }

    /// What a file of an external control plane is called: after its mesh too, where its cluster runs others.
    pub(super) fn file_of(&self, name: &str, mesh: &Mesh, plane: &ControlPlane) -> String {
        let planes = self.topology.meshes.iter().flat_map(|mesh| &mesh.control_planes);
        let beside = planes.filter(|other| !other.is_primary() && other.cluster == plane.cluster).count();
        if beside > 1 { format!("{name}-{}", mesh.id) } else { name.to_owned() }
    }

    /// The variable with a control plane's address, where install.sh finds it.
    pub(super) fn address_variable(&self, plane: &ControlPlane) -> String {
        let planes = self.topology.meshes.iter().flat_map(|mesh| &mesh.control_planes);
        let several = planes.filter(|plane| plane.discovers_address()).count() > 1;
        name::address_variable(plane.is_primary(), several.then_some(&plane.cluster.name))
    }

    /// A file in the cluster's folder, numbered in the order in which its cluster's files are applied.
    pub(super) fn manifest(&mut self, cluster: &'a Cluster, name: &str, documents: impl Into<Documents>) -> Manifest {
        // By fives: there is room for a file of one's own, and two digits are enough for every cluster.
        let mut number = 0;
        self.files.change(cluster.name.as_str(), |last| {
            *last += 5;
            number = *last;
        });
        Manifest { path: format!("{}/{number:02}-{name}.yaml", cluster.name), documents: documents.into() }
    }

    pub(super) fn step(
        &mut self,
        cluster: &Rc<Cluster>,
        title: impl Into<String>,
        why: impl Into<String>,
        action: Action,
    ) {
        let (title, why) = (title.into(), why.into());
        self.steps.push(Step { cluster: Rc::clone(cluster), title, why, action });
    }

    pub(super) fn check(&mut self, check: Check) {
        self.checks.push(check);
    }

    pub(super) fn finish(self) -> (Vec<Step>, Vec<Check>) {
        (self.steps, self.checks)
    }
}
