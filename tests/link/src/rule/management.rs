//! Which istiod manages a cluster, and by which secret.

use super::Report;
use super::model::{IN_CHARGE, Model};
use super::plane::{Member, Plane};
use crate::broken::End;
use crate::link::Link;
use crate::value::text;
use crate::world::Found;

pub(super) fn follow(model: &Model, report: &mut Report) {
    for plane in model.control_planes() {
        if plane.external {
            config(plane, report);
        }
        for member in plane.members.iter().filter(|member| !member.is_config) {
            in_charge(model, plane, member, report);
        }
        for (manager, member) in model.members(plane).filter(|(manager, _)| !manager.is(plane)) {
            alone(plane, manager, member, report);
        }
        let clusters = model.members(plane).map(|(_, member)| member.name());
        for secret in clusters.filter_map(|cluster| model.access(plane, cluster)) {
            place(plane, secret, report);
        }
    }
    for secret in &model.secrets {
        server(*secret, report);
    }
    for plane in model.control_planes() {
        if let Some(secret) = plane.config_secret {
            server(secret, report);
            labelled(plane, secret, report);
        }
    }
}

/// istiod reads its configuration from another cluster (0.23).
fn config(plane: &Plane, report: &mut Report) {
    let beside = format!("{}, namespace {}", plane.home.name, plane.namespace());
    let from = plane.istiod.end("spec.template.spec.volumes istio-kubeconfig", &beside);
    let Some(secret) = plane.config_secret else {
        return report.add(Link::ConfigSecret, &plane.home.name, from, End::of("Secret istio-kubeconfig", ""));
    };
    let found = format!("{}, namespace {}", secret.cluster.name, secret.namespace());
    report.same(Link::ConfigSecret, &plane.home.name, from, secret.end("metadata.namespace", found));
    if plane.config().is_none() {
        let of = text(secret.value(), "/data/cluster");
        let from = secret.end("data.config", of);
        report.add(Link::ConfigSecret, &plane.home.name, from, End::of("a remote cluster", ""));
    }
    // The volume is optional: without it istiod starts, and reads its own cluster.
    if secret.object.since > plane.istiod.object.since {
        let from = plane.istiod.end("", "earlier");
        report.add(Link::ConfigSecretFirst, &plane.home.name, from, secret.end("", "later"));
    }
}

/// The namespace says which istiod is in charge, before istiod sees the cluster (0.7).
fn in_charge(model: &Model, plane: &Plane, member: &Member, report: &mut Report) {
    let Some(namespace) = member.cluster.get("Namespace", "", plane.namespace()) else {
        let to = plane.istiod.end("metadata.namespace", plane.namespace());
        return report.add(Link::Namespace, member.name(), End::of("Namespace", ""), to);
    };
    let said = text(namespace.value(), IN_CHARGE);
    let from = namespace.end("metadata.annotations topology.istio.io/controlPlaneClusters", said);
    if !said.split(',').any(|it| it == plane.id || it == "*") {
        report.add(Link::InCharge, member.name(), from.clone(), plane.env_end("CLUSTER_ID"));
    }
    let secret = model.access(plane, member.name());
    if let Some(secret) = secret.filter(|secret| secret.object.since < namespace.object.changed) {
        report.add(Link::InChargeFirst, member.name(), from, secret.end("", "applied earlier"));
    }
}

/// One istiod alone is in charge of a cluster: others of its mesh only read it (0.7).
fn alone(plane: &Plane, manager: &Plane, member: &Member, report: &mut Report) {
    let Some(namespace) = member.cluster.get("Namespace", "", plane.namespace()) else {
        return;
    };
    let said = text(namespace.value(), IN_CHARGE);
    let leads = plane.env("EXTERNAL_ISTIOD") == Some("true");
    if leads && said.split(',').any(|it| it == plane.id || it == "*") {
        let from = namespace.end("metadata.annotations topology.istio.io/controlPlaneClusters", said);
        report.add(Link::InCharge, member.name(), from, manager.env_end("CLUSTER_ID"));
    }
}

/// istiod looks for remote secrets in its own namespace, of its own cluster if it watches that (0.10).
fn place(plane: &Plane, secret: Found, report: &mut Report) {
    let (cluster, namespace) = Model::place(plane);
    let found = format!("{}, namespace {}", secret.cluster.name, secret.namespace());
    let looks = format!("{cluster}, namespace {namespace}");
    let to = End { value: looks, ..plane.env_end("LOCAL_CLUSTER_SECRET_WATCHER") };
    let of = text(secret.value(), "/data/cluster");
    report.same(Link::SecretPlace, of, secret.end("metadata.namespace", &found), to.clone());
    if cluster != plane.home.name {
        report.add(Link::SecretWatcher, &plane.home.name, plane.env_end("LOCAL_CLUSTER_SECRET_WATCHER"), to);
    }
    let label = text(secret.value(), "/metadata/labels/istio~1multiCluster");
    let from = secret.end("metadata.labels istio/multiCluster", label);
    report.same(Link::SecretPlace, of, from, End::of("label that istiod looks for", "true"));
}

/// With the label istiod takes the config cluster for one more cluster, called `config` (0.42).
fn labelled(plane: &Plane, secret: Found, report: &mut Report) {
    let label = text(secret.value(), "/metadata/labels/istio~1multiCluster");
    if label == "true" && secret.name() == "istio-kubeconfig" {
        let from = secret.end("metadata.labels istio/multiCluster", label);
        let to = End::of("no further cluster", "config");
        report.add(Link::ConfigSecretLabel, &plane.home.name, from, to);
    }
}

/// istiod runs on another cluster than the API server (0.25).
fn server(secret: Found, report: &mut Report) {
    let server = text(secret.value(), "/data/server");
    let host = server.strip_prefix("https://").unwrap_or_default();
    let loopback = ["127.", "localhost", "[::1]", "0.0.0.0"].iter().any(|it| host.starts_with(it));
    if !server.is_empty() && (host.is_empty() || loopback) {
        let from = secret.end("data server", server);
        let to = End::of("address that another cluster reaches", "https://HOST:PORT");
        report.add(Link::ApiServer, text(secret.value(), "/data/cluster"), from, to);
    }
}
