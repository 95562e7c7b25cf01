//! Clusters, control planes and meshes that are new: with names that are not taken yet, and right as
//! they are wherever nobody has to decide.

use super::{Address, Cluster, ClusterRef, ControlPlane, Draft, Key, Mesh};
use crate::name::SYSTEM_NAMESPACE;

impl Draft {
    /// Adds a cluster to the mesh of the last cluster that is in one, managed as that one is: beside a
    /// primary that manages no other by a control plane of its own, or else by the same. Gives its key.
    pub fn add_cluster(&mut self) -> Key {
        let before = self.clusters.iter().rev().find_map(|cluster| self.manager(cluster.key));
        let Some(plane) = before.or(self.control_planes().next()) else {
            return self.push_cluster(None);
        };
        let (plane_key, alone) = (plane.key, plane.is_primary() && plane.remote_clusters.is_empty());
        let mesh = self.mesh_of(plane_key);
        if let (Some(mesh), true) = (mesh, alone) {
            return self.add_control_plane(mesh);
        }
        let key = self.push_cluster(mesh);
        if let Some(plane) = self.plane_mut(plane_key) {
            plane.manage(key);
        }
        key
    }

    /// Adds a control plane to a mesh, on a primary cluster of its own. Gives the cluster's key.
    pub fn add_control_plane(&mut self, mesh: Key) -> Key {
        let ingress = self.ingress_like(mesh);
        let key = self.push_cluster(Some(mesh));
        self.cluster_mut(key).into_iter().for_each(|cluster| cluster.ingress.clone_from(&ingress));
        self.add_primary(key, Some(mesh));
        key
    }

    /// Adds a mesh of one cluster. Its control plane is beside the last one where that is external, and
    /// else on that cluster. Gives the mesh's key.
    pub fn add_mesh(&mut self) -> Key {
        let like = self.control_planes().last().cloned();
        let ingress = self.meshes.last().map_or_else(String::new, |mesh| self.ingress_like(mesh.key));
        let mesh_id = free("mesh", 1, |id| self.meshes.iter().any(|mesh| mesh.mesh_id == id));
        let key = self.free_key();
        self.meshes.push(Mesh { key, mesh_id, trust_domain: String::new(), control_planes: Vec::new() });
        let cluster = self.push_cluster(Some(key));
        self.cluster_mut(cluster).into_iter().for_each(|cluster| cluster.ingress.clone_from(&ingress));
        match like {
            Some(like) if !like.is_primary() => {
                // Side by side on one cluster, each needs a namespace and a DNS name of its own (0.36).
                let stem = like.namespace.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
                let taken = |name: &str| self.control_planes().any(|plane| plane.namespace == name);
                let namespace = free(&[stem, "-"].concat(), 2, taken);
                let plane = ControlPlane {
                    key: self.free_key(),
                    config_cluster: ClusterRef::To(cluster),
                    remote_clusters: Vec::new(),
                    namespace,
                    address: Address::default(),
                    ..like
                };
                self.mesh_mut(key).into_iter().for_each(|mesh| mesh.control_planes.push(plane.clone()));
            }
            Some(_) | None => self.add_primary(cluster, Some(key)),
        }
        key
    }

    /// A control plane for a primary in that mesh, or else in the first: an empty one, or else one like
    /// the first.
    pub(super) fn add_primary(&mut self, key: Key, mesh: Option<Key>) {
        let free = self.free_key();
        let there = self.meshes.iter().position(|found| Some(found.key) == mesh).unwrap_or(0);
        let before = self.control_planes().map(|plane| plane.namespace.clone()).next();
        let Some(mesh) = self.meshes.get_mut(there) else {
            return;
        };
        if !mesh.control_planes.iter().any(ControlPlane::is_nowhere) {
            let namespace = mesh.control_planes.first().map(|plane| plane.namespace.clone());
            mesh.control_planes.push(ControlPlane {
                key: free,
                cluster: ClusterRef::nobody(),
                config_cluster: ClusterRef::nobody(),
                remote_clusters: Vec::new(),
                namespace: namespace.or(before).unwrap_or_else(|| SYSTEM_NAMESPACE.to_owned()),
                revision: String::new(),
                address: Address::default(),
            });
        }
        if let Some(plane) = mesh.control_planes.iter_mut().find(|plane| plane.is_nowhere()) {
            plane.settle_on(key);
        }
    }

    /// Adds a cluster that nothing refers to yet. A mesh whose clusters share one network gets it on
    /// that; any other on a network of its own, with a gateway to the others.
    fn push_cluster(&mut self, mesh: Option<Key>) -> Key {
        let key = self.free_key();
        let name = free("cluster", 1, |name| self.clusters.iter().any(|cluster| cluster.name == name));
        let members: Vec<&Cluster> = self.members(mesh).filter_map(|key| self.cluster(key)).collect();
        let shared = match members.as_slice() {
            [first, others @ ..] if !others.is_empty() => {
                Some(&first.network).filter(|network| others.iter().all(|other| other.network == **network))
            }
            _ => None,
        };
        let is_on = |network: &str| self.clusters.iter().any(|cluster| cluster.network == network);
        let by = self.clusters.iter().map(|cluster| &*cluster.east_west).find(|by| !matches!(*by, "" | "none"));
        let method = self.gateway_method();
        let east_west = if shared.is_some() || members.is_empty() { "" } else { by.unwrap_or(method) };
        let cluster = Cluster {
            context: name.clone(),
            name,
            network: shared.cloned().unwrap_or_else(|| free("network", 1, is_on)),
            east_west: east_west.to_owned(),
            ..Cluster::empty(key)
        };
        self.clusters.push(cluster);
        key
    }

    /// The clusters of a mesh.
    fn members(&self, mesh: Option<Key>) -> impl Iterator<Item = Key> {
        let meshes = self.meshes.iter().filter(move |found| Some(found.key) == mesh);
        meshes.flat_map(|mesh| &mesh.control_planes).flat_map(ControlPlane::members)
    }

    /// The ingress gateway of the first cluster of a mesh.
    fn ingress_like(&self, mesh: Key) -> String {
        let first = self.members(Some(mesh)).find_map(|key| self.cluster(key));
        first.map_or_else(String::new, |cluster| cluster.ingress.clone())
    }
}

/// The first name of a stem and a number that is not taken.
fn free(stem: &str, from: u32, taken: impl Fn(&str) -> bool) -> String {
    (from..=u32::MAX).map(|n| [stem, &n.to_string()].concat()).find(|name| !taken(name)).unwrap_or_default()
}
