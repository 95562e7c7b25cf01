//! Which addresses things have. Cluster 1 has 10.1.0.0/16 for pods and 10.101.0.0/16 for services,
//! cluster 2 has 10.2.0.0/16, and so on. All of a cluster is of one family, as clusters mostly are.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Port of every API server.
pub(crate) const API_PORT: u16 = 6443;

/// A family of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    V4,
    V6,
}

impl Family {
    /// The family of an address.
    pub(crate) fn of(address: IpAddr) -> Family {
        if address.is_ipv4() { Family::V4 } else { Family::V6 }
    }

    /// What nftables calls it.
    pub(crate) const fn nft(self) -> &'static str {
        match self {
            Family::V4 => "ip",
            Family::V6 => "ip6",
        }
    }

    /// All of this family's addresses.
    pub(crate) const fn any(self) -> IpAddr {
        match self {
            Family::V4 => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            Family::V6 => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
        }
    }

    /// The engineer's machine and router, on the backbone that joins all clusters.
    pub(crate) const fn router(self) -> Prefixed {
        self.backbone(1)
    }

    const fn backbone(self, place: u8) -> Prefixed {
        match self {
            Family::V4 => Prefixed { address: IpAddr::V4(Ipv4Addr::new(198, 18, 0, place)), length: 16 },
            Family::V6 => {
                let last = place as u16;
                Prefixed { address: IpAddr::V6(Ipv6Addr::new(0xfd00, 0x18, 0, 0, 0, 0, 0, last)), length: 64 }
            }
        }
    }

    /// What all pods and services are in: nobody but their own cluster and its neighbours knows a way there.
    pub(crate) const fn inner(self) -> &'static str {
        match self {
            Family::V4 => "10.0.0.0/8",
            Family::V6 => "fd00::/8",
        }
    }
}

/// An address with the length of its prefix: a range, where it is the range's first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Prefixed {
    pub(crate) address: IpAddr,
    length: u8,
}

impl Prefixed {
    /// An address alone.
    pub(crate) fn alone(address: IpAddr) -> Prefixed {
        Prefixed { address, length: if address.is_ipv4() { 32 } else { 128 } }
    }

    /// The address at a place in the range.
    pub(crate) fn at(self, place: u16) -> IpAddr {
        match self.address {
            IpAddr::V4(first) => Ipv4Addr::from(u32::from(first) + u32::from(place)).into(),
            IpAddr::V6(first) => Ipv6Addr::from(u128::from(first) + u128::from(place)).into(),
        }
    }
}

impl fmt::Display for Prefixed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.length)
    }
}

/// The addresses of a cluster.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Addresses {
    /// Its number, counted from 1.
    pub(crate) number: u8,
    /// The family of all of them.
    pub(crate) family: Family,
}

impl Addresses {
    /// Those of the cluster with this number, counted from 1 to 12.
    pub(crate) fn new(number: u8, family: Family) -> Addresses {
        Addresses { number, family }
    }

    /// The node, on the backbone.
    pub(crate) fn node(self) -> Prefixed {
        self.family.backbone(10 + self.number)
    }

    /// The API server, as everyone on the backbone reaches it.
    pub(crate) fn api_server(self) -> String {
        format!("https://{}", SocketAddr::new(self.node().address, API_PORT))
    }

    /// The pods.
    pub(crate) fn pods(self) -> Prefixed {
        self.range(0, 0x10)
    }

    /// The services.
    pub(crate) fn services(self) -> Prefixed {
        self.range(100, 0x100)
    }

    fn range(self, first4: u8, first6: u16) -> Prefixed {
        match self.family {
            Family::V4 => Prefixed { address: IpAddr::V4(Ipv4Addr::new(10, first4 + self.number, 0, 0)), length: 16 },
            Family::V6 => {
                let number = self.number.into();
                Prefixed { address: IpAddr::V6(Ipv6Addr::new(0xfd00, first6, number, 0, 0, 0, 0, 0)), length: 112 }
            }
        }
    }

    /// A load balancer, by its number in the cluster: of the ranges for documentation.
    pub(crate) fn load_balancer(self, number: u8) -> IpAddr {
        match self.family {
            Family::V4 => Ipv4Addr::new(203, 0, 113, 16 * self.number + number).into(),
            Family::V6 => Ipv6Addr::new(0x2001, 0xdb8, 1, self.number.into(), 0, 0, 0, number.into()).into(),
        }
    }
}
