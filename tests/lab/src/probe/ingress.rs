//! The gateway for requests from outside has the sample's route, and answers by it.

use super::World;
use super::mesh::{Member, Plane, Sample};
use super::proxy::Proxy;
use super::request::mutual;
use super::site::{Site, items, text};
use crate::process::run;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::net::SocketAddr;
use std::process::Command;

pub(super) fn check(world: &World<'_>) -> Vec<Result<()>> {
    let Some(sample) = &world.mesh.sample else { return Vec::new() };
    // The sample's route is where the mesh's configuration is.
    let each = world.mesh.planes.iter().filter_map(|plane| {
        let config = plane.members.first()?;
        let (namespace, service) = gateway(plane, config, sample)?;
        Some(world.wait(|| routed(world.site(&config.cluster)?, plane, sample, namespace, service)))
    });
    each.collect()
}

/// The Service of the gateway that has the sample's route: its namespace and name.
fn gateway<'a>(plane: &'a Plane, config: &Member, sample: &'a Sample) -> Option<(&'a str, &'static str)> {
    if sample.own_gateway {
        return Some((&sample.namespace, "helloworld-gateway-istio"));
    }
    config.ingress.then_some((plane.namespace.as_str(), "istio-ingressgateway"))
}

fn routed(site: Site<'_>, plane: &Plane, sample: &Sample, namespace: &str, service: &str) -> Result<()> {
    let object = site.cluster.kube.get(&format!("/api/v1/namespaces/{namespace}/services/{service}"))?;
    let selector = object.pointer("/spec/selector").and_then(Value::as_object).into_iter().flatten();
    let selector: Vec<String> =
        selector.map(|(key, value)| format!("{key}={}", value.as_str().unwrap_or_default())).collect();
    let gateway = Proxy::one(site, namespace, &selector.join(","))?;
    let to = format!("outbound|5000||helloworld.{}.svc.cluster.local", sample.namespace);
    let page = gateway.admin("config_dump?resource=dynamic_route_configs")?;
    ensure!(routes(&page).any(|it| it == to), "{} has no route to {to}", gateway.place());

    let address = SocketAddr::new(site.balancer(namespace, service)?, 80);
    let url = format!("http://{address}/hello");
    let asked = ["--silent", "--show-error", "--fail", "--include", "--max-time", "5", &url];
    let answer =
        run(Command::new("curl").args(asked)).with_context(|| format!("{} does not answer", gateway.place()))?;
    let from = plane.identity(gateway.namespace(), gateway.account());
    let helloworld = Proxy::one(site, &sample.namespace, "app=helloworld")?;
    let to = plane.identity(helloworld.namespace(), helloworld.account());
    mutual(&answer, &from, &to).with_context(|| format!("{}: helloworld answers", gateway.place()))
}

/// Envoy's clusters to which a page of routes leads.
fn routes(page: &Value) -> impl Iterator<Item = &str> {
    let configs = items(page, "/configs").iter();
    let hosts = configs.flat_map(|it| items(it, "/route_config/virtual_hosts"));
    hosts.flat_map(|it| items(it, "/routes")).map(|it| text(it, "/route/cluster"))
}
