//! Pods and the webhooks that inject them.

use super::Report;
use super::mesh::{Member, Mesh, printed};
use crate::broken::End;
use crate::link::Link;
use crate::value::{list, text, texts};
use crate::world::{Cluster, Found};
use serde_json::Value;

const PODS: &str = "/spec/template/metadata/labels";

pub(super) fn follow(mesh: &Mesh, report: &mut Report) {
    for member in &mesh.members {
        if member.webhooks.is_empty() {
            let to = End::of("MutatingWebhookConfiguration", "");
            report.add(Link::Injected, member.name(), End::of("pods", member.name()), to);
        }
        probes(mesh, member, report);
        for found in member.cluster.all("Deployment") {
            pod(member, found, report);
        }
    }
}

/// Every pod that a bundle puts on a remote cluster belongs to the mesh (0.38).
fn pod(member: &Member, found: Found, report: &mut Report) {
    let none = Value::Null;
    let labels = found.value().pointer(PODS).unwrap_or(&none);
    if !injected(member, found.namespace(), labels) {
        let from = found.end("spec.template.metadata.labels", printed(found.value(), PODS));
        report.add(Link::Injected, member.name(), from, selectors(member, found.namespace()));
    }
    if !member.cluster.probes.iter().any(|probe| probe.at < found.object.since) {
        let to = End::of("a wait until pods are injected", "");
        report.add(Link::InjectedFirst, member.name(), found.end("", found.name()), to);
    }
}

/// The pods that install.sh asks for: they would be injected, and by then everything is there that
/// injection needs.
fn probes(mesh: &Mesh, member: &Member, report: &mut Report) {
    for probe in &member.cluster.probes {
        let said = printed(&probe.labels, "");
        let from = End { file: "install.sh".to_owned(), ..End::of("pod that install.sh asks for", said) };
        if !injected(member, &probe.namespace, &probe.labels) {
            report.add(Link::Injected, member.name(), from.clone(), selectors(member, &probe.namespace));
        }
        let kinds = ["Gateway", "VirtualService", "DestinationRule", "Secret"];
        let way = kinds.iter().flat_map(|kind| mesh.home.all(kind)).chain([mesh.istiod]);
        // Access to a further cluster is not what the way to istiod needs.
        let needed = way.filter(|it| !mesh.secrets.iter().any(|secret| secret.name() == it.name()));
        let webhooks = member.webhooks.iter().map(|webhook| webhook.found);
        for late in needed.chain(webhooks).filter(|it| it.object.since > probe.at) {
            report.add(Link::InjectedFirst, member.name(), from.clone(), late.end("", "later"));
        }
    }
}

/// Whether one of the cluster's webhooks takes a pod.
fn injected(member: &Member, namespace: &str, pod: &Value) -> bool {
    let none = Value::Null;
    let labels = labels(member.cluster, namespace).unwrap_or(&none);
    member.webhooks.iter().any(|webhook| {
        matches(webhook.value, "/namespaceSelector", labels) && matches(webhook.value, "/objectSelector", pod)
    })
}

fn labels<'w>(cluster: &'w Cluster, namespace: &str) -> Option<&'w Value> {
    cluster.get("Namespace", "", namespace)?.value().pointer("/metadata/labels")
}

/// Whether labels are as a selector's expressions have them.
fn matches(webhook: &Value, selector: &str, labels: &Value) -> bool {
    list(webhook, &format!("{selector}/matchExpressions")).iter().all(|expression| {
        let found = labels.get(text(expression, "/key")).and_then(Value::as_str);
        let listed = found.is_some_and(|found| texts(expression, "/values").any(|value| value == found));
        match text(expression, "/operator") {
            "In" => listed,
            "NotIn" => !listed,
            "Exists" => found.is_some(),
            "DoesNotExist" => found.is_none(),
            _ => false,
        }
    })
}

/// What the namespace says, beside what the webhooks ask for.
fn selectors(member: &Member, namespace: &str) -> End {
    let said = labels(member.cluster, namespace).map(|labels| printed(labels, "")).unwrap_or_default();
    let revision =
        member.webhooks.first().map_or("", |webhook| text(webhook.found.value(), "/metadata/labels/istio.io~1rev"));
    let object = format!("webhooks of revision {revision}, with namespace {namespace} labelled");
    match member.webhooks.first() {
        Some(webhook) => End { file: webhook.found.object.file.clone(), ..End::of(object, said) },
        None => End::of("MutatingWebhookConfiguration", ""),
    }
}
