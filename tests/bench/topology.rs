//! A topology of any size: istiod on one cluster, and the others each on a network of its own.

use meshwright_core::draft::{
    ApiVersion, Draft, File, FileAddress, FileCluster, FileControlPlane, FileGateways, FileIstio, FileMesh, FileSample,
};
use meshwright_core::version::NEWEST;

pub(crate) fn topology(clusters: usize) -> Draft {
    let member = |number: usize| FileCluster {
        name: format!("cluster{number}"),
        context: format!("admin@cluster{number}"),
        network: format!("network{number}"),
        api_server: String::new(),
        platform: String::new(),
        gateways: FileGateways { east_west: "istioctl".into(), ..FileGateways::default() },
    };
    let outside = FileCluster {
        name: "external-cluster".into(),
        context: "external-cluster".into(),
        network: String::new(),
        api_server: String::new(),
        platform: String::new(),
        gateways: FileGateways::default(),
    };
    let control_plane = FileControlPlane {
        cluster: "external-cluster".into(),
        config_cluster: "cluster1".into(),
        remote_clusters: (2..clusters).map(|number| format!("cluster{number}")).collect(),
        namespace: "external-istiod".into(),
        revision: String::new(),
        address: FileAddress {
            host: "myhost.example.com".into(),
            tls_secret: "myhost-example-credential".into(),
            ..FileAddress::default()
        },
    };
    let mesh = FileMesh { mesh_id: "mesh1".into(), trust_domain: String::new(), control_planes: vec![control_plane] };
    Draft::from(File {
        api_version: ApiVersion::V1,
        istio: FileIstio { version: NEWEST.into(), install_method: String::new() },
        clusters: std::iter::once(outside).chain((1..clusters).map(member)).collect(),
        meshes: vec![mesh],
        sample: FileSample::default(),
    })
}
