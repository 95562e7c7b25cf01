//! Which addresses things have. Cluster 1 has 10.1.0.0/16 for pods and 10.101.0.0/16 for services,
//! cluster 2 has 10.2.0.0/16, and so on; always of both families, of which one comes first.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The engineer's machine and router, on the backbone that joins all clusters.
pub(crate) const ROUTER: Pair =
    Pair { v4: Ipv4Addr::new(198, 18, 0, 1), v6: Ipv6Addr::new(0xfd00, 0x18, 0, 0, 0, 0, 0, 1) };
/// Length of the backbone's prefixes.
pub(crate) const BACKBONE: (u8, u8) = (16, 64);

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

    /// The first of the pair is the one of this family.
    pub(crate) fn order(self, pair: Pair) -> [IpAddr; 2] {
        match self {
            Family::V4 => [pair.v4.into(), pair.v6.into()],
            Family::V6 => [pair.v6.into(), pair.v4.into()],
        }
    }
}

/// The addresses of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) v4: Ipv4Addr,
    pub(crate) v6: Ipv6Addr,
}

/// A range of addresses of each family, by its first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    first: Pair,
}

impl Range {
    /// `10.1.0.0/16`.
    pub(crate) fn v4(self) -> String {
        format!("{}/16", self.first.v4)
    }

    /// `fd00:10:1::/112`.
    pub(crate) fn v6(self) -> String {
        format!("{}/112", self.first.v6)
    }

    /// Both, as Kubernetes takes them: `10.1.0.0/16,fd00:10:1::/112`.
    pub(crate) fn both(self, family: Family) -> String {
        self.list(family).join(",")
    }

    /// Both in order.
    pub(crate) fn list(self, family: Family) -> [String; 2] {
        match family {
            Family::V4 => [self.v4(), self.v6()],
            Family::V6 => [self.v6(), self.v4()],
        }
    }

    /// The address at a place in the range.
    pub(crate) fn at(self, place: u16) -> Pair {
        let v4 = u32::from(self.first.v4) + u32::from(place);
        let v6 = u128::from(self.first.v6) + u128::from(place);
        Pair { v4: v4.into(), v6: v6.into() }
    }
}

/// The addresses of a cluster.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Addresses {
    /// Its number, counted from 1.
    pub(crate) number: u8,
    /// The family that comes first.
    pub(crate) family: Family,
}

impl Addresses {
    /// Those of the cluster with this number, counted from 1 to 99.
    pub(crate) fn new(number: u8, family: Family) -> Addresses {
        Addresses { number, family }
    }

    /// The node, on the backbone.
    pub(crate) fn node(self) -> Pair {
        let place = 10 + self.number;
        Pair { v4: Ipv4Addr::new(198, 18, 0, place), v6: Ipv6Addr::new(0xfd00, 0x18, 0, 0, 0, 0, 0, place.into()) }
    }

    /// The node by the address that comes first.
    pub(crate) fn node_first(self) -> IpAddr {
        let [first, _] = self.family.order(self.node());
        first
    }

    /// The API server, as everyone on the backbone reaches it.
    pub(crate) fn api_server(self) -> String {
        format!("https://{}", SocketAddr::new(self.node_first(), API_PORT))
    }

    /// The pods.
    pub(crate) fn pods(self) -> Range {
        let number = self.number.into();
        Range {
            first: Pair {
                v4: Ipv4Addr::new(10, self.number, 0, 0),
                v6: Ipv6Addr::new(0xfd00, 0x10, number, 0, 0, 0, 0, 0),
            },
        }
    }

    /// The services.
    pub(crate) fn services(self) -> Range {
        let number = self.number.into();
        Range {
            first: Pair {
                v4: Ipv4Addr::new(10, 100 + self.number, 0, 0),
                v6: Ipv6Addr::new(0xfd00, 0x100, number, 0, 0, 0, 0, 0),
            },
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
