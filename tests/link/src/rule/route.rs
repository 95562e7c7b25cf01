//! Routes, of Istio and of the Gateway API: from a gateway to a Service.

use super::Report;
use super::gateway::gateways;
use super::model::Model;
use crate::broken::End;
use crate::link::Link;
use crate::value::{list, number, text, texts};
use crate::world::Found;

/// One destination of a VirtualService.
pub(super) struct Route<'w> {
    pub(super) service: Found<'w>,
    /// `http` or `tls`.
    pub(super) kind: &'static str,
    pub(super) index: usize,
    /// Ports of the gateway that it is for; none if it is for all.
    pub(super) ports: Vec<u64>,
    /// Names that clients ask for in TLS.
    pub(super) names: Vec<&'w str>,
    pub(super) host: &'w str,
    pub(super) port: u64,
}

impl Route<'_> {
    pub(super) fn end(&self, field: &str, value: impl Into<String>) -> End {
        self.service.end(&format!("spec.{}[{}].{field}", self.kind, self.index), value)
    }
}

/// The routes of a VirtualService.
pub(super) fn routes(service: Found<'_>) -> Vec<Route<'_>> {
    let mut all = Vec::new();
    for kind in ["http", "tls"] {
        for (index, route) in list(service.value(), &format!("/spec/{kind}")).iter().enumerate() {
            let matches = list(route, "/match");
            for to in list(route, "/route") {
                all.push(Route {
                    service,
                    kind,
                    index,
                    ports: matches.iter().map(|it| number(it, "/port")).filter(|port| *port != 0).collect(),
                    names: matches.iter().flat_map(|it| texts(it, "/sniHosts")).collect(),
                    host: text(to, "/destination/host"),
                    port: number(to, "/destination/port/number"),
                });
            }
        }
    }
    all
}

/// The Service of a host, as a VirtualService names it: whole, or short in its own namespace.
pub(super) fn service<'w>(from: Found<'w>, host: &str) -> Option<Found<'w>> {
    let mut parts = host.strip_suffix(".svc.cluster.local").unwrap_or(host).split('.');
    let name = parts.next()?;
    let namespace = parts.next().unwrap_or(from.namespace());
    from.cluster.get("Service", namespace, name)
}

pub(super) fn follow(model: &Model, report: &mut Report) {
    for cluster in &model.world.clusters {
        for found in cluster.all("VirtualService") {
            gateway(found, report);
            for route in routes(found) {
                let end = route.end("route.destination.host", route.host);
                destination(found, route.host, route.port, end, report);
            }
        }
        for found in cluster.all("HTTPRoute") {
            api(found, report);
        }
    }
}

/// The VirtualService's gateways are there, and one listens for its hosts.
fn gateway(found: Found, report: &mut Report) {
    let cluster = found.cluster.name.as_str();
    for name in texts(found.value(), "/spec/gateways") {
        let (namespace, short) = name.split_once('/').unwrap_or((found.namespace(), name));
        let mut all = gateways(found.cluster);
        let Some(gateway) = all.find(|it| it.namespace() == namespace && it.name() == short) else {
            report.add(Link::RouteGateway, cluster, found.end("spec.gateways", name), End::of("Gateway", ""));
            continue;
        };
        let open: Vec<&str> =
            list(gateway.value(), "/spec/servers").iter().flat_map(|it| texts(it, "/hosts")).collect();
        for host in texts(found.value(), "/spec/hosts") {
            if !open.iter().any(|it| *it == host || *it == "*" || host == "*") {
                let to = gateway.end("spec.servers hosts", open.join(", "));
                report.add(Link::RouteHost, cluster, found.end("spec.hosts", host), to);
            }
        }
    }
}

fn destination(found: Found, host: &str, port: u64, from: End, report: &mut Report) {
    let cluster = found.cluster.name.as_str();
    let Some(service) = service(found, host) else {
        return report.add(Link::RouteService, cluster, from, End::of(format!("Service on {cluster}"), ""));
    };
    let ports = list(service.value(), "/spec/ports");
    if !ports.iter().any(|it| number(it, "/port") == port) {
        let open: Vec<String> = ports.iter().map(|it| number(it, "/port").to_string()).collect();
        let from = End { value: format!("{host}:{port}"), ..from };
        report.add(Link::RouteServicePort, cluster, from, service.end("spec.ports", open.join(", ")));
    }
}

/// A route of the Gateway API.
fn api(found: Found, report: &mut Report) {
    let cluster = found.cluster.name.as_str();
    for parent in list(found.value(), "/spec/parentRefs") {
        let name = text(parent, "/name");
        if found.cluster.get("Gateway", found.namespace(), name).is_none() {
            report.add(Link::ParentGateway, cluster, found.end("spec.parentRefs", name), End::of("Gateway", ""));
        }
    }
    for to in list(found.value(), "/spec/rules").iter().flat_map(|rule| list(rule, "/backendRefs")) {
        let name = text(to, "/name");
        destination(found, name, number(to, "/port"), found.end("spec.rules backendRefs", name), report);
    }
}
