//! Changes to a draft: one field's text, and clusters added, removed, moved or given another role.

use super::{At, Cluster, ClusterRef, ControlPlane, Draft, Key, Mesh};
use crate::field::Field;
use crate::sorted::Sorted;

/// What a cluster is to the control planes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
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
            Role::External => "runs the control plane",
            Role::Config => "config cluster",
            Role::Remote => "remote cluster",
            Role::Unused => "not used",
        }
    }
}

impl Draft {
    /// Sets the text of a field; does nothing where `at` is nowhere.
    pub fn set_text(&mut self, at: At, text: String) {
        if let Some(field) = self.text_mut(at) {
            *field = text;
        }
    }

    fn text_mut(&mut self, at: At) -> Option<&mut String> {
        let key = at.key;
        match at.field {
            Field::IstioVersion => Some(&mut self.version),
            Field::InstallMethod => Some(&mut self.install_method),
            Field::MeshId => self.mesh_mut(key).map(|mesh| &mut mesh.mesh_id),
            Field::TrustDomain => self.mesh_mut(key).map(|mesh| &mut mesh.trust_domain),
            Field::Namespace => self.plane_mut(key).map(|plane| &mut plane.namespace),
            Field::Revision => self.plane_mut(key).map(|plane| &mut plane.revision),
            Field::AddressType => self.plane_mut(key).map(|plane| &mut plane.address.kind),
            Field::Host => self.plane_mut(key).map(|plane| &mut plane.address.host),
            Field::TlsSecret => self.plane_mut(key).map(|plane| &mut plane.address.tls_secret),
            Field::GatewayTrust => self.plane_mut(key).map(|plane| &mut plane.address.gateway_trust),
            Field::Ip => self.plane_mut(key).map(|plane| &mut plane.address.ip),
            Field::ClusterName => self.cluster_mut(key).map(|cluster| &mut cluster.name),
            Field::Context => self.cluster_mut(key).map(|cluster| &mut cluster.context),
            Field::Network => self.cluster_mut(key).map(|cluster| &mut cluster.network),
            Field::ApiServer => self.cluster_mut(key).map(|cluster| &mut cluster.api_server),
            Field::Platform => self.cluster_mut(key).map(|cluster| &mut cluster.platform),
            Field::IngressGateway => self.cluster_mut(key).map(|cluster| &mut cluster.ingress),
            Field::EgressGateway => self.cluster_mut(key).map(|cluster| &mut cluster.egress),
            Field::EastWestGateway => self.cluster_mut(key).map(|cluster| &mut cluster.east_west),
            Field::Sample => Some(&mut self.sample.app),
            Field::SampleNamespace => Some(&mut self.sample.namespace),
            Field::SampleRoute => Some(&mut self.sample.route),
            Field::ControlPlaneCluster | Field::ConfigCluster | Field::RemoteClusters => None,
        }
    }

    fn mesh_mut(&mut self, key: Key) -> Option<&mut Mesh> {
        self.meshes.iter_mut().find(|mesh| mesh.key == key)
    }

    fn plane_mut(&mut self, key: Key) -> Option<&mut ControlPlane> {
        self.meshes.iter_mut().flat_map(|mesh| &mut mesh.control_planes).find(|plane| plane.key == key)
    }

    fn cluster_mut(&mut self, key: Key) -> Option<&mut Cluster> {
        self.clusters.iter_mut().find(|cluster| cluster.key == key)
    }

    /// A key that nothing has.
    fn free_key(&self) -> Key {
        let clusters = self.clusters.iter().map(|cluster| cluster.key);
        let meshes = self.meshes.iter().map(|mesh| mesh.key);
        let planes = self.control_planes().map(|plane| plane.key);
        let Key(last) = clusters.chain(meshes).chain(planes).max().unwrap_or(Key::TOPOLOGY);
        Key(last + 1)
    }

