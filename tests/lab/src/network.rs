//! The network: a backbone, whose router is also the engineer's machine; on it a node for each
//! cluster; behind each node its pods. Each pod has a cable to its node, so that whatever a pod sends
//! passes where kube-proxy sees it. What cannot reach each other on real networks cannot here.

use crate::address::{Addresses, Family, Prefixed};
use crate::netns::{self, ip, nft};
use anyhow::Result;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU16, Ordering};

/// Lays the backbone. The router knows no way to a pod, and leaves the addresses of load balancers to
/// the cloud.
pub(crate) fn backbone() -> Result<()> {
    ip(None, "link add backbone type bridge\nlink set backbone up\n")?;
    for family in [Family::V4, Family::V6] {
        ip(
            None,
            &format!(
                "address add {} dev backbone\n\
                 route add {}/0 dev backbone\n\
                 route add unreachable {}\n",
                family.router(),
                family.any(),
                family.inner(),
            ),
        )?;
    }
    Ok(())
}

/// The one node of a cluster: a network namespace between the backbone and its pods.
#[derive(Debug)]
pub(crate) struct Node {
    /// Its name, also that of its network namespace and of its cable to the backbone.
    pub(crate) name: String,
    /// Its addresses, and those behind it.
    pub(crate) addresses: Addresses,
    plugged: AtomicU16,
}

impl Node {
    /// Connects a node to the backbone. What its pods send to others carries the node's address,
    /// except towards the pods of its neighbours: those are on the same network of the mesh.
    pub(crate) fn connect(name: &str, addresses: Addresses, neighbours: &[Addresses]) -> Result<Node> {
        netns::make(name)?;
        ip(
            None,
            &format!(
                "link add {name} type veth peer name backbone netns {name}\n\
                 link set {name} master backbone up\n"
            ),
        )?;
        let family = addresses.family;
        ip(
            Some(name),
            &format!(
                "link set backbone up\n\
                 address add {} dev backbone\n\
                 route add {}/0 via {}\n",
                addresses.node(),
                family.any(),
                family.router().address,
            ),
        )?;
        let node = Node { name: name.to_owned(), addresses, plugged: AtomicU16::new(GATEWAY + 1) };
        node.masquerade(neighbours)?;
        Ok(node)
    }

    fn masquerade(&self, neighbours: &[Addresses]) -> Result<()> {
        let own = self.addresses.pods();
        let mut known = vec![own.to_string()];
        for neighbour in neighbours {
            let pods = neighbour.pods();
            ip(Some(&self.name), &format!("route add {pods} via {}\n", neighbour.node().address))?;
            known.push(pods.to_string());
        }
        let (family, known) = (self.addresses.family.nft(), known.join(", "));
        nft(
            Some(&self.name),
            &format!(
                "table inet outside {{\n\
                 chain postrouting {{\n\
                 type nat hook postrouting priority srcnat + 10\n\
                 oifname \"backbone\" {family} saddr {own} {family} daddr != {{ {known} }} masquerade\n\
                 }}\n}}\n",
            ),
        )
    }

    /// Connects a new pod to this node.
    pub(crate) fn plug(&self, pod: &str) -> Result<Plug> {
        let place = self.plugged.fetch_add(1, Ordering::Relaxed);
        let (cable, netns) = (format!("pod{place}"), format!("{}.{pod}", self.name));
        let (pods, family) = (self.addresses.pods(), self.addresses.family);
        let (own, gateway, node) = (pods.at(place), pods.at(GATEWAY), self.addresses.node().address);
        netns::make(&netns)?;
        let plug = Plug { ip: own, netns };
        let alone = Prefixed::alone;
        ip(
            Some(&self.name),
            &format!(
                "link add {cable} type veth peer name eth0 netns {}\n\
                 link set {cable} up\n\
                 address add {} dev {cable}\n\
                 route add {} dev {cable} src {node}\n",
                plug.netns,
                alone(gateway),
                alone(own),
            ),
        )?;
        ip(
            Some(&plug.netns),
            &format!(
                "link set eth0 up\n\
                 address add {} dev eth0\n\
                 route add {} dev eth0\n\
                 route add {}/0 via {gateway}\n",
                alone(own),
                alone(gateway),
                family.any(),
            ),
        )?;
        Ok(plug)
    }
}

/// The place of the node's end of each pod's cable in the range of its pods.
const GATEWAY: u16 = 1;

/// A pod's place on the network; it is unplugged when this is dropped.
#[derive(Debug)]
pub(crate) struct Plug {
    /// Name of its network namespace.
    pub(crate) netns: String,
    /// Its address.
    pub(crate) ip: IpAddr,
}

impl Drop for Plug {
    fn drop(&mut self) {
        // The room's end removes what this leaves.
        let _ = netns::remove(&self.netns);
    }
}
