//! The network: a backbone, whose router is also the engineer's machine; on it a node for each
//! cluster; behind each node its pods. Each pod has a cable to its node, so that whatever a pod sends
//! passes where kube-proxy sees it. What cannot reach each other on real networks cannot here.

use crate::address::{Addresses, BACKBONE, Pair, ROUTER};
use crate::netns::{self, ip, nft};
use anyhow::Result;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU16, Ordering};

/// Lays the backbone. The router knows no way to a pod, and leaves the addresses of load balancers to
/// the cloud.
pub(crate) fn backbone() -> Result<()> {
    let (length4, length6) = BACKBONE;
    let Pair { v4, v6 } = ROUTER;
    ip(
        None,
        &format!(
            "link add backbone type bridge\n\
             link set backbone up\n\
             address add {v4}/{length4} dev backbone\n\
             address add {v6}/{length6} dev backbone nodad\n\
             route add default dev backbone\n\
             route add ::/0 dev backbone\n\
             route add unreachable 10.0.0.0/8\n\
             route add unreachable fd00::/8\n"
        ),
    )
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
        let Pair { v4, v6 } = addresses.node();
        let (length4, length6) = BACKBONE;
        ip(
            None,
            &format!(
                "link add {name} type veth peer name backbone netns {name}\n\
                 link set {name} master backbone up\n"
            ),
        )?;
        ip(
            Some(name),
            &format!(
                "link set backbone up\n\
                 address add {v4}/{length4} dev backbone\n\
                 address add {v6}/{length6} dev backbone nodad\n\
                 route add default via {}\n\
                 route add ::/0 via {}\n",
                ROUTER.v4, ROUTER.v6,
            ),
        )?;
        let node = Node { name: name.to_owned(), addresses, plugged: AtomicU16::new(GATEWAY + 1) };
        node.masquerade(neighbours)?;
        Ok(node)
    }

    fn masquerade(&self, neighbours: &[Addresses]) -> Result<()> {
        let own = self.addresses.pods();
        let mut known = (vec![own.v4()], vec![own.v6()]);
        for neighbour in neighbours {
            let (pods, node) = (neighbour.pods(), neighbour.node());
            ip(
                Some(&self.name),
                &format!("route add {} via {}\nroute add {} via {}\n", pods.v4(), node.v4, pods.v6(), node.v6),
            )?;
            known.0.push(pods.v4());
            known.1.push(pods.v6());
        }
        nft(
            Some(&self.name),
            &format!(
                "table inet outside {{\n\
                 chain postrouting {{\n\
                 type nat hook postrouting priority srcnat + 10\n\
                 oifname \"backbone\" ip saddr {} ip daddr != {{ {} }} masquerade\n\
                 oifname \"backbone\" ip6 saddr {} ip6 daddr != {{ {} }} masquerade\n\
                 }}\n}}\n",
                own.v4(),
                known.0.join(", "),
                own.v6(),
                known.1.join(", "),
            ),
        )
    }

    /// Connects a new pod to this node.
    pub(crate) fn plug(&self, pod: &str) -> Result<Plug> {
        let place = self.plugged.fetch_add(1, Ordering::Relaxed);
        let (cable, netns) = (format!("pod{place}"), format!("{}.{pod}", self.name));
        let (own, gateway, node) =
            (self.addresses.pods().at(place), self.addresses.pods().at(GATEWAY), self.addresses.node());
        netns::make(&netns)?;
        let plug = Plug { ips: self.addresses.family.order(own), netns };
        ip(
            Some(&self.name),
            &format!(
                "link add {cable} type veth peer name eth0 netns {}\n\
                 link set {cable} up\n\
                 address add {}/32 dev {cable}\n\
                 address add {}/128 dev {cable} nodad\n\
                 route add {} dev {cable} src {}\n\
                 route add {} dev {cable} src {}\n",
                plug.netns, gateway.v4, gateway.v6, own.v4, node.v4, own.v6, node.v6,
            ),
        )?;
        ip(
            Some(&plug.netns),
            &format!(
                "link set eth0 up\n\
                 address add {}/32 dev eth0\n\
                 address add {}/128 dev eth0 nodad\n\
                 route add {}/32 dev eth0\n\
                 route add {}/128 dev eth0\n\
                 route add default via {}\n\
                 route add ::/0 via {}\n",
                own.v4, own.v6, gateway.v4, gateway.v6, gateway.v4, gateway.v6,
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
    /// Its addresses, of which the one of the cluster's family comes first.
    pub(crate) ips: [IpAddr; 2],
}

impl Drop for Plug {
    fn drop(&mut self) {
        // The room's end removes what this leaves.
        let _ = netns::remove(&self.netns);
    }
}
