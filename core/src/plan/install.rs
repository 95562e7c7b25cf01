//! Installs a control plane, or what leads to one, by the method of the topology.

use super::action::{Action, Beside, Chart};
use super::builder::Builder;
use super::manifest::{Document, object};
use super::set::Set;
use crate::istio::installation::Installation;
use crate::k8s::Metadata;
use crate::name;
use crate::topology::{Cluster, InstallMethod};
use std::rc::Rc;

/// What a cluster gets.
pub(super) struct Part<'p> {
    /// The imperative, and the reason.
    pub(super) title: &'static str,
    pub(super) why: String,
    /// istioctl's file, and the name of the object in it, which keeps it apart from other files (0.33).
    pub(super) file: &'p str,
    pub(super) name: &'p str,
    /// The file with the values of chart `istiod`.
    pub(super) values: &'p str,
    /// The system namespace.
    pub(super) namespace: &'p str,
    pub(super) installation: Installation,
    pub(super) sets: Vec<Set>,
    /// Whether the cluster has Istio's kinds by now.
    pub(super) kinds: bool,
    /// What istioctl makes beside.
    pub(super) beside: Option<Beside>,
    /// istiod's Deployment, where it comes with it.
    pub(super) deployment: Option<String>,
}

/// Installs it.
pub(super) fn install<'a>(builder: &mut Builder<'a>, cluster: &'a Rc<Cluster>, part: Part<'_>) {
    match builder.install_method() {
        InstallMethod::Istioctl => by_istioctl(builder, cluster, part),
        InstallMethod::Helm => by_helm(builder, cluster, part),
        InstallMethod::Sail => super::operate::istio(builder, cluster, part),
    }
}

fn by_istioctl<'a>(builder: &mut Builder<'a>, cluster: &'a Rc<Cluster>, part: Part<'_>) {
    let metadata = Metadata::namespaced(part.name, part.namespace);
    let document = object(part.why.clone(), metadata, part.installation.operator());
    let manifest = builder.manifest(cluster, part.file, vec![document]);
    let Part { sets, beside, .. } = part;
    builder.step(cluster, part.title, part.why, Action::Install { manifest, sets, beside });
}

fn by_helm<'a>(builder: &mut Builder<'a>, cluster: &'a Rc<Cluster>, part: Part<'_>) {
    let (base, istiod) = part.installation.charts();
    let namespace = part.namespace.to_owned();
    if !part.kinds {
        let why = "Istio's kinds, which everything after needs.";
        let manifest = builder.manifest(cluster, "base-values", vec![Document::new(why, base)]);
        let action = Action::Release {
            name: name::BASE_RELEASE,
            chart: Chart::Base,
            namespace: namespace.clone(),
            manifest,
            sets: Vec::new(),
            skip_schema: false,
            deployment: None,
        };
        builder.step(cluster, "Install Istio's kinds", why, action);
    }
    let manifest = builder.manifest(cluster, part.values, vec![Document::new(part.why.clone(), istiod)]);
    let action = Action::Release {
        name: name::ISTIOD_RELEASE,
        chart: Chart::Istiod,
        namespace,
        manifest,
        sets: part.sets,
        skip_schema: false,
        deployment: part.deployment,
    };
    builder.step(cluster, part.title, part.why, action);
}
