//! What clusters are to the control planes, and how that changes.

use super::{ClusterRef, ControlPlane, Draft, Key};

/// What a cluster is to the control planes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Runs a control plane of its own mesh, and holds that one's configuration.
    Primary,
    /// Runs a control plane and is not a part of its mesh.
    External,
    /// Holds the mesh's configuration, and is the first remote cluster.
    Config,
    /// A further remote cluster.
    Remote,
    /// None yet.
    Unused,
}

impl Role {
    /// The role in words.
    pub const fn label(self) -> &'static str {
        match self {
            Role::Primary => "primary cluster",
            Role::External => "runs the control plane",
            Role::Config => "config cluster",
            Role::Remote => "remote cluster",
            Role::Unused => "not used",
        }
    }
}

impl Draft {
    /// What each cluster is, in the order of the form.
    pub fn roles(&self) -> Vec<Role> {
        let places = self.places();
        let mut roles = vec![Role::Unused; self.clusters.len()];
        let mut give = |to: &ClusterRef, role| {
            if let ClusterRef::To(key) = to
                && let Some(of) = places.get(key).and_then(|place| roles.get_mut(*place))
            {
                *of = role;
            }
        };
        // The last one counts.
        self.control_planes().flat_map(|plane| &plane.remote_clusters).for_each(|to| give(to, Role::Remote));
        self.control_planes().for_each(|plane| give(&plane.config_cluster, Role::Config));
        self.control_planes().for_each(|plane| give(&plane.cluster, Role::External));
        let primaries = self.control_planes().filter(|plane| plane.is_primary());
        primaries.for_each(|plane| give(&plane.cluster, Role::Primary));
        roles
    }

    /// What a cluster is.
    pub fn role(&self, key: Key) -> Role {
        let place = self.clusters.iter().position(|cluster| cluster.key == key);
        place.and_then(|place| self.roles().get(place).copied()).unwrap_or(Role::Unused)
    }

    /// Whether an istiod other than a cluster's own reads that cluster.
    pub(crate) fn peers(&self, key: Key) -> bool {
        let of = |plane: &ControlPlane| plane.members().any(|member| member == key);
        self.meshes.iter().any(|mesh| mesh.control_planes.len() > 1 && mesh.control_planes.iter().any(of))
    }

    /// Gives a cluster another role with its control plane, or else with the first one. Who had a role
    /// that only one can have becomes what the cluster was before. A primary gets a control plane of its
    /// own, and a cluster that is one no longer leaves none behind.
    pub fn set_role(&mut self, key: Key, role: Role) {
        let before = self.role(key);
        if before == role {
            return;
        }
        let own = self.control_planes().find(|plane| plane.names(key)).map(|plane| plane.key);
        let mesh = own.and_then(|plane| self.mesh_of(plane));
        self.planes_mut().for_each(|plane| plane.forget(key));
        self.drop_empty_control_planes();
        if role == Role::Primary {
            self.add_primary(key, mesh);
        } else if let Some(plane) = self.control_plane_or_first(own, mesh) {
            let holder = match role {
                Role::External => plane.cluster.clone(),
                Role::Config => plane.config_cluster.clone(),
                Role::Primary | Role::Remote | Role::Unused => ClusterRef::nobody(),
            };
            // The other half of a primary's role is left to it.
            let halved = plane.is_primary();
            plane.take(key, role);
            if let (ClusterRef::To(holder), false) = (holder, halved) {
                plane.take(holder, before);
            }
        }
        self.order_remotes();
    }

    /// Control planes that no cluster has anything to do with, unless there would be none left.
    pub(super) fn drop_empty_control_planes(&mut self) {
        for mesh in &mut self.meshes {
            let used = |plane: &ControlPlane| !plane.is_nowhere() || !plane.remote_clusters.is_empty();
            if mesh.control_planes.iter().any(used) {
                mesh.control_planes.retain(used);
            }
        }
    }

    /// The control plane of that key, or the first one: of that mesh, if it has any.
    fn control_plane_or_first(&mut self, key: Option<Key>, mesh: Option<Key>) -> Option<&mut ControlPlane> {
        let own = self.control_planes().find(|plane| Some(plane.key) == key);
        let near = self.control_planes().find(|plane| mesh.is_some() && self.mesh_of(plane.key) == mesh);
        let there = own.or(near).or(self.control_planes().next())?.key;
        self.plane_mut(there)
    }
}

impl ControlPlane {
    /// The clusters that it manages, config cluster first, as far as they exist.
    pub(crate) fn members(&self) -> impl Iterator<Item = Key> {
        std::iter::once(&self.config_cluster).chain(&self.remote_clusters).filter_map(|to| match to {
            ClusterRef::To(key) => Some(*key),
            ClusterRef::Unknown(_) => None,
        })
    }

    /// Whether it runs on a cluster of its own mesh.
    pub fn is_primary(&self) -> bool {
        matches!(self.cluster, ClusterRef::To(key) if self.config_cluster.is(key))
    }

    /// Whether nothing is said of where it runs and what it reads.
    pub(super) fn is_nowhere(&self) -> bool {
        self.cluster == ClusterRef::nobody() && self.config_cluster == ClusterRef::nobody()
    }

    /// Whether its remote clusters reach it through the east-west gateway beside it.
    pub(crate) fn serves_remotes(&self) -> bool {
        self.is_primary() && !self.remote_clusters.is_empty()
    }

    /// Whether a cluster has any role with it.
    pub(super) fn names(&self, key: Key) -> bool {
        self.cluster.is(key) || self.members().any(|member| member == key)
    }

    pub(super) fn forget(&mut self, key: Key) {
        if self.cluster.is(key) {
            self.cluster = ClusterRef::nobody();
        }
        if self.config_cluster.is(key) {
            self.config_cluster = ClusterRef::nobody();
        }
        self.remote_clusters.retain(|remote| !remote.is(key));
    }

    fn take(&mut self, key: Key, role: Role) {
        match role {
            Role::Primary => self.settle_on(key),
            Role::External => self.cluster = ClusterRef::To(key),
            Role::Config => self.config_cluster = ClusterRef::To(key),
            Role::Remote => self.manage(key),
            Role::Unused => {}
        }
    }
}
