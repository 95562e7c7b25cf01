//! Pods and the webhooks that inject them.

use super::Report;
use super::model::Model;
use super::object::printed;
use super::plane::{CONTAINER, Member, Plane};
use super::trust::rule;
use crate::broken::End;
use crate::link::Link;
use crate::value::{list, text, texts};
use crate::world::{Cluster, Found};
use serde_json::Value;

const PODS: &str = "/spec/template/metadata/labels";

pub(super) fn follow(model: &Model, report: &mut Report) {
    for plane in model.control_planes() {
        for member in &plane.members {
            if member.webhooks.is_empty() {
                let to = End::of("MutatingWebhookConfiguration", "");
                report.add(Link::Injected, member.name(), End::of("pods", member.name()), to);
            }
            probes(plane, member, report);
            for found in member.cluster.all("Deployment").filter(|it| !is_whole(plane, member, *it)) {
                pod(member, found, report);
            }
        }
    }
}

/// istiod, and gateways that its own file brings, are whole without an injector.
fn is_whole(plane: &Plane, member: &Member, found: Found) -> bool {
    let container = |name: &str| text(found.value(), &format!("{CONTAINER}/{name}"));
    let proxy = container("name") == "istio-proxy" && container("image") != "auto";
    plane.is_home(member) && (container("name") == "discovery" || proxy)
}

/// Every other pod that a bundle puts on a cluster of a mesh belongs to that mesh (0.38).
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
fn probes(plane: &Plane, member: &Member, report: &mut Report) {
    for probe in &member.cluster.probes {
        let said = printed(&probe.labels, "");
        let from = End { file: "install.sh".to_owned(), ..End::of("pod that install.sh asks for", said) };
        if !injected(member, &probe.namespace, &probe.labels) {
            report.add(Link::Injected, member.name(), from.clone(), selectors(member, &probe.namespace));
        }
        let webhooks = member.webhooks.iter().map(|webhook| webhook.found);
        for late in way(plane, member).into_iter().chain(webhooks).filter(|it| it.object.since > probe.at) {
            report.add(Link::InjectedFirst, member.name(), from.clone(), late.end("", "later"));
        }
    }
}

/// What a webhook's request needs on its way. Access to a further cluster is not a part of that.
fn way<'w>(plane: &Plane<'w>, member: &Member) -> Vec<Found<'w>> {
    let secret = |namespace: &str, name: &str| plane.home.get("Secret", namespace, name);
    let mut all = vec![plane.istiod];
    all.extend(plane.config_secret);
    all.extend(secret(plane.namespace(), "cacerts"));
    let listeners = if plane.is_home(member) { &[] } else { plane.listeners.as_slice() };
    for listener in listeners {
        all.push(listener.gateway);
        let Some(route) = listener.route() else {
            continue;
        };
        all.push(route.service);
        let Some(rule) = rule(plane, &route) else {
            continue;
        };
        all.push(rule);
        let policies = list(rule.value(), "/spec/trafficPolicy/portLevelSettings").iter();
        let names =
            policies.map(|it| text(it, "/tls/credentialName")).chain([text(listener.value, "/tls/credentialName")]);
        all.extend(names.flat_map(|name| plane.home.all("Secret").filter(move |it| it.name() == name)));
    }
    all
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
