//! Load balancers: an address of the cloud's for each port of a Service, forwarded to the port that
//! the Service has on its node.

use crate::address::{Addresses, Family};
use crate::netns::nft;
use anyhow::Result;
use serde_json::Value;
use std::net::{IpAddr, SocketAddr};

/// Prepares the router. What it forwards comes back through it.
pub(crate) fn prepare() -> Result<()> {
    let table = |family: &str, address: &str| {
        let forward = format!("dnat to {family} daddr . tcp dport map @balancers;");
        format!(
            "table {family} cloud {{\n\
             map balancers {{ type {address} . inet_service : {address} . inet_service; }}\n\
             chain prerouting {{ type nat hook prerouting priority -100; {forward} }}\n\
             chain output {{ type nat hook output priority -100; {forward} }}\n\
             chain postrouting {{ type nat hook postrouting priority 100; ct status dnat masquerade; }}\n\
             }}\n",
        )
    };
    nft(None, &format!("{}{}", table("ip", "ipv4_addr"), table("ip6", "ipv6_addr")))
}

/// A load balancer's address, and where its ports lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Balancer {
    address: IpAddr,
    /// Its name, where it is known by that.
    pub(crate) host: Option<String>,
    ports: Vec<(u16, SocketAddr)>,
}

impl Balancer {
    /// One without ports.
    pub(crate) fn new(address: IpAddr, host: Option<String>) -> Balancer {
        Balancer { address, host, ports: Vec::new() }
    }

    /// Forwards the ports that a Service of a cluster has, and no others.
    pub(crate) fn forward(&mut self, service: &Value, cluster: Addresses) -> Result<()> {
        let node = cluster.node().address;
        let number = |port: &Value, name: &str| port.get(name)?.as_u64()?.try_into().ok();
        let ports = service.pointer("/spec/ports").and_then(Value::as_array);
        let ports: Vec<_> = ports
            .into_iter()
            .flatten()
            .filter_map(|port| Some((number(port, "port")?, SocketAddr::new(node, number(port, "nodePort")?))))
            .collect();
        if ports != self.ports {
            self.close()?;
            self.ports = ports;
            self.change("add")?;
        }
        Ok(())
    }

    /// Forwards nothing any more.
    pub(crate) fn close(&mut self) -> Result<()> {
        self.change("delete")?;
        self.ports.clear();
        Ok(())
    }

    fn change(&self, verb: &str) -> Result<()> {
        if self.ports.is_empty() {
            return Ok(());
        }
        let (family, address) = (Family::of(self.address).nft(), self.address);
        let elements: Vec<String> =
            self.ports.iter().map(|(port, to)| format!("{address} . {port} : {} . {}", to.ip(), to.port())).collect();
        nft(None, &format!("{verb} element {family} cloud balancers {{ {} }}\n", elements.join(", ")))
    }
}