    /// Adds a remote cluster, managed by the first control plane, with names that are not taken yet.
    /// Gives its key.
    pub fn add_cluster(&mut self) -> Key {
        let key = self.free_key();
        let free = |stem: &str, taken: &dyn Fn(&str) -> bool| {
            (1..=u32::MAX).map(|n| format!("{stem}{n}")).find(|name| !taken(name)).unwrap_or_default()
        };
        let name = free("cluster", &|name| self.clusters.iter().any(|cluster| cluster.name == name));
        let network = free("network", &|network| self.clusters.iter().any(|cluster| cluster.network == network));
        let east_west =
            self.clusters.iter().map(|cluster| cluster.east_west.as_str()).find(|by| !matches!(*by, "" | "none"));
        let cluster = Cluster {
            key,
            context: name.clone(),
            name,
            network,
            east_west: east_west.unwrap_or("istioctl").to_owned(),
            ..Cluster::empty(key)
        };
        self.clusters.push(cluster);
        if let Some(plane) = self.first_control_plane() {
            plane.remote_clusters.push(ClusterRef::To(key));
        }
        key
    }

    /// Removes a cluster and what refers to it. Who ran on it, or read it, then says so by a problem.
    pub fn remove_cluster(&mut self, key: Key) {
        self.clusters.retain(|cluster| cluster.key != key);
        for plane in self.meshes.iter_mut().flat_map(|mesh| &mut mesh.control_planes) {
            plane.forget(key);
        }
    }

    /// Moves a cluster by `steps` places, towards the end when positive; stops at the ends.
    pub fn move_cluster(&mut self, key: Key, steps: isize) {
        let Some(from) = self.clusters.iter().position(|cluster| cluster.key == key) else {
            return;
        };
        let last = self.clusters.len().saturating_sub(1);
        let to = from.saturating_add_signed(steps).min(last);
        let cluster = self.clusters.remove(from);
        self.clusters.insert(to, cluster);
        self.order_remotes();
    }

    /// Remote clusters come in the order of the form.
    fn order_remotes(&mut self) {
        let places = self.places();
        for plane in self.meshes.iter_mut().flat_map(|mesh| &mut mesh.control_planes) {
            let mut remotes: Sorted<usize, Vec<ClusterRef>> = Sorted::default();
            for remote in plane.remote_clusters.drain(..) {
                let place = if let ClusterRef::To(key) = &remote { places.get(key) } else { None };
                remotes.change(*place.unwrap_or(&usize::MAX), |there| there.push(remote));
            }
            plane.remote_clusters = remotes.into_values().flatten().collect();
        }
    }

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
        roles
    }

    /// What a cluster is.
    pub fn role(&self, key: Key) -> Role {
        let place = self.clusters.iter().position(|cluster| cluster.key == key);
        place.and_then(|place| self.roles().get(place).copied()).unwrap_or(Role::Unused)
    }

    /// Gives a cluster another role with the first control plane. Who had a role that only one can
    /// have becomes what the cluster was before.
    pub fn set_role(&mut self, key: Key, role: Role) {
        let before = self.role(key);
        if before == role {
            return;
        }
        let holder = match role {
            Role::External => self.control_planes().next().map(|plane| plane.cluster.clone()),
            Role::Config => self.control_planes().next().map(|plane| plane.config_cluster.clone()),
            Role::Remote | Role::Unused => None,
        };
        let Some(plane) = self.first_control_plane() else {
            return;
        };
        plane.forget(key);
        plane.take(key, role);
        if let Some(ClusterRef::To(holder)) = holder {
            plane.take(holder, before);
        }
        self.order_remotes();
    }

    fn first_control_plane(&mut self) -> Option<&mut ControlPlane> {
        self.meshes.iter_mut().flat_map(|mesh| &mut mesh.control_planes).next()
    }
}

impl Cluster {
    /// A cluster of which nothing is known.
    pub(super) fn empty(key: Key) -> Self {
        let empty = String::new;
        Cluster {
            key,
            name: empty(),
            context: empty(),
            network: empty(),
            api_server: empty(),
            platform: empty(),
            ingress: empty(),
            egress: empty(),
            east_west: empty(),
        }
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

    fn forget(&mut self, key: Key) {
        let nobody = || ClusterRef::Unknown(String::new());
        if self.cluster.is(key) {
            self.cluster = nobody();
        }
        if self.config_cluster.is(key) {
            self.config_cluster = nobody();
        }
        self.remote_clusters.retain(|remote| !remote.is(key));
    }

    fn take(&mut self, key: Key, role: Role) {
        match role {
            Role::External => self.cluster = ClusterRef::To(key),
            Role::Config => self.config_cluster = ClusterRef::To(key),
            Role::Remote => self.remote_clusters.push(ClusterRef::To(key)),
            Role::Unused => {}
        }
    }
}
