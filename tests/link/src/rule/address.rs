//! istiod's address, as webhooks and proxies have it: each leads to a gateway that listens there, and
//! that shows a certificate which they trust.

use super::Report;
use super::listener::Listener;
use super::model::Model;
use super::object::pods;
use super::plane::{Member, Plane};
use super::webhook::{Webhook, webhooks};
use crate::broken::End;
use crate::link::Link;
use crate::value::{list, number, text, texts};
use crate::world::Found;
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

/// What follows a client to istiod: for which control plane, and what to tell.
struct Follow<'m, 'w> {
    model: &'m Model<'w>,
    plane: &'m Plane<'w>,
    /// The cluster of the client.
    cluster: &'m str,
    /// What is told of where it leads, and of what it trusts.
    links: [Link; 2],
}

/// Where a client goes.
struct To<'a> {
    host: &'a str,
    port: u64,
    /// The name that it asks for in TLS; none with an IP address.
    name: Option<&'a str>,
    trust: Trust,
}

pub(super) fn follow(model: &Model, report: &mut Report) {
    for plane in &model.planes {
        for member in &plane.members {
            let at = |links| Follow { model, plane, cluster: member.name(), links };
            for webhook in &member.webhooks {
                at([Link::WebhookGateway, Link::WebhookTrust]).client(member, webhook, report);
            }
            for webhook in webhooks(member.cluster, "ValidatingWebhookConfiguration") {
                at([Link::ValidationGateway, Link::ValidationTrust]).client(member, &webhook, report);
                let to = End::of("istiod's path", "/validate");
                report.same(Link::ValidationPath, member.name(), webhook.end(" path", webhook.path()), to);
            }
        }
        if !plane.drives {
            proxies(model, plane, report);
        }
    }
}

/// `a:1` or `[::1]:1` in two.
fn parts(address: &str) -> (&str, u64) {
    let (host, port) = address.rsplit_once(':').unwrap_or((address, ""));
    (host.trim_start_matches('[').trim_end_matches(']'), port.parse().unwrap_or_default())
}

fn is_ip(host: &str) -> bool {
    host.parse::<IpAddr>().is_ok()
}

impl Follow<'_, '_> {
    fn client(&self, member: &Member, webhook: &Webhook, report: &mut Report) {
        let Some(service) = webhook.service() else {
            let address = webhook.authority();
            let with_port = address.contains("]:") || address.matches(':').count() == 1;
            let (host, port) = if with_port { parts(address) } else { (address, 443) };
            let to = To { host, port, name: Some(host).filter(|host| !is_ip(host)), trust: Trust::Public };
            return self.reach(webhook.end(".url", webhook.url()), &to, report);
        };
        let (namespace, name) = (text(service, "/namespace"), text(service, "/name"));
        let from = webhook.end(".service", format!("{namespace}/{name}"));
        let port = service.pointer("/port").and_then(serde_json::Value::as_u64).unwrap_or(443);
        let at = Follow { links: [Link::WebhookService, self.links[1]], ..*self };
        at.service(member, from, (namespace, name), (port, 15017), report);
    }

    /// A Service leads to istiod's own pods, or to a gateway in front of them; to istiod's port `target`.
    fn service(
        &self,
        member: &Member,
        from: End,
        (namespace, name): (&str, &str),
        (wanted, target): (u64, u64),
        report: &mut Report,
    ) {
        let found = member.cluster.get("Service", namespace, name);
        let ports = found.map_or(&[] as &[_], |found| list(found.value(), "/spec/ports"));
        let Some((found, port)) = found.zip(ports.iter().find(|it| number(it, "/port") == wanted)) else {
            let to = End::of(format!("Service with port {wanted} on {}", member.name()), "");
            return report.add(self.links[0], member.name(), from, to);
        };
        if found.value().pointer("/spec/selector").is_some() {
            let own = match number(port, "/targetPort") {
                0 => wanted,
                number => number,
            };
            let istiod = self.plane.istiod;
            let is = |it: Found| it.id == istiod.id && it.cluster.name == istiod.cluster.name;
            if own != target || !pods(found).any(is) {
                report.add(self.links[0], member.name(), from, istiod.end("", format!("port {target}")));
            }
            return;
        }
        let host = format!("{name}.{namespace}.svc");
        let slices = member.cluster.all("EndpointSlice").filter(|slice| {
            let of = text(slice.value(), "/metadata/labels/kubernetes.io~1service-name");
            slice.namespace() == namespace && of == name
        });
        let mut led = false;
        let at = Follow { links: [Link::RemoteAddress, self.links[1]], ..*self };
        for slice in slices {
            let end = list(slice.value(), "/ports").iter().find(|it| text(it, "/name") == text(port, "/name"));
            let port = end.map_or(0, |end| number(end, "/port"));
            for address in list(slice.value(), "/endpoints").iter().flat_map(|it| texts(it, "/addresses")) {
                led = true;
                let to = To { host: address, port, name: Some(&host), trust: Trust::Mesh };
                at.reach(slice.end("endpoints[0].addresses", address), &to, report);
            }
        }
        if !led {
            let from = found.end("spec.externalName", text(found.value(), "/spec/externalName"));
            report.add(Link::RemoteAddress, member.name(), from, End::of("EndpointSlice with an IP address", ""));
        }
    }

