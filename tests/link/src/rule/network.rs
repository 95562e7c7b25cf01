//! Networks, and the gateways between them.

use super::Report;
use super::gateway::{gateways, services, workloads};
use super::model::Model;
use super::object::printed;
use super::plane::{CONTAINER, Member, Names, Plane};
use crate::broken::End;
use crate::link::Link;
use crate::value::{list, text, variable};
use crate::world::Found;

const VIEW: &str = "ISTIO_META_REQUESTED_NETWORK_VIEW";
const NETWORK: &str = "topology.istio.io~1network";

pub(super) fn follow(model: &Model, report: &mut Report) {
    for plane in model.control_planes() {
        for member in &plane.members {
            let Some(injected) = member.names.as_ref().map(|names| names.network.clone()) else {
                continue;
            };
            if let Some(namespace) = member.cluster.get("Namespace", "", plane.namespace()) {
                let said = label(namespace, "/metadata/labels");
                let from = namespace.end("metadata.labels topology.istio.io/network", said);
                report.same(Link::NamespaceNetwork, member.name(), from, injected.clone());
            }
            for service in member.cluster.all("Service").filter(|it| !label(*it, "/metadata/labels").is_empty()) {
                let of = label(service, "/metadata/labels");
                let from = service.end("metadata.labels topology.istio.io/network", of);
                report.same(Link::ServiceNetwork, member.name(), from, injected.clone());
            }
            for workload in member.cluster.all("Deployment").filter(|it| between(*it)) {
                east_west((model, plane), member, workload, &injected, report);
            }
            operators(member, &injected, report);
            reached(model, plane, member, &injected, report);
        }
    }
}

/// Other networks reach a network by an east-west gateway on one of its clusters (0.27).
fn reached(model: &Model, plane: &Plane, member: &Member, network: &End, report: &mut Report) {
    let is = |names: &Names| names.network.value == network.value;
    let mut same = model.members(plane).filter(|(_, it)| it.names.as_ref().is_some_and(is));
    let found = same.any(|(_, it)| it.cluster.all("Deployment").any(between));
    if !found && model.has_several_networks(plane) {
        report.add(Link::NetworkGateway, member.name(), network.clone(), End::of("east-west gateway", ""));
    }
}

/// The network that an object's labels name.
fn label<'w>(found: Found<'w>, labels: &str) -> &'w str {
    text(found.value(), &format!("{labels}/{NETWORK}"))
}

/// Whether a gateway is one between networks: anything about it says so.
fn between(found: Found) -> bool {
    let view = variable(found.value(), &format!("{CONTAINER}/env"), VIEW).is_some();
    let labelled = |it: Found| !label(it, "/metadata/labels").is_empty();
    view || !label(found, "/spec/template/metadata/labels").is_empty() || services(found).any(labelled)
}

fn east_west((model, plane): (&Model, &Plane), member: &Member, found: Found, injected: &End, report: &mut Report) {
    let own = label(found, "/spec/template/metadata/labels");
    // Charts before 1.26 label the Service alone.
    if !own.is_empty() {
        let from = found.end("spec.template.metadata.labels topology.istio.io/network", own);
        report.same(Link::GatewayNetwork, member.name(), from, injected.clone());
    }
    let view = variable(found.value(), &format!("{CONTAINER}/env"), VIEW).unwrap_or_default();
    report.same(Link::GatewayView, member.name(), found.end(&format!("env {VIEW}"), view), injected.clone());
    let Some(config) = plane.config() else {
        return;
    };
    let selects = |gateway: Found| {
        let is = |it: &Found| it.cluster.name == member.name() && it.name() == found.name();
        workloads(model, gateway).iter().any(is)
    };
    // On one network alone it may be there for istiod.
    let for_istiod = plane.is_home(member) && plane.listeners.iter().any(|it| selects(it.gateway));
    if for_istiod && !model.has_several_networks(plane) {
        return;
    }
    let passes = |gateway: &Found| {
        let servers = list(gateway.value(), "/spec/servers");
        servers.iter().any(|it| text(it, "/tls/mode") == "AUTO_PASSTHROUGH")
    };
    if !gateways(config.cluster).filter(passes).any(selects) {
        let labels = printed(found.value(), "/spec/template/metadata/labels");
        let to = End::of(format!("Gateway with AUTO_PASSTHROUGH on {}", config.name()), "");
        report.add(Link::Exposed, member.name(), found.end("spec.template.metadata.labels", labels), to);
    }
}

/// A gateway's file names its network once more.
fn operators(member: &Member, injected: &End, report: &mut Report) {
    for (file, operator) in &member.cluster.operators {
        let value = text(operator, "/spec/values/global/network");
        if !value.is_empty() {
            let from = End {
                file: file.clone(),
                object: "IstioOperator".to_owned(),
                field: "spec.values.global.network".to_owned(),
                value: value.to_owned(),
            };
            report.same(Link::GatewayNetwork, member.name(), from, injected.clone());
        }
    }
}
