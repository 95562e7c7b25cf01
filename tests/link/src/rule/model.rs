//! What runs, as objects tell it: control planes, the clusters of each, and the meshes that they make.

use super::plane::{Member, Plane};
use super::webhook::{Webhook, webhooks};
use crate::value::{list, text, texts};
use crate::world::{Certificate, Cluster, Found, World};

pub(super) const IN_CHARGE: &str = "/metadata/annotations/topology.istio.io~1controlPlaneClusters";

/// Every control plane of a bundle.
pub(super) struct Model<'w> {
    pub(super) world: &'w World<'w>,
    pub(super) planes: Vec<Plane<'w>>,
    /// Secrets with access to clusters, wherever they are.
    pub(super) secrets: Vec<Found<'w>>,
    /// Of each control plane, the number of its mesh.
    meshes: Vec<usize>,
}

impl<'w> Model<'w> {
    pub(super) fn of(world: &'w World<'w>) -> Self {
        let planes = Plane::all(world);
        let meshes = (0..planes.len()).collect();
        let all = || world.clusters.iter().flat_map(|cluster| cluster.all("Secret"));
        let remote =
            |found: &Found<'w>| found.name() != "istio-kubeconfig" && !text(found.value(), "/data/cluster").is_empty();
        let mut model = Model { world, planes, secrets: all().filter(remote).collect(), meshes };
        let configs: Vec<Found> = all().filter(|found| found.name() == "istio-kubeconfig").collect();
        let found: Vec<Option<Found>> = model.planes.iter().map(|plane| model.config(plane, &configs)).collect();
        for (plane, found) in model.planes.iter_mut().zip(found) {
            plane.config_secret = found;
        }
        for cluster in &world.clusters {
            let score = |plane: &Plane<'w>| model.likeness(plane, cluster);
            let best = model.planes.iter().enumerate().rev().max_by_key(|(_, plane)| score(plane));
            let best = best.filter(|(_, plane)| score(plane).is_some()).map(|(index, _)| index);
            if let Some(plane) = best.and_then(|index| model.planes.get_mut(index)) {
                plane.take(cluster);
            }
        }
        model.group();
        model
    }