    /// A gateway listens at an address, lets a client in that asks for this name, and shows a certificate
    /// that it trusts.
    fn reach(&self, from: End, to: &To, report: &mut Report) {
        let Follow { model, plane, cluster, links: [link, trust] } = *self;
        let at_port = || plane.listeners.iter().filter(|listener| listener.port() == to.port);
        // Nothing but a gateway's hosts says that a name leads to it.
        let open = |it: &Listener| if is_ip(to.host) { it.takes(to.name) } else { it.lists(to.host) };
        let Some(listener) = at_port().find(|listener| open(listener)) else {
            let to = match at_port().next() {
                Some(other) => other.end("hosts", other.hosts()),
                None => End::of(format!("Gateway with port {} on {}", to.port, plane.home.name), ""),
            };
            return report.add(link, cluster, from, to);
        };
        let known = plane.addresses(model.world);
        if is_ip(to.host) && !known.iter().any(|(_, ip)| ip == to.host) {
            let to = known.first().map(|(service, ip)| service.end("status.loadBalancer", ip));
            let none = || End::of("the gateway's Service", "");
            return report.add(link, cluster, from, to.unwrap_or_else(none));
        }
        if listener.mode() != to.trust.mode() {
            return report.add(trust, cluster, from, listener.end("tls.mode", listener.mode()));
        }
        let route = listener.route().filter(|route| route.kind == "tls");
        if let Some(route) = route.filter(|route| !route.names.iter().any(|it| *it == "*" || Some(*it) == to.name)) {
            let from = End { value: to.name.unwrap_or_default().to_owned(), ..from };
            report.add(Link::RouteName, cluster, from, route.end("match.sniHosts", route.names.join(", ")));
        }
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
fn proxies(model: &Model, plane: &Plane, report: &mut Report) {
    let home = plane.home.name.as_str();
    let Some((map, said)) = &plane.mesh else {
        return;
    };
    let roots = |name: &str| text(said, &format!("/defaultConfig/proxyMetadata/{name}"));
    let address = text(said, "/defaultConfig/discoveryAddress");
    let from = map.end("data.mesh defaultConfig.discoveryAddress", address);
    let at = |cluster, link| Follow { model, plane, cluster, links: [link, Link::ProxyTrust] };
    let (host, port) = parts(address);
    if let Some((name, namespace)) = host.strip_suffix(".svc").and_then(|host| host.split_once('.')) {
        // The certificate is istiod's own, for which proxies have the mesh's root.
        for member in plane.members.iter().filter(|_| !plane.external) {
            let at = at(member.name(), Link::DiscoveryAddress);
            at.service(member, from.clone(), (namespace, name), (port, port), report);
        }
    }
    for name in ["XDS_ROOT_CA", "CA_ROOT_CA"] {
        let found = roots(name);
        let end = map.end(&format!("data.mesh defaultConfig.proxyMetadata.{name}"), found);
        let trust = match found {
            "" => Trust::Mesh,
            OS_ROOTS => Trust::Public,
            _ => {
                report.add(Link::ProxyTrust, home, end, End::of("the roots of a proxy's image", OS_ROOTS));
                continue;
            }
        };
        if plane.external {
            let name = Some(host).filter(|host| !is_ip(host));
            at(home, Link::DiscoveryAddress).reach(from.clone(), &To { host, port, name, trust }, report);
        } else if trust == Trust::Public {
            report.add(Link::ProxyTrust, home, end, plane.istiod.end("its certificate", "signed by the mesh's CA"));
        }
    }
    if let Some((map, values)) = &plane.injector {
        let said = printed(text(values, "/global/caAddress"));
        let (host, port) = parts(said);
        let name = Some(host).filter(|host| !is_ip(host));
        let trust = if roots("CA_ROOT_CA") == OS_ROOTS { Trust::Public } else { Trust::Mesh };
        // Where nothing is said it is discoveryAddress.
        if plane.external || !said.is_empty() {
            let from = map.end("data.values global.caAddress", said);
            at(home, Link::CaAddress).reach(from, &To { host, port, name, trust }, report);
        }
    }
}
