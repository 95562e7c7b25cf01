//! What is true of every object, whoever made it.

use super::Report;
use crate::broken::End;
use crate::link::Link;
use crate::value::{entries, is_true, list, selects, text};
use crate::world::{Cluster, Found, World};
use serde_json::Value;

const PODS: &str = "/spec/template/metadata/labels";

pub(super) fn follow(world: &World, report: &mut Report) {
    for cluster in &world.clusters {
        left(cluster, report);
        for found in cluster.all("Deployment") {
            account(found, report);
            volumes(found, report);
            if !selects(found.value(), "/spec/selector/matchLabels", found.value(), PODS) {
                let from = found.end("spec.selector", printed(found.value(), "/spec/selector/matchLabels"));
                let to = found.end("spec.template.metadata.labels", printed(found.value(), PODS));
                report.add(Link::PodLabels, &cluster.name, from, to);
            }
        }
        for service in cluster.all("Service").filter(|it| it.value().pointer("/spec/selector").is_some()) {
            if pods(service).next().is_none() {
                let from = service.end("spec.selector", printed(service.value(), "/spec/selector"));
                let to = End::of(format!("Deployment in namespace {}", service.namespace()), "");
                report.add(Link::ServicePods, &cluster.name, from, to);
            }
        }
    }
}

/// What install.sh makes uninstall.sh removes, whether or not its namespace stays (0.35).
fn left(cluster: &Cluster, report: &mut Report) {
    for (id, object) in cluster.objects.iter().filter(|(id, it)| it.since > 0 && !cluster.removed.contains(id)) {
        let found = Found { cluster, id, object };
        report.add(Link::Leftover, &cluster.name, found.end("", ""), End::of("uninstall.sh", ""));
    }
}

/// The Deployments whose pods a Service selects.
pub(super) fn pods(service: Found<'_>) -> impl Iterator<Item = Found<'_>> {
    let all = service.cluster.all("Deployment").filter(move |it| it.namespace() == service.namespace());
    all.filter(move |it| selects(service.value(), "/spec/selector", it.value(), PODS))
}

fn account(found: Found, report: &mut Report) {
    let name = text(found.value(), "/spec/template/spec/serviceAccountName");
    if !name.is_empty() && found.cluster.get("ServiceAccount", found.namespace(), name).is_none() {
        let from = found.end("spec.template.spec.serviceAccountName", name);
        report.add(Link::ServiceAccount, &found.cluster.name, from, End::of("ServiceAccount", ""));
    }
}

fn volumes(found: Found, report: &mut Report) {
    for volume in list(found.value(), "/spec/template/spec/volumes") {
        for (kind, source, key) in [("ConfigMap", "/configMap", "/name"), ("Secret", "/secret", "/secretName")] {
            let source = volume.pointer(source).unwrap_or(&Value::Null);
            let name = text(source, key);
            let optional = is_true(source, "/optional");
            if !name.is_empty() && !optional && found.cluster.get(kind, found.namespace(), name).is_none() {
                let field = format!("spec.template.spec.volumes {}", text(volume, "/name"));
                let to = End::of(format!("{kind} in namespace {}", found.namespace()), "");
                report.add(Link::Volume, &found.cluster.name, found.end(&field, name), to);
            }
        }
    }
}

/// A map of texts, in a form to print.
pub(super) fn printed(value: &Value, path: &str) -> String {
    entries(value, path).map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(",")
}
