//! The presets: each reproduces a guide with the guide's example values.

use crate::draft::Draft;
use crate::draft::{
    ApiVersion, File, FileAddress, FileCluster, FileControlPlane, FileGateways, FileIstio, FileMesh, FileSample,
};
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
}

impl Preset {
    /// Every preset.
    pub const ALL: [Preset; 3] =
        [Preset::ExternalControlPlane, Preset::ExternalControlPlaneIp, Preset::ExternalControlPlaneMulticluster];

    /// The name, as the command line takes it.
    pub const fn name(self) -> &'static str {
        match self {
            Preset::ExternalControlPlane => "external-control-plane",
            Preset::ExternalControlPlaneIp => "external-control-plane-ip",
            Preset::ExternalControlPlaneMulticluster => "external-control-plane-multicluster",
        }
    }

    /// The name, as the form shows it.
    pub const fn title(self) -> &'static str {
        match self {
            Preset::ExternalControlPlane => "External control plane",
            Preset::ExternalControlPlaneIp => "External control plane, by IP address",
            Preset::ExternalControlPlaneMulticluster => "External control plane, two remote clusters",
        }
    }

    /// What it is, in a sentence.
    pub const fn about(self) -> &'static str {
        match self {
            Preset::ExternalControlPlane => {
                "istiod on a cluster of its own, reached by a DNS name, manages one config cluster."
            }
            Preset::ExternalControlPlaneIp => {
                "istiod on a cluster of its own, reached by an IP address, manages one config cluster."
            }
            Preset::ExternalControlPlaneMulticluster => {
                "istiod on a cluster of its own manages two clusters on two networks, joined by east-west gateways."
            }
        }
    }

    /// The preset of that name.
    pub fn named(name: &str) -> Option<Preset> {
        Preset::ALL.into_iter().find(|preset| preset.name() == name)
    }

    /// The preset's topology.
    pub fn draft(self) -> Draft {
        let two = match self {
            Preset::ExternalControlPlane | Preset::ExternalControlPlaneIp => false,
            Preset::ExternalControlPlaneMulticluster => true,
        };
        let address = match self {
            Preset::ExternalControlPlane | Preset::ExternalControlPlaneMulticluster => FileAddress {
                kind: "dns".into(),
                host: "myhost.example.com".into(),
                tls_secret: "myhost-example-credential".into(),
                ..FileAddress::default()
            },
            Preset::ExternalControlPlaneIp => {
                FileAddress { kind: "ip".into(), ip: "203.0.113.10".into(), ..FileAddress::default() }
            }
        };
        let east_west = if two { "istioctl" } else { "" };
        let mut clusters = vec![
            cluster("external-cluster", "", FileGateways::default()),
            cluster(
                "cluster1",
                "network1",
                FileGateways { ingress: "istioctl".into(), egress: "istioctl".into(), east_west: east_west.into() },
            ),
        ];
        if two {
            let gateways = FileGateways { east_west: east_west.into(), ..FileGateways::default() };
            clusters.push(cluster("cluster2", "network2", gateways));
        }
        let remote_clusters = clusters.iter().skip(2).map(|cluster| cluster.name.clone()).collect();
        let control_plane = FileControlPlane {
            cluster: "external-cluster".into(),
            config_cluster: "cluster1".into(),
            remote_clusters,
            namespace: "external-istiod".into(),
            revision: String::new(),
            address,
        };
        Draft::from(File {
            api_version: ApiVersion::V1,
            istio: FileIstio { version: NEWEST.into(), install_method: "istioctl".into() },
            clusters,
            meshes: vec![FileMesh {
                mesh_id: "mesh1".into(),
                trust_domain: String::new(),
                control_planes: vec![control_plane],
            }],
            sample: FileSample { app: "helloworld".into(), namespace: "sample".into(), route: "istio".into() },
        })
    }
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
