//! A control plane as its objects tell it: an istiod, and the clusters that it serves.

use super::gateway::gateways;
use super::listener::Listener;
use super::object::pods;
use super::route::{routes, service};
use super::webhook::{Webhook, webhooks};
use crate::broken::End;
use crate::value::{list, selects, text, texts, variable};
use crate::world::{Cluster, Found, World};
use serde_json::Value;

/// Where the containers of a Deployment stand.
pub(super) const CONTAINER: &str = "/spec/template/spec/containers/0";

/// An istiod and what belongs to it.
pub(super) struct Plane<'w> {
    /// The cluster that istiod runs on.
    pub(super) home: &'w Cluster,
    /// istiod's Deployment.
    pub(super) istiod: Found<'w>,
    /// What istiod calls itself.
    pub(super) id: &'w str,
    /// Whether it reads its configuration from another cluster than its own.
    pub(super) external: bool,
    /// Whether it is there for the gateway in front of external ones alone.
    pub(super) drives: bool,
    /// Secret istio-kubeconfig, wherever it is.
    pub(super) config_secret: Option<Found<'w>>,
    /// The clusters that it serves.
    pub(super) members: Vec<Member<'w>>,
    /// Where gateways in front of istiod listen.
    pub(super) listeners: Vec<Listener<'w>>,
    /// ConfigMap with the mesh's configuration, and what it says.
    pub(super) mesh: Option<(Found<'w>, Value)>,
    /// ConfigMap with the injector's values, and what they say.
    pub(super) injector: Option<(Found<'w>, Value)>,
}

/// A cluster that istiod serves.
pub(super) struct Member<'w> {
    pub(super) cluster: &'w Cluster,
    pub(super) webhooks: Vec<Webhook<'w>>,
    /// Whether istiod reads its configuration there.
    pub(super) is_config: bool,
    /// What pods are told.
    pub(super) names: Option<Names>,
}

/// The name and the network that injection gives to a cluster's pods.
#[derive(Clone)]
pub(super) struct Names {
    pub(super) cluster: End,
    pub(super) network: End,
}

impl<'w> Plane<'w> {
    /// Every istiod.
    pub(super) fn all(world: &'w World<'w>) -> Vec<Self> {
        let is_istiod = |found: &Found<'w>| text(found.value(), &format!("{CONTAINER}/name")) == "discovery";
        let istiods = world.clusters.iter().flat_map(|cluster| cluster.all("Deployment")).filter(is_istiod);
        let mut planes: Vec<Self> = istiods.map(Self::of).collect();
        let homes: Vec<&str> = planes.iter().filter(|it| it.external).map(|it| it.home.name.as_str()).collect();
        let drives: Vec<bool> =
            planes.iter().map(|it| !it.external && homes.contains(&it.home.name.as_str())).collect();
        for (plane, drives) in planes.iter_mut().zip(drives) {
            plane.drives = drives;
        }
        planes
    }

    /// One of three settings tells an external istiod, so that one of them may be wrong.
    fn of(istiod: Found<'w>) -> Self {
        let home = istiod.cluster;
        let env = |name: &str| variable(istiod.value(), &format!("{CONTAINER}/env"), name);
        // The names that istiod has to mount, found by what they hold.
        let read = |key: &str| {
            let maps = home.all("ConfigMap").filter(|map| map.namespace() == istiod.namespace());
            let parsed = maps.filter_map(|map| {
                let data = map.value().pointer("/data")?.get(key)?.as_str()?;
                Some((map, serde_json::from_str(data).ok()?))
            });
            parsed.last()
        };
        let reads = home.get("Secret", istiod.namespace(), "istio-kubeconfig").is_some();
        let mut plane = Plane {
            home,
            istiod,
            id: env("CLUSTER_ID").unwrap_or_default(),
            external: reads
                || env("LOCAL_CLUSTER_SECRET_WATCHER") == Some("true")
                || env("SHARED_MESH_CONFIG").is_some(),
            drives: false,
            config_secret: None,
            members: Vec::new(),
            listeners: Vec::new(),
            mesh: read("mesh"),
            injector: read("values"),
        };
        let own = gateways(home).filter(|gateway| plane.is_exposed_by(*gateway));
        plane.listeners = own.flat_map(Listener::of).filter(|it| it.mode() != "AUTO_PASSTHROUGH").collect();
        plane
    }

