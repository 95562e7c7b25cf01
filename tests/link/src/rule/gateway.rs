//! Gateways: the pods that they configure, and the Services in front of those.

use super::Report;
use super::model::Model;
use super::object::{pods, printed};
use super::plane::{Member, Plane};
use crate::broken::End;
use crate::link::Link;
use crate::value::{list, number, selects, text};
use crate::world::{Cluster, Found};

/// The Gateways of Istio's own kind on a cluster.
pub(super) fn gateways(cluster: &Cluster) -> impl Iterator<Item = Found<'_>> {
    cluster.all("Gateway").filter(|it| text(it.value(), "/apiVersion").starts_with("networking.istio.io/"))
}

/// The pods that a Gateway configures: those of the clusters whose istiod reads its cluster.
pub(super) fn workloads<'w>(model: &Model<'w>, gateway: Found<'w>) -> Vec<Found<'w>> {
    let reads = |it: &&Plane<'w>| it.config().is_some_and(|config| config.name() == gateway.cluster.name);
    let members = model.planes.iter().filter(reads).flat_map(|plane| &plane.members);
    let all = members.flat_map(|member| member.cluster.all("Deployment"));
    all.filter(|it| selects(gateway.value(), "/spec/selector", it.value(), "/spec/template/metadata/labels")).collect()
}

/// The Services in front of a Deployment's pods.
pub(super) fn services(workload: Found<'_>) -> impl Iterator<Item = Found<'_>> {
    let all = workload.cluster.all("Service").filter(move |it| it.namespace() == workload.namespace());
    all.filter(move |it| pods(*it).any(|pod| pod.name() == workload.name()))
}

pub(super) fn follow(model: &Model, report: &mut Report) {
    for cluster in &model.world.clusters {
        for gateway in gateways(cluster) {
            one(model, gateway, report);
        }
    }
}

fn one(model: &Model, gateway: Found, report: &mut Report) {
    let cluster = gateway.cluster.name.as_str();
    let config = |plane: &Plane| plane.config().is_some_and(|config| config.name() == cluster);
    if !model.planes.iter().any(config) {
        let to = model.manager(cluster).and_then(|(plane, _)| plane.config()).map_or("", Member::name);
        let to = End::of("cluster of which istiod reads the configuration", to);
        report.add(Link::Exposed, cluster, gateway.end("", cluster), to);
    }
    let selector = printed(gateway.value(), "/spec/selector");
    let workloads = workloads(model, gateway);
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
