//! Between draft and file: keys become names, and names keys.

use super::{
    ApiVersion, File, FileAddress, FileCluster, FileControlPlane, FileGateways, FileIstio, FileMesh, FileSample,
};
use crate::draft::{Address, Cluster, ClusterRef, ControlPlane, Draft, Key, Mesh, Places, Sample, places};
use crate::sorted::Sorted;

/// References between names and keys. A name that is empty, or that several clusters have for the
/// moment, cannot be referred to: `#2` then means the second cluster.
struct Names<'a> {
    clusters: &'a [Cluster],
    places: Places,
    /// Place of the first cluster of each name.
    names: Sorted<&'a str, usize>,
    /// Names that several clusters have.
    shared: Sorted<&'a str, usize>,
}

impl<'a> Names<'a> {
    fn new(clusters: &'a [Cluster]) -> Self {
        let (mut names, mut shared) = (Sorted::default(), Sorted::default());
        for (place, cluster) in clusters.iter().enumerate() {
            if !names.add(cluster.name.as_str(), place) {
                shared.add(cluster.name.as_str(), place);
            }
        }
        Names { clusters, places: places(clusters), names, shared }
    }

    fn name(&self, to: &ClusterRef) -> String {
        let key = match to {
            ClusterRef::Unknown(name) => return name.clone(),
            ClusterRef::To(key) => key,
        };
        let Some((place, cluster)) = self.places.get(key).and_then(|place| Some((place, self.clusters.get(*place)?)))
        else {
            return String::new();
        };
        let name = cluster.name.as_str();
        let clear = !name.is_empty() && !name.starts_with('#') && self.shared.get(&name).is_none();
        if clear { name.to_owned() } else { format!("#{}", place + 1) }
    }

    fn find(&self, name: &str) -> ClusterRef {
        let by_number = || {
            let number: usize = name.strip_prefix('#')?.parse().ok()?;
            number.checked_sub(1)
        };
        let by_name = if name.is_empty() { None } else { self.names.get(&name).copied() };
        let found = by_name.or_else(by_number).and_then(|place| self.clusters.get(place));
        found.map_or_else(|| ClusterRef::Unknown(name.to_owned()), |cluster| ClusterRef::To(cluster.key))
    }
}

impl From<&Draft> for File {
    fn from(draft: &Draft) -> Self {
        let names = Names::new(&draft.clusters);
        File {
            api_version: ApiVersion::V1,
            istio: FileIstio { version: draft.version.clone(), install_method: draft.install_method.clone() },
            clusters: draft.clusters.iter().map(FileCluster::from).collect(),
            meshes: draft.meshes.iter().map(|mesh| file_mesh(mesh, &names)).collect(),
            sample: FileSample {
                app: draft.sample.app.clone(),
                namespace: draft.sample.namespace.clone(),
                route: draft.sample.route.clone(),
            },
        }
    }
}

impl From<&Cluster> for FileCluster {
    fn from(cluster: &Cluster) -> Self {
        FileCluster {
            name: cluster.name.clone(),
            context: cluster.context.clone(),
            network: cluster.network.clone(),
            api_server: cluster.api_server.clone(),
            platform: cluster.platform.clone(),
            gateways: FileGateways {
                ingress: cluster.ingress.clone(),
                egress: cluster.egress.clone(),
                east_west: cluster.east_west.clone(),
            },
        }
    }
}

fn file_mesh(mesh: &Mesh, names: &Names<'_>) -> FileMesh {
    FileMesh {
        mesh_id: mesh.mesh_id.clone(),
        trust_domain: mesh.trust_domain.clone(),
        control_planes: mesh.control_planes.iter().map(|plane| file_control_plane(plane, names)).collect(),
    }
}

fn file_control_plane(plane: &ControlPlane, names: &Names<'_>) -> FileControlPlane {
    let Address { kind, host, tls_secret, gateway_trust, ip } = plane.address.clone();
    FileControlPlane {
        cluster: names.name(&plane.cluster),
        config_cluster: names.name(&plane.config_cluster),
        remote_clusters: plane.remote_clusters.iter().map(|remote| names.name(remote)).collect(),
        namespace: plane.namespace.clone(),
        revision: plane.revision.clone(),
        address: FileAddress { kind, host, tls_secret, gateway_trust, ip },
    }
}

impl From<File> for Draft {
    fn from(file: File) -> Self {
        let mut keys = (1u32..).map(Key);
        let mut next = || keys.next().unwrap_or(Key::TOPOLOGY);
        let clusters: Vec<Cluster> = file.clusters.into_iter().map(|cluster| draft_cluster(next(), cluster)).collect();
        let names = Names::new(&clusters);
        let mut meshes = Vec::new();
        for mesh in file.meshes {
            let key = next();
            let planes = mesh.control_planes.into_iter();
            let control_planes = planes.map(|plane| draft_control_plane(next(), plane, &names)).collect();
            meshes.push(Mesh { key, mesh_id: mesh.mesh_id, trust_domain: mesh.trust_domain, control_planes });
        }
        let FileSample { app, namespace, route } = file.sample;
        Draft {
            version: file.istio.version,
            install_method: file.istio.install_method,
            clusters,
            meshes,
            sample: Sample { app, namespace, route },
        }
    }
}

fn draft_cluster(key: Key, cluster: FileCluster) -> Cluster {
    let FileCluster { name, context, network, api_server, platform, gateways } = cluster;
    let FileGateways { ingress, egress, east_west } = gateways;
    Cluster { key, name, context, network, api_server, platform, ingress, egress, east_west }
}

fn draft_control_plane(key: Key, plane: FileControlPlane, names: &Names<'_>) -> ControlPlane {
    let FileAddress { kind, host, tls_secret, gateway_trust, ip } = plane.address;
    ControlPlane {
        key,
        cluster: names.find(&plane.cluster),
        config_cluster: names.find(&plane.config_cluster),
        remote_clusters: plane.remote_clusters.iter().map(|name| names.find(name)).collect(),
        namespace: plane.namespace,
        revision: plane.revision,
        address: Address { kind, host, tls_secret, gateway_trust, ip },
    }
}