    /// The secret by which an external istiod reads its configuration: that beside it, or else one that is
    /// beside no other.
    fn config(&self, plane: &Plane<'w>, all: &[Found<'w>]) -> Option<Found<'w>> {
        let beside =
            |plane: &Plane, it: &Found| it.cluster.name == plane.home.name && it.namespace() == plane.namespace();
        let stray = |it: &&Found| !self.planes.iter().any(|other| beside(other, it));
        let found = all.iter().find(|it| beside(plane, it)).or_else(|| all.iter().find(stray));
        found.copied().filter(|_| plane.external)
    }

    /// How much says that a control plane serves a cluster; `None` where it cannot.
    fn likeness(&self, plane: &Plane<'w>, cluster: &'w Cluster) -> Option<u32> {
        let is_home = plane.home.name == cluster.name;
        if is_home || plane.drives || self.planes.iter().any(|it| it.home.name == cluster.name) {
            return (is_home && !plane.external).then_some(100);
        }
        let mut score = 0;
        let mut add = |is: bool, weight: u32| score += if is { weight } else { 0 };
        add(plane.config_secret.is_some_and(|it| text(it.value(), "/data/cluster") == cluster.name), 4);
        let mut namespaces = cluster.all("Namespace");
        let named = namespaces.any(|it| text(it.value(), IN_CHARGE).split(',').any(|id| id == plane.id));
        add(named, 2);
        add(cluster.get("Namespace", "", plane.namespace()).is_some(), 1);
        let ways = webhooks(cluster, "MutatingWebhookConfiguration");
        let asked = |webhook: &Webhook| {
            webhook.authority().rsplit_once(':').is_some_and(|at| plane.hosts().any(|it| it == at.0))
        };
        add(ways.iter().any(asked), 2);
        let addresses = plane.addresses(self.world);
        let leads = cluster.all("EndpointSlice").any(|slice| {
            let mut ends = list(slice.value(), "/endpoints").iter().flat_map(|it| texts(it, "/addresses"));
            ends.any(|end| addresses.iter().any(|(_, address)| address == end))
        });
        add(leads, 2);
        add(self.found(plane).any(|it| text(it.value(), "/data/cluster") == cluster.name), 1);
        Some(score)
    }

    /// Where istiod looks for remote secrets: in its own namespace, of its own cluster if it watches that (0.10).
    pub(super) fn place(plane: &Plane<'w>) -> (&'w str, &'w str) {
        let watches = !plane.external || plane.env("LOCAL_CLUSTER_SECRET_WATCHER") == Some("true");
        let own = plane.home.name.as_str();
        let cluster = if watches { own } else { plane.config().map_or("", Member::name) };
        (cluster, plane.namespace())
    }

    /// The remote secrets that istiod finds.
    pub(super) fn found(&self, plane: &Plane<'w>) -> impl Iterator<Item = Found<'w>> {
        let (cluster, namespace) = Self::place(plane);
        self.secrets.iter().copied().filter(move |it| it.cluster.name == cluster && it.namespace() == namespace)
    }

    /// The secret by which istiod reads a cluster: one that it finds, or else one that no istiod of the
    /// mesh finds.
    pub(super) fn access(&self, plane: &Plane<'w>, cluster: &str) -> Option<Found<'w>> {
        let is = |it: &Found| text(it.value(), "/data/cluster") == cluster;
        let taken = |it: &Found| {
            self.mesh(plane).any(|peer| self.found(peer).any(|at| at.id == it.id && at.cluster.name == it.cluster.name))
        };
        let stray = || self.secrets.iter().copied().find(|it| is(it) && !taken(it));
        self.found(plane).find(is).or_else(stray)
    }

    /// The control planes of a mesh, of which one is given.
    pub(super) fn mesh(&self, of: &Plane<'w>) -> impl Iterator<Item = &Plane<'w>> {
        let all = || self.planes.iter().zip(&self.meshes);
        let number = all().find(|it| it.0.is(of)).map(|it| it.1);
        all().filter(move |it| Some(it.1) == number).map(|it| it.0)
    }

    /// The clusters of a mesh, with what serves each.
    pub(super) fn members(&self, of: &Plane<'w>) -> impl Iterator<Item = (&Plane<'w>, &Member<'w>)> {
        self.mesh(of).flat_map(|plane| plane.members.iter().map(move |member| (plane, member)))
    }

    /// Whether the pods of a mesh are on more than one network.
    pub(super) fn has_several_networks(&self, of: &Plane<'w>) -> bool {
        let mut networks = self.members(of).filter_map(|(_, it)| Some(it.names.as_ref()?.network.value.as_str()));
        let first = networks.next();
        networks.any(|it| Some(it) != first)
    }

    /// What serves a cluster.
    pub(super) fn manager(&self, cluster: &str) -> Option<(&Plane<'w>, &Member<'w>)> {
        let all = self.planes.iter().flat_map(|plane| plane.members.iter().map(move |member| (plane, member)));
        all.into_iter().find(|(_, member)| member.name() == cluster)
    }

    /// The control planes of meshes.
    pub(super) fn control_planes(&self) -> impl Iterator<Item = &Plane<'w>> {
        self.planes.iter().filter(|plane| !plane.drives)
    }

    /// Two control planes are of one mesh if two of three things say so: the mesh's ID, a secret by which
    /// one reads a cluster of the other, and the root of their certificates.
    fn group(&mut self) {
        let reads = |one: &Plane<'w>, other: &Plane<'w>| {
            let is = |found: Found| other.members.iter().any(|it| it.name() == text(found.value(), "/data/cluster"));
            self.found(one).any(is)
        };
        let joined = |one: &Plane<'w>, other: &Plane<'w>| {
            let [id, with] = [one, other].map(|it| it.mesh_id().map(|end| end.value).filter(|id| !id.is_empty()));
            let roots = [one, other].map(root);
            let signs = [id.is_some() && id == with, reads(one, other) || reads(other, one)];
            let same = signs.into_iter().chain([roots[0].is_some() && roots[0] == roots[1]]);
            !one.drives && !other.drives && same.filter(|it| *it).count() > 1
        };
        let mut meshes = self.meshes.clone();
        for (index, one) in self.planes.iter().enumerate() {
            for (before, other) in self.planes.iter().enumerate().take(index) {
                if let (true, Some(&from), Some(&to)) = (joined(one, other), meshes.get(index), meshes.get(before)) {
                    meshes.iter_mut().filter(|it| **it == from).for_each(|it| *it = to);
                }
            }
        }
        self.meshes = meshes;
    }
}

/// Number of the key of the root that an istiod was given.
pub(super) fn root(plane: &Plane) -> Option<u64> {
    let secret = plane.home.get("Secret", plane.namespace(), "cacerts")?;
    let held = secret.value().pointer("/data")?.get("root-cert.pem")?.as_str()?;
    Certificate::all(held).first().map(|it| it.key)
}
