//! What the presets' topologies are put together from.

use crate::draft::{FileAddress, FileCluster, FileControlPlane, FileGateways, FileMesh};
use crate::name::SYSTEM_NAMESPACE;

pub(super) type Parts = (Vec<FileCluster>, Vec<FileMesh>);

/// One mesh of clusters of these numbers, each on its own network; the first is the config cluster.
pub(super) fn external(numbers: &[u32], address: FileAddress) -> Parts {
    let mut clusters = vec![cluster("external-cluster", "", FileGateways::default())];
    clusters.extend(members(numbers, "network"));
    let plane = control_plane("external-cluster", numbers, "external-istiod", address);
    (clusters, vec![mesh("mesh1", vec![plane])])
}

/// As the guides of the Sail operator name them: istiod on `cluster1`, revision and namespace of one name.
pub(super) fn sail_external(platform: &str, ingress: &str) -> Parts {
    let clusters =
        [cluster("cluster1", "", FileGateways::default()), cluster("cluster2", "network1", gateways(ingress, ""))];
    let clusters = clusters.map(|cluster| FileCluster { platform: platform.into(), ..cluster }).into();
    let plane = control_plane("cluster1", &[2], "external-istiod", discovered());
    (clusters, vec![mesh("mesh1", vec![FileControlPlane { revision: plane.namespace.clone(), ..plane }])])
}

pub(super) fn two_meshes() -> Parts {
    let mut clusters = vec![cluster("external-cluster", "", FileGateways::default())];
    let mut meshes = Vec::new();
    for (number, numbers) in [(1, [1, 2]), (2, [3, 4])] {
        let id = format!("mesh{number}");
        let namespace = format!("external-istiod-{number}");
        clusters.extend(members(&numbers, &format!("{id}-network")));
        let plane = control_plane("external-cluster", &numbers, &namespace, by_name(&id));
        meshes.push(mesh(&id, vec![plane]));
    }
    (clusters, meshes)
}

/// The clusters of the first guide. Their names are their contexts there, which no cluster can be called.
pub(super) fn legacy() -> Parts {
    let context = |context: &str, cluster| FileCluster { context: context.into(), ..cluster };
    let clusters = vec![
        context("external_cp_cluster", cluster("external-cp-cluster", "", FileGateways::default())),
        context("user_cluster", cluster("user-cluster", "network1", gateways("istioctl", ""))),
    ];
    let address = FileAddress {
        kind: "dns".into(),
        host: "myexternal-istiod.cloud.com".into(),
        tls_secret: "myexternal-istiod-secret".into(),
        ..FileAddress::default()
    };
    let plane = FileControlPlane {
        config_cluster: "user-cluster".into(),
        ..control_plane("external-cp-cluster", &[], "external-istiod", address)
    };
    (clusters, vec![mesh("mesh1", vec![plane])])
}

pub(super) fn primary_remote(networks: bool) -> Parts {
    let remote = if networks { "istioctl" } else { "" };
    let clusters = vec![
        cluster("cluster1", "network1", gateways("istioctl", "istioctl")),
        cluster("cluster2", if networks { "network2" } else { "network1" }, gateways("", remote)),
    ];
    (clusters, vec![mesh("mesh1", vec![control_plane("cluster1", &[1, 2], SYSTEM_NAMESPACE, discovered())])])
}

pub(super) fn multi_primary(networks: bool) -> Parts {
    let east_west = if networks { "istioctl" } else { "" };
    let clusters = vec![
        cluster("cluster1", "network1", gateways("istioctl", east_west)),
        cluster("cluster2", if networks { "network2" } else { "network1" }, gateways("istioctl", east_west)),
    ];
    let plane =
        |number: u32| control_plane(&format!("cluster{number}"), &[number], SYSTEM_NAMESPACE, FileAddress::default());
    (clusters, vec![mesh("mesh1", vec![plane(1), plane(2)])])
}

/// Clusters of an external control plane, each on a network of its own. More than one have a gateway
/// each to reach the other.
fn members(numbers: &[u32], network: &str) -> impl Iterator<Item = FileCluster> {
    let east_west = if numbers.len() > 1 { "istioctl" } else { "" };
    numbers.iter().enumerate().map(move |(index, number)| {
        let edge = if index == 0 { "istioctl" } else { "" };
        let gateways = FileGateways { egress: edge.into(), ..gateways(edge, east_west) };
        cluster(&format!("cluster{number}"), &format!("{network}{}", index + 1), gateways)
    })
}

fn gateways(ingress: &str, east_west: &str) -> FileGateways {
    FileGateways { ingress: ingress.into(), egress: String::new(), east_west: east_west.into() }
}

fn cluster(name: &str, network: &str, gateways: FileGateways) -> FileCluster {
    FileCluster {
        name: name.into(),
        context: name.into(),
        network: network.into(),
        api_server: String::new(),
        platform: String::new(),
        gateways,
    }
}

fn discovered() -> FileAddress {
    FileAddress { kind: "discovered".into(), ..FileAddress::default() }
}

/// `HOST.example.com`, as the guide has it.
pub(super) fn by_name(host: &str) -> FileAddress {
    FileAddress {
        kind: "dns".into(),
        host: format!("{host}.example.com"),
        tls_secret: format!("{host}-example-credential"),
        ..FileAddress::default()
    }
}

/// A control plane of clusters of these numbers, the first of which is its config cluster.
fn control_plane(cluster: &str, numbers: &[u32], namespace: &str, address: FileAddress) -> FileControlPlane {
    let mut members = numbers.iter().map(|number| format!("cluster{number}"));
    FileControlPlane {
        cluster: cluster.into(),
        config_cluster: members.next().unwrap_or_default(),
        remote_clusters: members.collect(),
        namespace: namespace.into(),
        revision: String::new(),
        address,
    }
}

fn mesh(id: &str, control_planes: Vec<FileControlPlane>) -> FileMesh {
    FileMesh { mesh_id: id.into(), trust_domain: String::new(), control_planes }
}
