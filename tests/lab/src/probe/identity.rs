//! Each proxy has a certificate from its istiod, for who it is, and has taken all that istiod sent.

use super::World;
use super::istiod::sent;
use super::mesh::{Member, Plane};
use super::namespace::REVISION;
use super::proxy::Proxy;
use super::site::text;
use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// What every proxy is sent, and how it is called.
const EVERY: [(&str, &str); 3] = [
    ("clusters", "type.googleapis.com/envoy.config.cluster.v3.Cluster"),
    ("endpoints", "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment"),
    ("listeners", "type.googleapis.com/envoy.config.listener.v3.Listener"),
];
/// What is sent to those that send requests as HTTP.
const ROUTES: (&str, &str) = ("routes", "type.googleapis.com/envoy.config.route.v3.RouteConfiguration");

pub(super) fn check(world: &World<'_>) -> Vec<Result<()>> {
    let mut results = Vec::new();
    for (plane, member) in world.mesh.members() {
        match proxies(world, plane, member) {
            Ok(proxies) => {
                results.extend(proxies.iter().map(|proxy| world.wait(|| certified(plane, proxy))));
                results.extend(proxies.iter().map(|proxy| world.wait(|| configured(world, plane, member, proxy))));
            }
            Err(error) => results.push(Err(error)),
        }
    }
    results
}

/// Every proxy of a cluster: gateways, the sample's, and the lab's own.
fn proxies<'a>(world: &'a World<'_>, plane: &Plane, member: &Member) -> Result<Vec<Proxy<'a>>> {
    let site = world.site(&member.cluster)?;
    let sample = world.mesh.sample.as_ref().map(|sample| sample.namespace.as_str());
    let mut proxies = Vec::new();
    for namespace in [Some(plane.namespace.as_str()), sample, Some(REVISION)].into_iter().flatten() {
        proxies.extend(Proxy::all(site, namespace, "")?);
    }
    ensure!(!proxies.is_empty(), "{}: no pod has a proxy", member.cluster);
    Ok(proxies)
}

fn certified(plane: &Plane, proxy: &Proxy<'_>) -> Result<()> {
    let page = proxy.admin("certs")?;
    let id = text(&page, "/certificates/0/cert_chain/0/subject_alt_names/0/uri");
    let wanted = plane.identity(proxy.namespace(), proxy.account());
    ensure!(id == wanted, "{} has a certificate for {id:?} instead of {wanted:?}", proxy.place());
    Ok(())
}

fn configured(world: &World<'_>, plane: &Plane, member: &Member, proxy: &Proxy<'_>) -> Result<()> {
    let (at, id) = (proxy.place(), format!("{}.{}", proxy.name(), proxy.namespace()));
    let all = sent(world, plane)?;
    let of = |it: &&Value| text(it, "/proxy") == id && text(it, "/cluster_id") == member.cluster;
    let seen = all.iter().find(of);
    let seen = seen.with_context(|| format!("{at} is not connected to istiod as one of {}", member.cluster))?;
    let routes = (world.mesh.sample.is_some() && !proxy.is_gateway()).then_some(ROUTES);
    for (what, kind) in EVERY.into_iter().chain(routes) {
        let resource = seen.pointer("/resources").and_then(|all| all.get(kind)).unwrap_or(&Value::Null);
        let (sent, acked) = (text(resource, "/sent"), text(resource, "/acked"));
        ensure!(!sent.is_empty(), "{at} is sent no {what}");
        ensure!(sent == acked, "{at} has not taken the {what} that it was sent");
    }
    Ok(())
}
