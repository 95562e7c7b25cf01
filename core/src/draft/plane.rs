//! Control planes: who each manages, where it runs and what it reads, and how all that goes.

use super::{At, ClusterRef, ControlPlane, Draft, Key, Mesh, Role};
use crate::field::Field;
use std::mem;

impl Draft {
    /// The control plane of that key.
    pub fn control_plane(&self, key: Key) -> Option<&ControlPlane> {
        self.control_planes().find(|plane| plane.key == key)
    }

    /// The keys of the control planes, mesh by mesh.
    pub fn plane_keys(&self) -> Vec<Key> {
        self.control_planes().map(|plane| plane.key).collect()
    }

    /// The control plane that manages a cluster.
    pub fn manager(&self, key: Key) -> Option<&ControlPlane> {
        self.control_planes().find(|plane| plane.members().any(|member| member == key))
    }

    /// The first config cluster of each mesh none of whose config clusters has an ingress gateway.
    pub(crate) fn without_ingress(&self) -> impl Iterator<Item = Key> {
        self.meshes.iter().filter_map(|mesh| {
            let read = |key| mesh.control_planes.iter().any(|plane| plane.config_cluster.is(key));
            let mut configs = self.clusters.iter().filter(|cluster| read(cluster.key)).peekable();
            let first = configs.peek()?.key;
            configs.all(|cluster| matches!(cluster.ingress.as_str(), "" | "none")).then_some(first)
        })
    }

    /// The mesh that a control plane belongs to.
    pub fn mesh_of(&self, plane: Key) -> Option<Key> {
        let found = self.meshes.iter().find(|mesh| mesh.control_planes.iter().any(|found| found.key == plane));
        found.map(|mesh| mesh.key)
    }

    /// Has another control plane manage a remote cluster.
    pub fn set_manager(&mut self, key: Key, plane: Key) {
        if self.role(key) != Role::Remote || self.plane_mut(plane).is_none() {
            return;
        }
        self.planes_mut().for_each(|plane| plane.forget(key));
        if let Some(plane) = self.plane_mut(plane) {
            plane.manage(key);
        }
        self.order_remotes();
    }

    /// Has a control plane run on another cluster, or read another one: `at` says which. The one before
    /// takes the other's place among its remote clusters. One cluster for both makes it a primary.
    pub fn set_cluster(&mut self, at: At, key: Key) {
        let runs = at.field == Field::ControlPlaneCluster;
        let Some(plane) = self.plane_mut(at.key) else {
            return;
        };
        let was_primary = plane.is_primary();
        let held = if runs { &mut plane.cluster } else { &mut plane.config_cluster };
        let before = mem::replace(held, ClusterRef::To(key));
        if before.is(key) {
            return;
        }
        let exchanged = plane.remote_clusters.iter().any(|remote| remote.is(key)) || (!runs && plane.is_primary());
        for plane in self.planes_mut() {
            plane.remote_clusters.retain(|remote| !remote.is(key));
            if let (true, ClusterRef::To(before), true, false) = (plane.key == at.key, &before, exchanged, was_primary)
            {
                plane.manage(*before);
            }
            plane.reach_through_gateway();
        }
        self.order_remotes();
    }

    /// Removes a mesh, and the clusters that only it has a use for; not the last mesh.
    pub fn remove_mesh(&mut self, key: Key) {
        let Some(place) = self.meshes.iter().position(|mesh| mesh.key == key).filter(|_| self.meshes.len() > 1) else {
            return;
        };
        let gone = self.meshes.remove(place);
        let meshes = &self.meshes;
        self.clusters.retain(|cluster| !gone.names(cluster.key) || meshes.iter().any(|mesh| mesh.names(cluster.key)));
    }

    /// Removes a control plane, unless its mesh has no other: the first of those manages its clusters.
    pub fn remove_control_plane(&mut self, key: Key) {
        let mut meshes = self.meshes.iter_mut();
        let found = meshes.find_map(|mesh| {
            let place = mesh.control_planes.iter().position(|plane| plane.key == key)?;
            (mesh.control_planes.len() > 1).then(|| (mesh.control_planes.remove(place), mesh))
        });
        if let Some((gone, mesh)) = found
            && let Some(first) = mesh.control_planes.first_mut()
        {
            gone.members().for_each(|member| first.manage(member));
        }
        self.order_remotes();
    }
}

impl Mesh {
    /// Whether a cluster has any role in it.
    fn names(&self, key: Key) -> bool {
        self.control_planes.iter().any(|plane| plane.names(key))
    }
}

impl ControlPlane {
    /// Makes a cluster one of its remote clusters.
    pub(super) fn manage(&mut self, key: Key) {
        self.remote_clusters.push(ClusterRef::To(key));
        self.reach_through_gateway();
    }

    /// Makes it a primary on that cluster.
    pub(super) fn settle_on(&mut self, key: Key) {
        self.cluster = ClusterRef::To(key);
        self.config_cluster = ClusterRef::To(key);
        self.reach_through_gateway();
    }

    /// Who reaches a primary by a gateway of the mesh reaches it by an IP address (0.20).
    fn reach_through_gateway(&mut self) {
        if self.is_primary() && self.address.kind != "ip" {
            "discovered".clone_into(&mut self.address.kind);
        }
    }
}