    /// Whether a Gateway is there for istiod: in its namespace, or with a route to it.
    fn is_exposed_by(&self, gateway: Found) -> bool {
        let names = |found: &Found| {
            let all = list(found.value(), "/spec/gateways");
            found.namespace() == gateway.namespace() && all.iter().any(|it| it.as_str() == Some(gateway.name()))
        };
        let mut all = self.home.all("VirtualService").filter(names).flat_map(routes);
        let is_own = |found: Found| found.id == self.istiod.id;
        gateway.namespace() == self.namespace()
            || all.any(|route| service(route.service, route.host).is_some_and(|found| pods(found).any(is_own)))
    }

    /// Whether it is the same one.
    pub(super) fn is(&self, other: &Plane) -> bool {
        self.istiod.id == other.istiod.id && self.home.name == other.home.name
    }

    pub(super) fn namespace(&self) -> &'w str {
        self.istiod.namespace()
    }

    pub(super) fn config(&self) -> Option<&Member<'w>> {
        self.members.iter().find(|member| member.is_config)
    }

    /// Whether a member is the cluster that istiod itself runs on.
    pub(super) fn is_home(&self, member: &Member) -> bool {
        member.cluster.name == self.home.name
    }

    /// A variable of istiod's environment.
    pub(super) fn env(&self, name: &str) -> Option<&'w str> {
        variable(self.istiod.value(), &format!("{CONTAINER}/env"), name)
    }

    pub(super) fn env_end(&self, name: &str) -> End {
        self.istiod.end(&format!("spec.template.spec.containers[0].env {name}"), self.env(name).unwrap_or_default())
    }

    /// The mesh that it belongs to, as it says itself.
    pub(super) fn mesh_id(&self) -> Option<End> {
        let (map, values) = self.injector.as_ref()?;
        Some(map.end("data.values global.meshID", text(values, "/global/meshID")))
    }

    /// The Services of the gateways in front of istiod, and the addresses that load balancers give them.
    pub(super) fn addresses(&self, world: &'w World<'w>) -> Vec<(Found<'w>, String)> {
        let labels = "/spec/template/metadata/labels";
        let chosen = |found: &Found| {
            let mut all = self.listeners.iter();
            all.any(|it| selects(it.gateway.value(), "/spec/selector", found.value(), labels))
        };
        let services = self.home.all("Deployment").filter(chosen).flat_map(super::gateway::services);
        let index = world.clusters.iter().position(|it| it.name == self.home.name).unwrap_or_default();
        services.map(|found| (found, world.address(index, found.namespace(), found.name()))).collect()
    }

    /// What leads clients to it by name.
    pub(super) fn hosts(&self) -> impl Iterator<Item = &str> {
        let said = self.mesh.as_ref().map_or("", |(_, said)| text(said, "/defaultConfig/discoveryAddress"));
        let said = said.rsplit_once(':').map_or("", |(host, _)| host);
        let open = self.listeners.iter().flat_map(|it| texts(it.value, "/hosts"));
        open.chain([said]).filter(|host| !host.is_empty() && *host != "*")
    }

    /// Makes a cluster a member. On istiod's own cluster pods are told what the injector's values say.
    pub(super) fn take(&mut self, cluster: &'w Cluster) {
        let webhooks = webhooks(cluster, "MutatingWebhookConfiguration");
        let home = cluster.name == self.home.name;
        let of = self.config_secret.map_or("", |found| text(found.value(), "/data/cluster"));
        let own = || {
            let (map, values) = self.injector.as_ref()?;
            let said = |name: &str, path: &str| map.end(&format!("data.values {name}"), text(values, path));
            Some(Names {
                cluster: said("global.multiCluster.clusterName", "/global/multiCluster/clusterName"),
                network: said("global.network", "/global/network"),
            })
        };
        let names = if home { own() } else { webhooks.first().and_then(Webhook::names) };
        let is_config = if self.external { cluster.name == of } else { home };
        self.members.push(Member { cluster, webhooks, is_config, names });
    }
}

impl<'w> Member<'w> {
    pub(super) fn name(&self) -> &'w str {
        &self.cluster.name
    }
}
