//! Gateways: the pods that they configure, and the Services in front of those.

use super::Report;
use super::mesh::{Mesh, printed};
use super::object::pods;
use crate::broken::End;
use crate::link::Link;
use crate::value::{list, number, selects, text};
use crate::world::{Cluster, Found};

/// The Gateways of Istio's own kind on a cluster.
pub(super) fn gateways(cluster: &Cluster) -> impl Iterator<Item = Found<'_>> {
    cluster.all("Gateway").filter(|it| text(it.value(), "/apiVersion").starts_with("networking.istio.io/"))
}

/// The pods that a Gateway configures: those of istiod's own cluster by what is on that, all others by
/// what is on the config cluster.
pub(super) fn workloads<'w>(mesh: &Mesh<'w>, gateway: Found<'w>) -> Vec<Found<'w>> {
    let own = gateway.cluster.name == mesh.home.name;
    let clusters = mesh.world.clusters.iter().filter(|cluster| (cluster.name == mesh.home.name) == own);
    let all = clusters.flat_map(|cluster| cluster.all("Deployment"));
    all.filter(|it| selects(gateway.value(), "/spec/selector", it.value(), "/spec/template/metadata/labels")).collect()
}

/// The Services in front of a Deployment's pods.
pub(super) fn services(workload: Found<'_>) -> impl Iterator<Item = Found<'_>> {
    let all = workload.cluster.all("Service").filter(move |it| it.namespace() == workload.namespace());
    all.filter(move |it| pods(*it).any(|pod| pod.name() == workload.name()))
}

/// The Services of a Gateway's pods, and the addresses that load balancers give them.
pub(super) fn addresses<'w>(mesh: &Mesh<'w>, gateway: Found<'w>) -> Vec<(Found<'w>, String)> {
    let services = workloads(mesh, gateway).into_iter().flat_map(services);
    let address = |service: Found<'w>| {
        let index = mesh.world.clusters.iter().position(|it| it.name == service.cluster.name)?;
        Some((service, mesh.world.address(index, service.namespace(), service.name())))
    };
    services.filter_map(address).collect()
}

pub(super) fn follow(mesh: &Mesh, report: &mut Report) {
    for cluster in &mesh.world.clusters {
        for gateway in gateways(cluster) {
            one(mesh, gateway, report);
        }
    }
}

fn one(mesh: &Mesh, gateway: Found, report: &mut Report) {
    let cluster = gateway.cluster.name.as_str();
    let config = mesh.config().map_or("", |config| config.name());
    if cluster != config && cluster != mesh.home.name {
        let from = gateway.end("", cluster);
        report.add(Link::Exposed, cluster, from, End::of("cluster of which istiod reads the configuration", config));
    }
    let selector = printed(gateway.value(), "/spec/selector");
    let workloads = workloads(mesh, gateway);
    if workloads.is_empty() {
        let to = End::of("labels of a gateway's pods", "");
        report.add(Link::GatewayWorkload, cluster, gateway.end("spec.selector", selector), to);
    }
    for (index, server) in list(gateway.value(), "/spec/servers").iter().enumerate() {
        let port = number(server, "/port/number");
        let passes = text(server, "/tls/mode") == "AUTO_PASSTHROUGH";
        for service in workloads.iter().copied().flat_map(services) {
            let ports = list(service.value(), "/spec/ports");
            if !ports.iter().any(|it| number(it, "/port") == port) {
                let link = if passes { Link::ExposedPort } else { Link::GatewayPort };
                let from = gateway.end(&format!("spec.servers[{index}].port.number"), port.to_string());
                let open: Vec<String> = ports.iter().map(|it| number(it, "/port").to_string()).collect();
                report.add(link, cluster, from, service.end("spec.ports", open.join(", ")));
            }
        }
    }
}
