//! Networks, and the gateways between them.

use super::Report;
use super::gateway::{gateways, services, workloads};
use super::mesh::{CONTAINER, Member, Mesh, NETWORK};
use crate::broken::End;
use crate::link::Link;
use crate::value::{list, text, variable};
use crate::world::Found;

const VIEW: &str = "ISTIO_META_REQUESTED_NETWORK_VIEW";

pub(super) fn follow(mesh: &Mesh, report: &mut Report) {
    for member in &mesh.members {
        let Some((webhook, (_, network))) = member.webhooks.first().zip(member.injected()) else {
            continue;
        };
        let injected = webhook.end(" network", network);
        if let Some(namespace) = member.cluster.get("Namespace", "", mesh.namespace()) {
            let from = namespace.end("metadata.labels topology.istio.io/network", label(namespace, "/metadata/labels"));
            report.same(Link::NamespaceNetwork, member.name(), from, injected.clone());
        }
        for service in member.cluster.all("Service").filter(|it| !label(*it, "/metadata/labels").is_empty()) {
            let of = label(service, "/metadata/labels");
            let from = service.end("metadata.labels topology.istio.io/network", of);
            report.same(Link::ServiceNetwork, member.name(), from, injected.clone());
        }
        for workload in member.cluster.all("Deployment").filter(|it| between(*it)) {
            east_west(mesh, member, workload, &injected, report);
        }
        operators(member, &injected, report);
    }
}

/// The network that an object's labels name.
fn label<'w>(found: Found<'w>, labels: &str) -> &'w str {
    text(found.value(), &format!("{labels}/{}", NETWORK.replace('/', "~1")))
}

/// Whether a gateway is one between networks: anything about it says so.
fn between(found: Found) -> bool {
    let view = variable(found.value(), &format!("{CONTAINER}/env"), VIEW).is_some();
    let labelled = |it: Found| !label(it, "/metadata/labels").is_empty();
    view || !label(found, "/spec/template/metadata/labels").is_empty() || services(found).any(labelled)
}

fn east_west(mesh: &Mesh, member: &Member, found: Found, injected: &End, report: &mut Report) {
    let own = label(found, "/spec/template/metadata/labels");
    // Charts before 1.26 label the Service alone.
    if !own.is_empty() {
        let from = found.end("spec.template.metadata.labels topology.istio.io/network", own);
        report.same(Link::GatewayNetwork, member.name(), from, injected.clone());
    }
    let view = variable(found.value(), &format!("{CONTAINER}/env"), VIEW).unwrap_or_default();
    report.same(Link::GatewayView, member.name(), found.end(&format!("env {VIEW}"), view), injected.clone());
    let Some(config) = mesh.config() else {
        return;
    };
    let passes = |gateway: &Found| {
        let servers = list(gateway.value(), "/spec/servers");
        servers.iter().any(|it| text(it, "/tls/mode") == "AUTO_PASSTHROUGH")
    };
    let selects = |gateway: &Found| {
        let is = |it: &Found| it.cluster.name == member.name() && it.name() == found.name();
        workloads(mesh, *gateway).iter().any(is)
    };
    if !gateways(config.cluster).filter(passes).any(|gateway| selects(&gateway)) {
        let from = found.end(
            "spec.template.metadata.labels",
            super::mesh::printed(found.value(), "/spec/template/metadata/labels"),
        );
        let to = End::of(format!("Gateway with AUTO_PASSTHROUGH on {}", config.name()), "");
        report.add(Link::Exposed, member.name(), from, to);
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
