//! Changes to a draft: one field's text, and clusters removed or moved.

use super::{At, Cluster, ClusterRef, ControlPlane, Draft, Key, Mesh};
use crate::field::Field;
use crate::sorted::Sorted;

impl Draft {
    /// Has something else install the control planes, and the gateways that were installed as they are.
    pub fn install_by(&mut self, method: &str) {
        let at = At { field: Field::InstallMethod, key: Key::TOPOLOGY };
        let before = self.gateway_method();
        self.set_text(at, method.to_owned());
        let method = self.gateway_method();
        let clusters = self.clusters.iter_mut();
        clusters
            .flat_map(|cluster| [&mut cluster.ingress, &mut cluster.egress, &mut cluster.east_west])
            .filter(|gateway| **gateway == before)
            .for_each(|gateway| method.clone_into(gateway));
    }

    /// What installs gateways where the control planes' method is to: the Sail operator has none itself.
    pub fn gateway_method(&self) -> &'static str {
        let method = self.effective(At { field: Field::InstallMethod, key: Key::TOPOLOGY });
        if matches!(method, "helm" | "sail") { "helm" } else { "istioctl" }
    }

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

    pub(super) fn mesh_mut(&mut self, key: Key) -> Option<&mut Mesh> {
        self.meshes.iter_mut().find(|mesh| mesh.key == key)
    }

    /// Every control plane, mesh by mesh.
    pub(super) fn planes_mut(&mut self) -> impl Iterator<Item = &mut ControlPlane> {
        self.meshes.iter_mut().flat_map(|mesh| &mut mesh.control_planes)
    }

    pub(super) fn plane_mut(&mut self, key: Key) -> Option<&mut ControlPlane> {
        self.planes_mut().find(|plane| plane.key == key)
    }

    pub(super) fn cluster_mut(&mut self, key: Key) -> Option<&mut Cluster> {
        self.clusters.iter_mut().find(|cluster| cluster.key == key)
    }

    /// A key that nothing has.
    pub(super) fn free_key(&self) -> Key {
        let clusters = self.clusters.iter().map(|cluster| cluster.key);
        let meshes = self.meshes.iter().map(|mesh| mesh.key);
        let planes = self.control_planes().map(|plane| plane.key);
        let Key(last) = clusters.chain(meshes).chain(planes).max().unwrap_or(Key::TOPOLOGY);
        Key(last + 1)
    }

    /// Removes a cluster and what refers to it. Who ran on it, or read it, then says so by a problem.
    pub fn remove_cluster(&mut self, key: Key) {
        self.clusters.retain(|cluster| cluster.key != key);
        self.planes_mut().for_each(|plane| plane.forget(key));
        self.drop_empty_control_planes();
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
    pub(super) fn order_remotes(&mut self) {
        let places = self.places();
        for plane in self.planes_mut() {
            let mut remotes: Sorted<usize, Vec<ClusterRef>> = Sorted::default();
            for remote in plane.remote_clusters.drain(..) {
                let place = if let ClusterRef::To(key) = &remote { places.get(key) } else { None };
                remotes.change(*place.unwrap_or(&usize::MAX), |there| there.push(remote));
            }
            plane.remote_clusters = remotes.into_values().flatten().collect();
        }
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
