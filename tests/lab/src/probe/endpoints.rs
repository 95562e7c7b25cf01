//! A proxy is sent the sample's pods of its own network by their own addresses, and those of each other
//! network by that network's east-west gateway.

use super::World;
use super::mesh::{Member, Plane, Sample};
use super::proxy::Proxy;
use super::site::{items, text};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};

/// Port of the sample's pods.
const HELLOWORLD: u16 = 5000;
/// Port at which an east-west gateway passes on what comes from other networks.
const EAST_WEST: u16 = 15443;

pub(super) fn check(world: &World<'_>) -> Vec<Result<()>> {
    let Some(sample) = &world.mesh.sample else { return Vec::new() };
    world.mesh.members().map(|(plane, member)| world.wait(|| sent(world, plane, member, sample))).collect()
}

fn sent(world: &World<'_>, plane: &Plane, member: &Member, sample: &Sample) -> Result<()> {
    let proxy = Proxy::one(world.site(&member.cluster)?, &sample.namespace, "app=curl")?;
    let wanted = wanted(world, plane, member, sample)?;
    let name = format!("outbound|{HELLOWORLD}||helloworld.{}.svc.cluster.local", sample.namespace);
    let found = found(&proxy.admin("clusters?format=json")?, &name)?;
    ensure!(found == wanted, "{} is sent helloworld at {found:?} instead of {wanted:?}", proxy.place());
    Ok(())
}

/// Where a member's proxies have to find the sample.
fn wanted(world: &World<'_>, plane: &Plane, member: &Member, sample: &Sample) -> Result<BTreeSet<SocketAddr>> {
    let mut wanted = BTreeSet::new();
    for (_, other) in world.mesh.of_mesh(plane) {
        if other.network == member.network {
            let helloworld = Proxy::one(world.site(&other.cluster)?, &sample.namespace, "app=helloworld")?;
            let ip: IpAddr = text(&helloworld.pod, "/status/podIP").parse().context("a pod without an address")?;
            wanted.insert(SocketAddr::new(ip, HELLOWORLD));
        } else {
            let mut all = world.mesh.of_mesh(plane);
            let gateway = all.find(|(_, it)| it.network == other.network && it.east_west);
            let (owner, gateway) = gateway.with_context(|| format!("{} has no east-west gateway", other.network))?;
            let site = world.site(&gateway.cluster)?;
            wanted.insert(SocketAddr::new(site.balancer(&owner.namespace, "istio-eastwestgateway")?, EAST_WEST));
        }
    }
    Ok(wanted)
}

/// The endpoints of one of Envoy's clusters.
fn found(page: &Value, name: &str) -> Result<BTreeSet<SocketAddr>> {
    let cluster = items(page, "/cluster_statuses").iter().find(|it| text(it, "/name") == name);
    let hosts = cluster.map(|it| items(it, "/host_statuses")).unwrap_or_default();
    let address = |host: &Value| {
        let ip = text(host, "/address/socket_address/address").parse().context("an endpoint without an address")?;
        let port = host.pointer("/address/socket_address/port_value").and_then(Value::as_u64).unwrap_or(0);
        Ok(SocketAddr::new(ip, u16::try_from(port)?))
    };
    hosts.iter().map(address).collect()
}

#[cfg(test)]
mod tests {
    use super::found;
    use serde_json::json;

    #[test]
    fn endpoints_are_read_from_the_page_of_clusters() {
        let host = json!({"address": {"socket_address": {"address": "10.2.0.5", "port_value": 5000}}});
        let page = json!({"cluster_statuses": [{"name": "a"}, {"name": "b", "host_statuses": [host]}]});
        let addresses = |name| found(&page, name).unwrap().into_iter().map(|it| it.to_string()).collect::<Vec<_>>();
        assert_eq!(addresses("b"), ["10.2.0.5:5000"]);
        assert!(addresses("a").is_empty() && addresses("c").is_empty());
    }
}
