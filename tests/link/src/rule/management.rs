//! Which istiod manages a cluster, and by which secret.

use super::Report;
use super::mesh::{Member, Mesh};
use crate::broken::End;
use crate::link::Link;
use crate::value::text;
use crate::world::Found;

const ANNOTATION: &str = "/metadata/annotations/topology.istio.io~1controlPlaneClusters";

pub(super) fn follow(mesh: &Mesh, report: &mut Report) {
    config(mesh, report);
    for member in mesh.members.iter().filter(|member| !member.is_config) {
        in_charge(mesh, member, report);
    }
    for secret in &mesh.secrets {
        place(mesh, secret, report);
    }
    for secret in mesh.secrets.iter().chain(&mesh.config_secret) {
        server(secret, report);
        labelled(mesh, secret, report);
    }
}

/// istiod reads its configuration from another cluster (0.23).
fn config(mesh: &Mesh, report: &mut Report) {
    let place = format!("{}, namespace {}", mesh.home.name, mesh.namespace());
    let from = mesh.istiod.end("spec.template.spec.volumes istio-kubeconfig", &place);
    let Some(secret) = mesh.config_secret else {
        return report.add(Link::ConfigSecret, &mesh.home.name, from, End::of("Secret istio-kubeconfig", ""));
    };
    let found = format!("{}, namespace {}", secret.cluster.name, secret.namespace());
    report.same(Link::ConfigSecret, &mesh.home.name, from, secret.end("metadata.namespace", found));
    if mesh.config().is_none() {
        let of = text(secret.value(), "/data/cluster");
        let from = secret.end("data.config", of);
        report.add(Link::ConfigSecret, &mesh.home.name, from, End::of("a remote cluster", ""));
    }
    // The volume is optional: without it istiod starts, and reads its own cluster.
    if secret.object.since > mesh.istiod.object.since {
        let from = mesh.istiod.end("", "earlier");
        report.add(Link::ConfigSecretFirst, &mesh.home.name, from, secret.end("", "later"));
    }
}

/// The namespace says which istiod is in charge, before istiod sees the cluster (0.7).
fn in_charge(mesh: &Mesh, member: &Member, report: &mut Report) {
    let Some(namespace) = member.cluster.get("Namespace", "", mesh.namespace()) else {
        let to = mesh.istiod.end("metadata.namespace", mesh.namespace());
        return report.add(Link::Namespace, member.name(), End::of("Namespace", ""), to);
    };
    let said = text(namespace.value(), ANNOTATION);
    let from = namespace.end("metadata.annotations topology.istio.io/controlPlaneClusters", said);
    if !said.split(',').any(|it| it == mesh.id || it == "*") {
        report.add(Link::InCharge, member.name(), from.clone(), mesh.env_end("CLUSTER_ID"));
    }
    let secret = mesh.secrets.iter().find(|it| text(it.value(), "/data/cluster") == member.name());
    if let Some(secret) = secret.filter(|secret| secret.object.since < namespace.object.changed) {
        report.add(Link::InChargeFirst, member.name(), from, secret.end("", "applied earlier"));
    }
}

/// istiod looks for remote secrets in its own namespace, of its own cluster if it watches that (0.10).
fn place(mesh: &Mesh, secret: &Found, report: &mut Report) {
    let watches = mesh.env("LOCAL_CLUSTER_SECRET_WATCHER") == Some("true");
    let cluster = if watches { Some(mesh.home.name.as_str()) } else { mesh.config().map(Member::name) };
    let found = format!("{}, namespace {}", secret.cluster.name, secret.namespace());
    let looks = format!("{}, namespace {}", cluster.unwrap_or_default(), mesh.namespace());
    let to = End { value: looks, ..mesh.env_end("LOCAL_CLUSTER_SECRET_WATCHER") };
    let of = text(secret.value(), "/data/cluster");
    report.same(Link::SecretPlace, of, secret.end("metadata.namespace", &found), to.clone());
    if !watches {
        report.add(Link::SecretWatcher, &mesh.home.name, mesh.env_end("LOCAL_CLUSTER_SECRET_WATCHER"), to);
    }
    let label = text(secret.value(), "/metadata/labels/istio~1multiCluster");
    let from = secret.end("metadata.labels istio/multiCluster", label);
    report.same(Link::SecretPlace, of, from, End::of("label that istiod looks for", "true"));
}

/// With the label istiod takes the config cluster for one more cluster, called `config` (0.42).
fn labelled(mesh: &Mesh, secret: &Found, report: &mut Report) {
    let label = text(secret.value(), "/metadata/labels/istio~1multiCluster");
    if label == "true" && secret.name() == "istio-kubeconfig" {
        let from = secret.end("metadata.labels istio/multiCluster", label);
        let to = End::of("no further cluster", "config");
        report.add(Link::ConfigSecretLabel, &mesh.home.name, from, to);
    }
}

/// istiod runs on another cluster than the API server (0.25).
fn server(secret: &Found, report: &mut Report) {
    let server = text(secret.value(), "/data/server");
    let host = server.strip_prefix("https://").unwrap_or_default();
    let loopback = ["127.", "localhost", "[::1]", "0.0.0.0"].iter().any(|it| host.starts_with(it));
    if !server.is_empty() && (host.is_empty() || loopback) {
        let from = secret.end("data server", server);
        let to = End::of("address that another cluster reaches", "https://HOST:PORT");
        report.add(Link::ApiServer, text(secret.value(), "/data/cluster"), from, to);
    }
}
