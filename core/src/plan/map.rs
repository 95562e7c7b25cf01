//! What runs where and talks to whom: the diagram, before it is drawn.

use crate::sorted::Sorted;
use crate::topology::{Address, ControlPlane, Mesh, Topology};

/// Clusters, and what links them.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// The clusters, in the order of the form.
    pub nodes: Vec<Node>,
    /// What links them; nodes by their index.
    pub links: Vec<Link>,
}

/// A cluster.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its name.
    pub name: String,
    /// What it is to the mesh.
    pub role: NodeRole,
    /// Its network; none for a cluster outside of the mesh.
    pub network: Option<String>,
    /// The label, `key=value`, by which namespaces have their pods join the mesh; none for a cluster outside.
    pub label: Option<String>,
    /// The control planes that run on it.
    pub control_planes: Vec<ControlPlaneBox>,
    /// The gateways on it, in words.
    pub gateways: Vec<&'static str>,
}

/// What a cluster is to the mesh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeRole {
    /// Runs a control plane of its own mesh.
    Primary,
    /// Runs a control plane, outside of the mesh.
    External,
    /// Holds the mesh's configuration.
    Config,
    /// A further remote cluster.
    Remote,
}

/// A control plane on a cluster.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlPlaneBox {
    /// Deployment of istiod.
    pub name: String,
    /// Its namespace.
    pub namespace: String,
    /// Its mesh.
    pub mesh: String,
    /// The address by which its remote clusters reach it, in words; empty where it has none.
    pub address: String,
}

/// A link between two clusters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Index of the node that it starts from.
    pub from: usize,
    /// Index of the control plane among those of that node; 0 where none has to do with it.
    pub plane: usize,
    /// Index of the node that it leads to.
    pub to: usize,
    /// What it is.
    pub kind: LinkKind,
}

/// What a link is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// istiod reads its configuration there, and manages it.
    Configures,
    /// istiod manages it.
    Manages,
    /// istiod reads its services; another one manages it.
    Reads,
    /// Requests go both ways through east-west gateways.
    EastWest,
}

pub(super) fn map(topology: &Topology) -> Map {
    let nodes = topology.clusters.iter().map(|cluster| Node {
        name: cluster.name.to_string(),
        role: NodeRole::External,
        network: None,
        label: None,
        control_planes: Vec::new(),
        gateways: Vec::new(),
    });
    let mut map = Map { nodes: nodes.collect(), links: Vec::new() };
    let mut index = Index::default();
    for (place, cluster) in topology.clusters.iter().enumerate() {
        index.add(cluster.name.as_str(), place);
    }
    for mesh in &topology.meshes {
        let mut east_west = None;
        let add = |plane| add(&mut map, &index, mesh, plane, &mut east_west).map(|(from, at)| (plane, from, at));
        let planes: Vec<_> = mesh.control_planes.iter().filter_map(add).collect();
        for &(reader, from, plane) in &planes {
            for (other, ..) in planes.iter().filter(|(other, ..)| other.cluster != reader.cluster) {
                if let Some(&to) = index.get(&other.config.cluster.name.as_str()) {
                    map.links.push(Link { from, plane, to, kind: LinkKind::Reads });
                }
            }
        }
    }
    map
}

/// The gateway on the cluster of external control planes.
const EXPOSING: &str = "gateway to istiod";

type Index<'a> = Sorted<&'a str, usize>;

/// Adds a control plane, and gives its node and its place there. `east_west` is the last cluster so far
/// that has an east-west gateway of the mesh.
fn add(
    map: &mut Map,
    index: &Index<'_>,
    mesh: &Mesh,
    plane: &ControlPlane,
    east_west: &mut Option<usize>,
) -> Option<(usize, usize)> {
    let &home = index.get(&plane.cluster.name.as_str())?;
    let mut at = 0;
    if let Some(node) = map.nodes.get_mut(home) {
        at = node.control_planes.len();
        node.control_planes.push(ControlPlaneBox {
            name: crate::name::istiod(plane.revision.as_ref()),
            namespace: plane.namespace.to_string(),
            mesh: mesh.id.to_string(),
            address: match &plane.address {
                Address::Dns { host, .. } => host.to_string(),
                Address::Ip(ip) => ip.ip().to_string(),
                Address::Discovered if !plane.discovers_address() => String::new(),
                Address::Discovered => "found at install time".to_owned(),
            },
        });
        if !plane.is_primary() && !node.gateways.contains(&EXPOSING) {
            node.gateways.push(EXPOSING);
        }
    }
    for (number, member) in plane.members().enumerate() {
        let Some(&there) = index.get(&member.cluster.name.as_str()) else {
            continue;
        };
        let Some(node) = map.nodes.get_mut(there) else {
            continue;
        };
        let (role, kind) = match number {
            0 if plane.is_primary() => (NodeRole::Primary, None),
            0 => (NodeRole::Config, Some(LinkKind::Configures)),
            _ => (NodeRole::Remote, Some(LinkKind::Manages)),
        };
        node.role = role;
        node.network = Some(member.network.to_string());
        let (key, value) = crate::name::injection_label(plane.revision.as_ref());
        node.label = Some(format!("{key}={value}"));
        let gateways = &member.gateways;
        let named = [(gateways.ingress, "ingress"), (gateways.egress, "egress"), (gateways.east_west, "east-west")];
        node.gateways.extend(named.into_iter().filter(|(method, _)| method.is_some()).map(|(_, name)| name));
        map.links.extend(kind.map(|kind| Link { from: home, plane: at, to: there, kind }));
        if gateways.east_west.is_some() {
            // A chain shows that all of them talk to each other, without a line for every pair.
            if let Some(before) = east_west.replace(there) {
                map.links.push(Link { from: before, plane: 0, to: there, kind: LinkKind::EastWest });
            }
        }
    }
    Some((home, at))
}
