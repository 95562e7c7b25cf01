//! From each server of the gateway in front of istiod to istiod's own port.

use super::Report;
use super::gateway::workloads;
use super::model::Model;
use super::object::pods;
use super::plane::Plane;
use super::route::{Route, routes, service};
use super::trust;
use crate::broken::End;
use crate::link::Link;
use crate::value::{list, number, text, texts};
use crate::world::Found;
use serde_json::Value;

/// A server of a Gateway.
#[derive(Clone, Copy)]
pub(super) struct Listener<'w> {
    pub(super) gateway: Found<'w>,
    pub(super) index: usize,
    pub(super) value: &'w Value,
}

impl<'w> Listener<'w> {
    /// The servers of a Gateway.
    pub(super) fn of(gateway: Found<'w>) -> impl Iterator<Item = Listener<'w>> {
        let servers = list(gateway.value(), "/spec/servers").iter().enumerate();
        servers.map(move |(index, value)| Listener { gateway, index, value })
    }

    pub(super) fn port(&self) -> u64 {
        number(self.value, "/port/number")
    }

    pub(super) fn mode(&self) -> &'w str {
        text(self.value, "/tls/mode")
    }

    /// Whether a client comes in that asks for a name, or for none.
    pub(super) fn takes(&self, name: Option<&str>) -> bool {
        texts(self.value, "/hosts").any(|it| it == "*" || Some(it) == name)
    }

    /// Whether a name is one of its hosts as it stands.
    pub(super) fn lists(&self, name: &str) -> bool {
        texts(self.value, "/hosts").any(|it| it == name)
    }

    pub(super) fn hosts(&self) -> String {
        texts(self.value, "/hosts").collect::<Vec<_>>().join(", ")
    }

    pub(super) fn end(&self, field: &str, value: impl Into<String>) -> End {
        self.gateway.end(&format!("spec.servers[{}].{field}", self.index), value)
    }

    /// The route of its Gateway that is for its port.
    pub(super) fn route(&self) -> Option<Route<'w>> {
        let gateway = self.gateway;
        let of = |found: &Found| {
            let names = list(found.value(), "/spec/gateways");
            names.iter().any(|name| name.as_str() == Some(gateway.name())) && found.namespace() == gateway.namespace()
        };
        let all = gateway.cluster.all("VirtualService").filter(of).flat_map(routes);
        let mut all = all.filter(|route| route.ports.is_empty() || route.ports.contains(&self.port()));
        all.next()
    }
}

pub(super) fn follow(model: &Model, report: &mut Report) {
    for plane in model.control_planes() {
        for listener in &plane.listeners {
            mode(listener, report);
            credential(model, listener, report);
            let Some(route) = listener.route() else {
                let to = End::of(format!("VirtualService of Gateway {}", listener.gateway.name()), "");
                let from = listener.end("port.number", listener.port().to_string());
                report.add(Link::RoutePort, &plane.home.name, from, to);
                continue;
            };
            section(plane, listener, &route, report);
            target(plane, listener, &route, report);
            if listener.mode() == "SIMPLE" {
                trust::follow(model, plane, listener, &route, report);
            }
        }
        once(model, plane, report);
    }
}

/// A name at a port leads to one control plane (0.36).
fn once(model: &Model, plane: &Plane, report: &mut Report) {
    let others = model.control_planes().filter(|other| !other.is(plane) && other.home.name == plane.home.name);
    for other in others.flat_map(|other| &other.listeners) {
        for own in plane.listeners.iter().filter(|own| own.port() == other.port()) {
            let same = |host: &str| host == "*" || other.takes(Some(host));
            let shared = || {
                let pods = workloads(model, other.gateway);
                workloads(model, own.gateway).iter().any(|pod| pods.iter().any(|it| it.id == pod.id))
            };
            if texts(own.value, "/hosts").any(same) && shared() {
                let to = other.end("hosts", other.hosts());
                report.add(Link::HostOnce, &plane.home.name, own.end("hosts", own.hosts()), to);
            }
        }
    }
}

/// A server that ends TLS needs a certificate; one that passes it on has none.
fn mode(listener: &Listener, report: &mut Report) {
    let credential = text(listener.value, "/tls/credentialName");
    let protocol = text(listener.value, "/port/protocol").to_lowercase();
    let right = match listener.mode() {
        "SIMPLE" => protocol == "https" && !credential.is_empty(),
        "PASSTHROUGH" => matches!(protocol.as_str(), "tls" | "https") && credential.is_empty(),
        _ => false,
    };
    if !right {
        let from = listener.end("tls", listener.mode());
        let to = listener.end("port.protocol, tls.credentialName", format!("{protocol}, {credential}"));
        report.add(Link::GatewayMode, &listener.gateway.cluster.name, from, to);
    }
}

/// The certificate is where the gateway's pods are, not where the Gateway is (0.17).
fn credential(model: &Model, listener: &Listener, report: &mut Report) {
    let name = text(listener.value, "/tls/credentialName");
    for pod in workloads(model, listener.gateway).into_iter().filter(|_| !name.is_empty()) {
        if pod.cluster.get("Secret", pod.namespace(), name).is_none() {
            let to = End::of(format!("Secret in namespace {} of {}", pod.namespace(), pod.cluster.name), "");
            report.add(Link::GatewayCredential, &pod.cluster.name, listener.end("tls.credentialName", name), to);
        }
    }
}

/// What is decrypted is routed as HTTP, what is not by the names in TLS (0.18).
fn section(plane: &Plane, listener: &Listener, route: &Route, report: &mut Report) {
    let wanted = if listener.mode() == "SIMPLE" { "http" } else { "tls" };
    if route.kind != wanted {
        let to = listener.end("tls.mode", listener.mode());
        report.add(Link::RouteMode, &plane.home.name, route.end("", route.kind), to);
    }
    if route.kind == "tls" && !route.names.iter().any(|name| listener.takes(Some(name))) {
        let from = route.end("match.sniHosts", route.names.join(", "));
        report.add(Link::RouteMode, &plane.home.name, from, listener.end("hosts", listener.hosts()));
    }
    for host in list(route.service.value(), "/spec/hosts").iter().filter_map(|host| host.as_str()) {
        if !listener.lists(host) {
            let from = route.service.end("spec.hosts", host);
            report.add(Link::RouteHost, &plane.home.name, from, listener.end("hosts", listener.hosts()));
        }
    }
}

/// The route ends at istiod, at the port that does what the gateway's port is for: they are the same
/// in istiod's pod (0.19).
fn target(plane: &Plane, listener: &Listener, route: &Route, report: &mut Report) {
    let Some(service) = service(route.service, route.host) else {
        return;
    };
    let from = route.end("route.destination", format!("{}:{}", route.host, route.port));
    if !pods(service).any(|pod| pod.name() == plane.istiod.name() && pod.namespace() == plane.namespace()) {
        let to = plane.istiod.end("", plane.istiod.name());
        report.add(Link::RouteWorkload, &plane.home.name, from.clone(), to);
    }
    if let Some(port) = list(service.value(), "/spec/ports").iter().find(|it| number(it, "/port") == route.port) {
        let target = match number(port, "/targetPort") {
            0 => route.port,
            target => target,
        };
        if target != listener.port() {
            let to = listener.end("port.number", listener.port().to_string());
            report.add(Link::RouteWorkload, &plane.home.name, End { value: target.to_string(), ..from }, to);
        }
    }
}
