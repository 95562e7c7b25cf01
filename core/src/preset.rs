//! The presets: each reproduces a guide with the guide's example values.

use crate::draft::Draft;
use crate::draft::{
    ApiVersion, File, FileAddress, FileCluster, FileControlPlane, FileGateways, FileIstio, FileMesh, FileSample,
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
    /// A primary and a remote cluster on one network.
    PrimaryRemote,
    /// A primary and a remote cluster on two networks.
    PrimaryRemoteMultiNetwork,
    /// Two primaries on one network.
    MultiPrimary,
    /// Two primaries on two networks.
    MultiPrimaryMultiNetwork,
}

/// What a preset is called and is about.
struct About {
    name: &'static str,
    title: &'static str,
    about: &'static str,
}

impl Preset {
    /// Every preset.
    pub const ALL: [Preset; 8] = [
        Preset::ExternalControlPlane,
        Preset::ExternalControlPlaneIp,
        Preset::ExternalControlPlaneMulticluster,
        Preset::ExternalControlPlaneTwoMeshes,
        Preset::PrimaryRemote,
        Preset::PrimaryRemoteMultiNetwork,
        Preset::MultiPrimary,
        Preset::MultiPrimaryMultiNetwork,
    ];

    const fn words(self) -> About {
        match self {
            Preset::ExternalControlPlane => About {
                name: "external-control-plane",
                title: "External control plane",
                about: "istiod on a cluster of its own, reached by a DNS name, manages one config cluster.",
            },
            Preset::ExternalControlPlaneIp => About {
                name: "external-control-plane-ip",
                title: "External control plane, by IP address",
                about: "istiod on a cluster of its own, reached by an IP address, manages one config cluster.",
            },
            Preset::ExternalControlPlaneMulticluster => About {
                name: "external-control-plane-multicluster",
                title: "External control plane, two remote clusters",
                about: "istiod on a cluster of its own manages two clusters on two networks, joined by east-west gateways.",
            },
            Preset::ExternalControlPlaneTwoMeshes => About {
                name: "external-control-plane-two-meshes",
                title: "External control plane, two meshes",
                about: "Two istiods on one cluster, behind one gateway, manage a mesh of two clusters each.",
            },
            Preset::PrimaryRemote => About {
                name: "primary-remote",
                title: "Primary-remote",
                about: "istiod on one cluster manages another one too, on the same network.",
            },
            Preset::PrimaryRemoteMultiNetwork => About {
                name: "primary-remote-multi-network",
                title: "Primary-remote, two networks",
                about: "istiod on one cluster manages another one too, on another network.",
            },
            Preset::MultiPrimary => About {
                name: "multi-primary",
                title: "Multi-primary",
                about: "An istiod on each of two clusters on one network; each reads both.",
            },
            Preset::MultiPrimaryMultiNetwork => About {
                name: "multi-primary-multi-network",
                title: "Multi-primary, two networks",
                about: "An istiod on each of two clusters on two networks, joined by east-west gateways.",
            },
        }
    }

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
            Preset::ExternalControlPlane => external(&[1], by_name("myhost")),
            Preset::ExternalControlPlaneIp => {
                external(&[1], FileAddress { kind: "ip".into(), ip: "203.0.113.10".into(), ..FileAddress::default() })
            }
            Preset::ExternalControlPlaneMulticluster => external(&[1, 2], by_name("myhost")),
            Preset::ExternalControlPlaneTwoMeshes => two_meshes(),
            Preset::PrimaryRemote => primary_remote(false),
            Preset::PrimaryRemoteMultiNetwork => primary_remote(true),
            Preset::MultiPrimary => multi_primary(false),
            Preset::MultiPrimaryMultiNetwork => multi_primary(true),
        };
        Draft::from(File {
            api_version: ApiVersion::V1,
            istio: FileIstio { version: NEWEST.into(), install_method: "istioctl".into() },
            clusters,
            meshes,
            sample: FileSample { app: "helloworld".into(), namespace: "sample".into(), route: "istio".into() },
        })
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
