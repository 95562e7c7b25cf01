//! istiod's address, as webhooks and proxies have it: each leads to a gateway that listens there, and
//! that shows a certificate which they trust.

use super::Report;
use super::gateway::addresses;
use super::mesh::{Listener, Member, Mesh, Webhook, webhooks};
use crate::broken::End;
use crate::link::Link;
use crate::value::{list, number, text, texts};
use std::net::IpAddr;

const OS_ROOTS: &str = "/etc/ssl/certs/ca-certificates.crt";

/// Whose certificates a client takes, and which of a gateway's modes shows one.
#[derive(Clone, Copy, PartialEq)]
enum Trust {
    Public,
    Mesh,
}

impl Trust {
    fn mode(self) -> &'static str {
        match self {
            Trust::Public => "SIMPLE",
            Trust::Mesh => "PASSTHROUGH",
        }
    }
}

pub(super) fn follow(mesh: &Mesh, report: &mut Report) {
    for member in &mesh.members {
        for webhook in &member.webhooks {
            let links = [Link::WebhookGateway, Link::WebhookTrust];
            client(mesh, member, webhook, links, report);
        }
        for webhook in webhooks(member.cluster, "ValidatingWebhookConfiguration") {
            client(mesh, member, &webhook, [Link::ValidationGateway, Link::ValidationTrust], report);
            let to = End::of("istiod's path", "/validate");
            report.same(Link::ValidationPath, member.name(), webhook.end(" path", webhook.path()), to);
        }
    }
    proxies(mesh, report);
}

/// `a:1` or `[::1]:1` in two.
fn parts(address: &str) -> (&str, u64) {
    let (host, port) = address.rsplit_once(':').unwrap_or((address, ""));
    (host.trim_start_matches('[').trim_end_matches(']'), port.parse().unwrap_or_default())
}

/// The gateway's server at an address.
fn reach<'w>(
    mesh: &Mesh<'w>,
    link: Link,
    cluster: &str,
    from: End,
    address: (&str, u64),
    report: &mut Report,
) -> Option<Listener<'w>> {
    let (host, port) = address;
    let at_port = || mesh.listeners.iter().filter(|listener| listener.port() == port);
    let is_ip = host.parse::<IpAddr>().is_ok();
    // A client of an IP address sends no name.
    let takes = |listener: &&&Listener| if is_ip { listener.takes("*") } else { listener.takes(host) };
    let Some(listener) = at_port().find(|listener| takes(&listener)) else {
        let to = match at_port().next() {
            Some(other) => other.end("hosts", other.hosts()),
            None => End::of(format!("Gateway with port {port} on {}", mesh.home.name), ""),
        };
        report.add(link, cluster, from, to);
        return None;
    };
    let known = addresses(mesh, listener.gateway);
    if is_ip && !known.iter().any(|(_, ip)| ip == host) {
        let to = known.first().map(|(service, ip)| service.end("status.loadBalancer", ip));
        report.add(link, cluster, from, to.unwrap_or_else(|| End::of("the gateway's Service", "")));
    }
    Some(*listener)
}

fn trusts(link: Link, cluster: &str, from: End, trust: Trust, listener: &Listener, report: &mut Report) {
    if listener.mode() != trust.mode() {
        report.add(link, cluster, from, listener.end("tls.mode", listener.mode()));
    }
}

fn client(mesh: &Mesh, member: &Member, webhook: &Webhook, [link, trust]: [Link; 2], report: &mut Report) {
    let Some(service) = webhook.service() else {
        let url = webhook.url();
        let address = url.strip_prefix("https://").and_then(|rest| rest.split('/').next()).unwrap_or_default();
        let (host, port) =
            if address.contains("]:") || address.matches(':').count() == 1 { parts(address) } else { (address, 443) };
        if let Some(listener) = reach(mesh, link, member.name(), webhook.end(".url", url), (host, port), report) {
            trusts(trust, member.name(), webhook.end(".url", url), Trust::Public, &listener, report);
        }
        return;
    };
    let (namespace, name) = (text(service, "/namespace"), text(service, "/name"));
    let from = webhook.end(".service", format!("{namespace}/{name}"));
    let wanted = service.pointer("/port").and_then(serde_json::Value::as_u64).unwrap_or(443);
    let found = member.cluster.get("Service", namespace, name);
    let ports = found.map_or(&[] as &[_], |found| list(found.value(), "/spec/ports"));
    let Some((found, port)) = found.zip(ports.iter().find(|it| number(it, "/port") == wanted)) else {
        let to = End::of(format!("Service with port {wanted} on {}", member.name()), "");
        return report.add(Link::WebhookService, member.name(), from, to);
    };
    let slices = member.cluster.all("EndpointSlice").filter(|slice| {
        slice.namespace() == namespace && text(slice.value(), "/metadata/labels/kubernetes.io~1service-name") == name
    });
    let mut led = false;
    for slice in slices {
        let end = list(slice.value(), "/ports").iter().find(|it| text(it, "/name") == text(port, "/name"));
        let number = end.map_or(0, |end| number(end, "/port"));
        for address in list(slice.value(), "/endpoints").iter().flat_map(|it| texts(it, "/addresses")) {
            led = true;
            let from = slice.end("endpoints[0].addresses", address);
            let to = (address, number);
            if let Some(listener) = reach(mesh, Link::RemoteAddress, member.name(), from.clone(), to, report) {
                trusts(trust, member.name(), from, Trust::Mesh, &listener, report);
            }
        }
    }
    if !led {
        let from = found.end("spec.externalName", text(found.value(), "/spec/externalName"));
        report.add(Link::RemoteAddress, member.name(), from, End::of("EndpointSlice with an IP address", ""));
    }
}

/// What a template that prints a value without quotes makes of it.
fn printed(value: &str) -> &str {
    match value.strip_prefix('"').and_then(|value| value.strip_suffix('"')) {
        Some(inside) => inside,
        // The beginning of a list.
        None if value.starts_with('[') => "",
        None => value,
    }
}

/// What istiod tells proxies: where it is, and whose certificates to take.
fn proxies(mesh: &Mesh, report: &mut Report) {
    let home = mesh.home.name.as_str();
    if let Some((map, values)) = &mesh.injector {
        let said = printed(text(values, "/global/caAddress"));
        let from = map.end("data.values global.caAddress", said);
        reach(mesh, Link::CaAddress, home, from, parts(said), report);
    }
    let Some((map, said)) = &mesh.mesh else {
        return;
    };
    let address = text(said, "/defaultConfig/discoveryAddress");
    let from = map.end("data.mesh defaultConfig.discoveryAddress", address);
    let Some(listener) = reach(mesh, Link::DiscoveryAddress, home, from, parts(address), report) else {
        return;
    };
    for name in ["XDS_ROOT_CA", "CA_ROOT_CA"] {
        let roots = text(said, &format!("/defaultConfig/proxyMetadata/{name}"));
        let from = map.end(&format!("data.mesh defaultConfig.proxyMetadata.{name}"), roots);
        match roots {
            "" => trusts(Link::ProxyTrust, home, from, Trust::Mesh, &listener, report),
            OS_ROOTS => trusts(Link::ProxyTrust, home, from, Trust::Public, &listener, report),
            _ => report.add(Link::ProxyTrust, home, from, End::of("the roots of a proxy's image", OS_ROOTS)),
        }
    }
}
