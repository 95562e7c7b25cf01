//! Control planes over random clusters: external ones and primaries, in one or two meshes.

use super::one;
use meshwright_core::draft::{Address, Cluster, ClusterRef, ControlPlane, Key, Mesh};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::Index;

/// What is drawn, before there are clusters for it.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    planes: Vec<Plane>,
    meshes: [MeshTexts; 2],
    /// Which cluster is taken next, and which control plane a remaining cluster is remote of.
    picks: Vec<Index>,
}

#[derive(Clone, Debug)]
struct Plane {
    second: bool,
    external: bool,
    revision: String,
    address: Address,
    east_west: String,
}

#[derive(Clone, Debug)]
struct MeshTexts {
    id: String,
    trust_domain: String,
    namespace: String,
}

fn plane() -> impl Strategy<Value = Plane> {
    let address = (
        one(&["", "dns", "ip", "discovered"]),
        one(&["credential", "true", "a.b"]),
        one(&["", "mesh-ca", "insecure-skip-verify"]),
    );
    let second = prop_oneof![3 => Just(false), 1 => Just(true)];
    (second, any::<bool>(), one(&["", "", "stable", "1-31-1"]), address, one(&["istioctl", "helm"])).prop_map(
        |(second, external, revision, (kind, tls_secret, gateway_trust), east_west)| {
            // By its number later on: no two have the same.
            let (host, ip) = (String::new(), String::new());
            let address = Address { kind, host, tls_secret, gateway_trust, ip };
            Plane { second, external, revision, address, east_west }
        },
    )
}

fn mesh(ids: &[&'static str]) -> impl Strategy<Value = MeshTexts> + use<> {
    let namespace = one(&["external-istiod", "off", "mesh", "istio-system"]);
    (one(ids), one(&["", "cluster.local", "prod.example"]), namespace)
        .prop_map(|(id, trust_domain, namespace)| MeshTexts { id, trust_domain, namespace })
}

pub(super) fn drawn() -> impl Strategy<Value = Drawn> {
    let meshes = (mesh(&["mesh1", "1_000", "null", "a.b"]), mesh(&["mesh2", "mesh1.2", "2"]));
    let planes = prop_oneof![2 => vec(plane(), 1), 3 => vec(plane(), 1..5)];
    (planes, meshes, vec(any::<Index>(), 64)).prop_map(|(planes, meshes, picks)| {
        let meshes = meshes.into();
        Drawn { planes, meshes, picks }
    })
}

impl Drawn {
    /// Over clusters, as many control planes as these suffice for. A primary that has remote clusters gets
    /// the gateway that they need.
    pub(super) fn over(mut self, clusters: &mut [Cluster]) -> Vec<Mesh> {
        while self.needed() > clusters.len() {
            self.planes.pop();
        }
        // A mesh is there when it has a control plane.
        if self.planes.iter().all(|plane| plane.second) {
            self.planes.iter_mut().for_each(|plane| plane.second = false);
        }
        let mut free: Vec<Key> = clusters.iter().map(|cluster| cluster.key).collect();
        let mut picks = self.picks.iter().cycle();
        let mut take = |free: &mut Vec<Key>| {
            let pick = picks.next().unwrap().index(free.len());
            free.remove(pick)
        };
        let homes: Vec<Key> = (0..self.homes()).map(|_| take(&mut free)).collect();
        let mut taken = [0, 0];
        let mut planes: Vec<(usize, ControlPlane)> = Vec::new();
        for (index, drawn) in self.planes.iter().enumerate() {
            let config = take(&mut free);
            let mesh = usize::from(drawn.second);
            let home = if drawn.external {
                taken[mesh] += 1;
                homes[taken[mesh] - 1]
            } else {
                config
            };
            planes.push((mesh, self.plane(index, home, config)));
        }
        while !free.is_empty() {
            let remote = take(&mut free);
            let pick = self.picks[free.len() % self.picks.len()].index(planes.len());
            planes[pick].1.remote_clusters.push(ClusterRef::To(remote));
        }
        for (drawn, (_, plane)) in self.planes.iter().zip(&mut planes) {
            let place = |to: &ClusterRef| clusters.iter().position(|cluster| to.is(cluster.key));
            plane.remote_clusters.sort_by_key(place);
            let home = clusters.iter_mut().find(|it| plane.cluster.is(it.key) && plane.config_cluster.is(it.key));
            if let (Some(home), false) = (home, plane.remote_clusters.is_empty()) {
                home.east_west.clone_from(&drawn.east_west);
            }
        }
        self.meshes(clusters.len(), &planes)
    }

    /// Clusters that external control planes run on: those of one mesh on one each, shared with the
    /// other mesh.
    fn homes(&self) -> usize {
        let of = |second: bool| self.planes.iter().filter(|plane| plane.external && plane.second == second).count();
        of(false).max(of(true))
    }

    fn needed(&self) -> usize {
        self.planes.len() + self.homes()
    }

    /// A mesh's system namespace: another one for each of two that share a cluster.
    fn namespace(&self, mesh: usize) -> String {
        let external = self.planes.iter().any(|plane| plane.external && usize::from(plane.second) == mesh);
        match (external, self.meshes[mesh].namespace.as_str(), mesh) {
            (true, "istio-system", _) => format!("istiod-{mesh}"),
            (false, namespace, _) | (true, namespace, 0) => namespace.to_owned(),
            (true, namespace, _) => format!("{namespace}-{mesh}"),
        }
    }

    fn plane(&self, index: usize, home: Key, config: Key) -> ControlPlane {
        let drawn = &self.planes[index];
        let others = self.planes.iter().filter(|it| it.external && it.second != drawn.second).count();
        let shared = drawn.external && others > 0;
        let mut address = drawn.address.clone();
        address.host = format!("istiod{index}.example.com");
        address.ip = format!("203.0.113.{}", index + 1);
        if shared {
            "dns".clone_into(&mut address.kind);
        } else if !drawn.external && matches!(address.kind.as_str(), "" | "dns") {
            "discovered".clone_into(&mut address.kind);
        }
        ControlPlane {
            key: Key(0),
            cluster: ClusterRef::To(home),
            config_cluster: ClusterRef::To(config),
            remote_clusters: Vec::new(),
            namespace: self.namespace(usize::from(drawn.second)),
            revision: drawn.revision.clone(),
            address,
        }
    }

    /// Keys are numbered as a file's are when it is read: clusters, then each mesh and its control planes.
    fn meshes(&self, clusters: usize, planes: &[(usize, ControlPlane)]) -> Vec<Mesh> {
        let mut next = u32::try_from(clusters).unwrap();
        let mut key = || {
            next += 1;
            Key(next)
        };
        let mut meshes = Vec::new();
        for (index, texts) in self.meshes.iter().enumerate() {
            let own: Vec<ControlPlane> =
                planes.iter().filter(|(mesh, _)| *mesh == index).map(|(_, plane)| plane.clone()).collect();
            if own.is_empty() {
                continue;
            }
            let MeshTexts { id, trust_domain, .. } = texts.clone();
            let mut mesh = Mesh { key: key(), mesh_id: id, trust_domain, control_planes: own };
            mesh.control_planes.iter_mut().for_each(|plane| plane.key = key());
            meshes.push(mesh);
        }
        meshes
    }
}
