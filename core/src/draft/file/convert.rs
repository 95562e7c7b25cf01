//! Between draft and file: keys become names, and names keys.

use super::{
    ApiVersion, File, FileAddress, FileCluster, FileControlPlane, FileGateways, FileIstio, FileMesh, FileSample,
};
use crate::draft::{Address, Cluster, ClusterRef, ControlPlane, Draft, Key, Mesh, Sample};
use std::collections::BTreeMap;

/// References between names and keys. A name that is empty, or that several clusters have for the
/// moment, cannot be referred to: `#2` then means the second cluster.
struct Names<'a> {
    by_key: BTreeMap<Key, (usize, &'a str)>,
    by_name: BTreeMap<&'a str, Vec<Key>>,
    in_order: Vec<Key>,
}

impl<'a> Names<'a> {
    fn new(clusters: &'a [Cluster]) -> Self {
        let by_key = clusters.iter().enumerate().map(|(index, c)| (c.key, (index, c.name.as_str()))).collect();
        let mut by_name: BTreeMap<&str, Vec<Key>> = BTreeMap::new();
        for cluster in clusters {
            by_name.entry(&cluster.name).or_default().push(cluster.key);
        }
        Names { by_key, by_name, in_order: clusters.iter().map(|cluster| cluster.key).collect() }
    }

    fn name(&self, to: &ClusterRef) -> String {
        let key = match to {
            ClusterRef::Unknown(name) => return name.clone(),
            ClusterRef::To(key) => key,
        };
        let Some((index, name)) = self.by_key.get(key) else {
            return String::new();
        };
        let clear = !name.is_empty() && !name.starts_with('#') && self.by_name.get(name).is_some_and(|k| k.len() == 1);
        if clear { (*name).to_owned() } else { format!("#{}", index + 1) }
    }

    fn find(&self, name: &str) -> ClusterRef {
        let by_number = || {
            let number: usize = name.strip_prefix('#')?.parse().ok()?;
            self.in_order.get(number.checked_sub(1)?)
        };
        let by_name = if name.is_empty() { None } else { self.by_name.get(name).and_then(|keys| keys.first()) };
        by_name.or_else(by_number).map_or_else(|| ClusterRef::Unknown(name.to_owned()), |key| ClusterRef::To(*key))
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
