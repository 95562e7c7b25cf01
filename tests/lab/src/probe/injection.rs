//! A pod that asks for injection comes back from the API server as a part of its mesh, through webhook,
//! gateway and istiod; one that does not ask comes back as it was.

use super::World;
use super::mesh::{Member, Plane};
use super::namespace::{ENABLED, PLAIN, REVISION};
use super::site::{Site, items, text};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::net::{IpAddr, SocketAddr};

const DISCOVERY: u16 = 15012;
/// Where a proxy asks that is told nothing; so its configuration leaves it out.
const DEFAULT: &str = "istiod.istio-system.svc:15012";

pub(super) fn check(world: &World<'_>) -> Vec<Result<()>> {
    let each = world.mesh.members().flat_map(|(plane, member)| {
        let mut asked = vec![(REVISION, false), (PLAIN, true)];
        let mut others = vec![PLAIN];
        if plane.by_default {
            asked.push((ENABLED, false));
        } else {
            others.push(ENABLED);
        }
        let injected =
            asked.iter().map(|(namespace, label)| world.wait(|| injected(world, plane, member, namespace, *label)));
        injected.chain(others.iter().map(|namespace| untouched(world, member, namespace))).collect::<Vec<_>>()
    });
    each.chain(world.mesh.planes.iter().map(|plane| world.wait(|| outside(world, plane)))).collect()
}

/// What the API server makes of a pod, without keeping it.
fn tried(site: Site<'_>, namespace: &str, label: Option<(&str, &str)>) -> Result<Value> {
    let labels: serde_json::Map<_, _> = label.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect();
    let pod = json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "tried", "labels": labels},
        "spec": {"containers": [{"name": "tried", "image": "tried"}]},
    });
    let asked = site.cluster.kube.create(&format!("/api/v1/namespaces/{namespace}/pods?dryRun=All"), &pod);
    asked.with_context(|| format!("{}: no pod can be made in {namespace}", site.name()))
}

fn untouched(world: &World<'_>, member: &Member, namespace: &str) -> Result<()> {
    let site = world.site(&member.cluster)?;
    let pod = tried(site, namespace, None)?;
    let untouched = proxy(&pod).is_none() && pod.pointer("/metadata/annotations").is_none();
    ensure!(untouched, "{}: a pod in {namespace}, which does not ask for injection, is injected", site.name());
    Ok(())
}

/// Whether pods of the cluster that istiod runs on are none of the mesh. An istiod of that cluster's own
/// may inject them.
fn outside(world: &World<'_>, plane: &Plane) -> Result<()> {
    let site = world.site(&plane.cluster)?;
    let pod = tried(site, ENABLED, None)?;
    let cluster = proxy(&pod).map_or("", |proxy| env(proxy, "ISTIO_META_CLUSTER_ID"));
    let taken = plane.members.iter().any(|member| member.cluster == cluster && cluster != plane.cluster);
    ensure!(!taken, "{}: a pod in {ENABLED} is injected as one of {cluster}", site.name());
    Ok(())
}

fn injected(world: &World<'_>, plane: &Plane, member: &Member, namespace: &str, by_label: bool) -> Result<()> {
    let site = world.site(&member.cluster)?;
    let label = by_label.then_some(("istio.io/rev", plane.revision.as_str()));
    let at = format!("{}: a pod in {namespace}", site.name());
    let pod = tried(site, namespace, label)?;
    let proxy = proxy(&pod).with_context(|| format!("{at} is not injected"))?;
    let address = address(world, plane)?;
    let config: Value = serde_json::from_str(env(proxy, "PROXY_CONFIG"))
        .with_context(|| format!("{at} has no configuration of its proxy"))?;
    let discovery = match text(&config, "/discoveryAddress") {
        "" => DEFAULT,
        address => address,
    };
    let status: Value = serde_json::from_str(text(&pod, "/metadata/annotations/sidecar.istio.io~1status"))
        .with_context(|| format!("{at} has no status of its injection"))?;
    let says = [
        ("cluster", env(proxy, "ISTIO_META_CLUSTER_ID"), &member.cluster),
        ("network", env(proxy, "ISTIO_META_NETWORK"), &member.network),
        ("network label", text(&pod, "/metadata/labels/topology.istio.io~1network"), &member.network),
        ("mesh ID", env(proxy, "ISTIO_META_MESH_ID"), &plane.mesh_id),
        ("trust domain", env(proxy, "TRUST_DOMAIN"), &plane.trust_domain),
        ("CA address", env(proxy, "CA_ADDR"), &address),
        ("discovery address", discovery, &address),
        ("revision", text(&status, "/revision"), &plane.revision),
    ];
    for (what, value, wanted) in says {
        ensure!(value == wanted, "{at} is injected with {what} {value:?} instead of {wanted:?}");
    }
    Ok(())
}

/// Host and port at which proxies reach istiod.
fn address(world: &World<'_>, plane: &Plane) -> Result<String> {
    let host = match &plane.address {
        Some(address) => address.clone(),
        None => world.site(&plane.cluster)?.balancer("istio-system", "istio-ingressgateway")?.to_string(),
    };
    Ok(match host.parse::<IpAddr>() {
        Ok(ip) => SocketAddr::new(ip, DISCOVERY).to_string(),
        Err(_) => format!("{host}:{DISCOVERY}"),
    })
}

fn proxy(pod: &Value) -> Option<&Value> {
    let mut containers = items(pod, "/spec/initContainers").iter().chain(items(pod, "/spec/containers"));
    containers.find(|container| text(container, "/name") == "istio-proxy")
}

fn env<'a>(container: &'a Value, name: &str) -> &'a str {
    let found = items(container, "/env").iter().find(|it| text(it, "/name") == name);
    found.map_or("", |it| text(it, "/value"))
}
