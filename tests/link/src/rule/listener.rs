//! From each server of the gateway in front of istiod to istiod's own port.

use super::Report;
use super::gateway::workloads;
use super::mesh::{Listener, Mesh};
use super::object::pods;
use super::route::{Route, routes, service};
use super::trust;
use crate::broken::End;
use crate::link::Link;
use crate::value::{list, number, text};
use crate::world::Found;

pub(super) fn follow(mesh: &Mesh, report: &mut Report) {
    for listener in &mesh.listeners {
        mode(listener, report);
        credential(mesh, listener, report);
        let Some(route) = route(mesh, listener) else {
            let to = End::of(format!("VirtualService of Gateway {}", listener.gateway.name()), "");
            let from = listener.end("port.number", listener.port().to_string());
            report.add(Link::RoutePort, &mesh.home.name, from, to);
            continue;
        };
        section(mesh, listener, &route, report);
        target(mesh, listener, &route, report);
        if listener.mode() == "SIMPLE" {
            trust::follow(mesh, listener, &route, report);
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
fn credential(mesh: &Mesh, listener: &Listener, report: &mut Report) {
    let name = text(listener.value, "/tls/credentialName");
    for pod in workloads(mesh, listener.gateway).into_iter().filter(|_| !name.is_empty()) {
        if pod.cluster.get("Secret", pod.namespace(), name).is_none() {
            let to = End::of(format!("Secret in namespace {} of {}", pod.namespace(), pod.cluster.name), "");
            report.add(Link::GatewayCredential, &mesh.home.name, listener.end("tls.credentialName", name), to);
        }
    }
}

fn route<'w>(mesh: &Mesh<'w>, listener: &Listener) -> Option<Route<'w>> {
    let gateway = listener.gateway;
    let of = |found: &Found| {
        let names = list(found.value(), "/spec/gateways");
        names.iter().any(|name| name.as_str() == Some(gateway.name())) && found.namespace() == gateway.namespace()
    };
    let all = mesh.home.all("VirtualService").filter(of).flat_map(routes);
    let mut all = all.filter(|route| route.ports.is_empty() || route.ports.contains(&listener.port()));
    all.next()
}

/// What is decrypted is routed as HTTP, what is not by the names in TLS (0.18).
fn section(mesh: &Mesh, listener: &Listener, route: &Route, report: &mut Report) {
    let wanted = if listener.mode() == "SIMPLE" { "http" } else { "tls" };
    if route.kind != wanted {
        let to = listener.end("tls.mode", listener.mode());
        report.add(Link::RouteMode, &mesh.home.name, route.end("", route.kind), to);
    }
    if route.kind == "tls" && !route.names.iter().any(|name| listener.takes(name)) {
        let from = route.end("match.sniHosts", route.names.join(", "));
        report.add(Link::RouteMode, &mesh.home.name, from, listener.end("hosts", listener.hosts()));
    }
    for host in list(route.service.value(), "/spec/hosts").iter().filter_map(|host| host.as_str()) {
        if !listener.takes(host) {
            let from = route.service.end("spec.hosts", host);
            report.add(Link::RouteHost, &mesh.home.name, from, listener.end("hosts", listener.hosts()));
        }
    }
}

/// The route ends at istiod, at the port that does what the gateway's port is for: they are the same
/// in istiod's pod (0.19).
fn target(mesh: &Mesh, listener: &Listener, route: &Route, report: &mut Report) {
    let Some(service) = service(route.service, route.host) else {
        return;
    };
    let from = route.end("route.destination", format!("{}:{}", route.host, route.port));
    if !pods(service).any(|pod| pod.name() == mesh.istiod.name() && pod.namespace() == mesh.namespace()) {
        let to = mesh.istiod.end("", mesh.istiod.name());
        report.add(Link::RouteWorkload, &mesh.home.name, from.clone(), to);
    }
    if let Some(port) = list(service.value(), "/spec/ports").iter().find(|it| number(it, "/port") == route.port) {
        let target = match number(port, "/targetPort") {
            0 => route.port,
            target => target,
        };
        if target != listener.port() {
            let to = listener.end("port.number", listener.port().to_string());
            report.add(Link::RouteWorkload, &mesh.home.name, End { value: target.to_string(), ..from }, to);
        }
    }
}
