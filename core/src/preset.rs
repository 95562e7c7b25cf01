//! The presets: each reproduces a guide with the guide's example values.

mod about;

use crate::draft::{
    ApiVersion, Draft, File, FileAddress, FileCluster, FileControlPlane, FileGateways, FileIstio, FileMesh, FileSample,
};
use crate::name::SYSTEM_NAMESPACE;
use crate::version::NEWEST;

/// A preset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// One config cluster, istiod by DNS name.
    ExternalControlPlane,
    /// The same by IP address.
    ExternalControlPlaneIp,
    /// A second remote cluster on another network.
    ExternalControlPlaneMulticluster,
    /// Two meshes, whose istiods share a cluster.
    ExternalControlPlaneTwoMeshes,
    /// The mesh of the first guide, of Istio 1.8, with its names.
    ExternalControlPlaneLegacy,
    /// A primary and a remote cluster on one network.
    PrimaryRemote,
    /// A primary and a remote cluster on two networks.
    PrimaryRemoteMultiNetwork,
    /// Two primaries on one network.
    MultiPrimary,
    /// Two primaries on two networks.
    MultiPrimaryMultiNetwork,
    /// One config cluster, istiod by DNS name; everything by Helm.
    ExternalControlPlaneHelm,
    /// A primary and a remote cluster on one network, by Helm.
    PrimaryRemoteHelm,
    /// A primary and a remote cluster on two networks, by Helm.
    PrimaryRemoteMultiNetworkHelm,
    /// Two primaries on one network, by Helm.
    MultiPrimaryHelm,
    /// Two primaries on two networks, by Helm.
    MultiPrimaryMultiNetworkHelm,
}

impl Preset {
    /// Every preset.
    pub const ALL: [Preset; 14] = [
        Preset::ExternalControlPlane,
        Preset::ExternalControlPlaneIp,
        Preset::ExternalControlPlaneMulticluster,
        Preset::ExternalControlPlaneTwoMeshes,
        Preset::ExternalControlPlaneLegacy,
        Preset::PrimaryRemote,
        Preset::PrimaryRemoteMultiNetwork,
        Preset::MultiPrimary,
        Preset::MultiPrimaryMultiNetwork,
        Preset::ExternalControlPlaneHelm,
        Preset::PrimaryRemoteHelm,
        Preset::PrimaryRemoteMultiNetworkHelm,
        Preset::MultiPrimaryHelm,
        Preset::MultiPrimaryMultiNetworkHelm,
    ];

    /// The name, as the command line takes it.
    pub const fn name(self) -> &'static str {
        self.words().name
    }

    /// The name, as the form shows it.
    pub const fn title(self) -> &'static str {
        self.words().title
    }

    /// What it is, in a sentence.
    pub const fn about(self) -> &'static str {
        self.words().about
    }

    /// The preset of that name.
    pub fn named(name: &str) -> Option<Preset> {
        Preset::ALL.into_iter().find(|preset| preset.name() == name)
    }

    /// The preset's topology.
    pub fn draft(self) -> Draft {
        let (clusters, meshes) = match self {
            Preset::ExternalControlPlane | Preset::ExternalControlPlaneHelm => external(&[1], by_name("myhost")),
            Preset::ExternalControlPlaneIp => {
                external(&[1], FileAddress { kind: "ip".into(), ip: "203.0.113.10".into(), ..FileAddress::default() })
            }
            Preset::ExternalControlPlaneMulticluster => external(&[1, 2], by_name("myhost")),
            Preset::ExternalControlPlaneTwoMeshes => two_meshes(),
            Preset::ExternalControlPlaneLegacy => legacy(),
            Preset::PrimaryRemote | Preset::PrimaryRemoteHelm => primary_remote(false),
            Preset::PrimaryRemoteMultiNetwork | Preset::PrimaryRemoteMultiNetworkHelm => primary_remote(true),
            Preset::MultiPrimary | Preset::MultiPrimaryHelm => multi_primary(false),
            Preset::MultiPrimaryMultiNetwork | Preset::MultiPrimaryMultiNetworkHelm => multi_primary(true),
        };
        let mut draft = Draft::from(File {
            api_version: ApiVersion::V1,
            istio: FileIstio { version: NEWEST.into(), install_method: "istioctl".into() },
            clusters,
            meshes,
            sample: FileSample { app: "helloworld".into(), namespace: "sample".into(), route: "istio".into() },
        });
        if self.is_by_helm() {
            draft.install_by("helm");
        }
        draft
    }

    const fn is_by_helm(self) -> bool {
        match self {
            Preset::ExternalControlPlaneHelm
            | Preset::PrimaryRemoteHelm
            | Preset::PrimaryRemoteMultiNetworkHelm
            | Preset::MultiPrimaryHelm
            | Preset::MultiPrimaryMultiNetworkHelm => true,
            Preset::ExternalControlPlane
            | Preset::ExternalControlPlaneIp
            | Preset::ExternalControlPlaneMulticluster
            | Preset::ExternalControlPlaneTwoMeshes
            | Preset::ExternalControlPlaneLegacy
            | Preset::PrimaryRemote
            | Preset::PrimaryRemoteMultiNetwork
            | Preset::MultiPrimary
            | Preset::MultiPrimaryMultiNetwork => false,
        }
    }
}

type Parts = (Vec<FileCluster>, Vec<FileMesh>);

/// One mesh of clusters of these numbers, each on its own network; the first is the config cluster.
fn external(numbers: &[u32], address: FileAddress) -> Parts {
    let mut clusters = vec![cluster("external-cluster", "", FileGateways::default())];
    clusters.extend(members(numbers, "network"));
    let plane = control_plane("external-cluster", numbers, "external-istiod", address);
    (clusters, vec![mesh("mesh1", vec![plane])])
}

fn two_meshes() -> Parts {
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
fn legacy() -> Parts {
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

fn primary_remote(networks: bool) -> Parts {
    let address = FileAddress { kind: "discovered".into(), ..FileAddress::default() };
    let remote = if networks { "istioctl" } else { "" };
    let clusters = vec![
        cluster("cluster1", "network1", gateways("istioctl", "istioctl")),
        cluster("cluster2", if networks { "network2" } else { "network1" }, gateways("", remote)),
    ];
    (clusters, vec![mesh("mesh1", vec![control_plane("cluster1", &[1, 2], SYSTEM_NAMESPACE, address)])])
}

fn multi_primary(networks: bool) -> Parts {
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

/// `HOST.example.com`, as the guide has it.
fn by_name(host: &str) -> FileAddress {
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
