//! The mesh as its objects tell it: which istiod serves it, and which clusters.

use crate::value::{entries, list, number, text, texts, variable};
use crate::world::{Cluster, Found, World};
use serde_json::Value;

/// Where the containers of a Deployment stand.
pub(super) const CONTAINER: &str = "/spec/template/spec/containers/0";
/// Label and annotation of what belongs to a network or a control plane.
pub(super) const NETWORK: &str = "topology.istio.io/network";

/// An istiod that serves other clusters, and those.
pub(super) struct Mesh<'w> {
    pub(super) world: &'w World<'w>,
    /// The cluster that istiod runs on.
    pub(super) home: &'w Cluster,
    /// istiod's Deployment.
    pub(super) istiod: Found<'w>,
    /// What istiod calls itself.
    pub(super) id: &'w str,
    /// Secret istio-kubeconfig, wherever it is.
    pub(super) config_secret: Option<Found<'w>>,
    pub(super) members: Vec<Member<'w>>,
    /// Secrets with access to further clusters, wherever they are.
    pub(super) secrets: Vec<Found<'w>>,
    /// Where the gateway in front of istiod listens.
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
}

/// One webhook of a configuration.
pub(super) struct Webhook<'w> {
    pub(super) found: Found<'w>,
    pub(super) index: usize,
    pub(super) value: &'w Value,
}

/// A server of a Gateway.
#[derive(Clone, Copy)]
pub(super) struct Listener<'w> {
    pub(super) gateway: Found<'w>,
    pub(super) index: usize,
    pub(super) value: &'w Value,
}

impl<'w> Mesh<'w> {
    /// The istiod that serves other clusters: one of three settings tells it apart, so that one of them
    /// may be wrong.
    pub(super) fn of(world: &'w World<'w>) -> Option<Self> {
        let env = |found: &Found<'w>, name: &str| variable(found.value(), &format!("{CONTAINER}/env"), name);
        let is_ours = |found: &Found<'w>| {
            let is = |name: &str| env(found, name) == Some("true");
            let reads = found.cluster.get("Secret", found.namespace(), "istio-kubeconfig").is_some();
            let is_istiod = text(found.value(), &format!("{CONTAINER}/name")) == "discovery";
            is_istiod && (is("EXTERNAL_ISTIOD") || is("LOCAL_CLUSTER_SECRET_WATCHER") || reads)
        };
        let istiod = world.clusters.iter().flat_map(|cluster| cluster.all("Deployment")).find(is_ours)?;
        let home = istiod.cluster;
        let secrets = || world.clusters.iter().flat_map(|cluster| cluster.all("Secret"));
        let config_secret = secrets().find(|found| found.name() == "istio-kubeconfig");
        let config = config_secret.map_or("", |found| text(found.value(), "/data/cluster"));
        let remote =
            |found: &Found<'w>| found.name() != "istio-kubeconfig" && !text(found.value(), "/data/cluster").is_empty();
        let members = world.clusters.iter().filter(|cluster| cluster.name != home.name);
        let member = |cluster: &'w Cluster| Member {
            cluster,
            webhooks: webhooks(cluster, "MutatingWebhookConfiguration"),
            is_config: cluster.name == config,
        };
        // The names that istiod has to mount, found by what they hold.
        let read = |key: &str| {
            let maps = home.all("ConfigMap").filter(|map| map.namespace() == istiod.namespace());
            let parsed = maps.filter_map(|map| {
                let data = map.value().pointer("/data")?.get(key)?.as_str()?;
                Some((map, serde_json::from_str(data).ok()?))
            });
            parsed.last()
        };
        let server = |gateway: Found<'w>| {
            let servers = list(gateway.value(), "/spec/servers").iter().enumerate();
            servers.map(move |(index, value)| Listener { gateway, index, value })
        };
        Some(Mesh {
            world,
            home,
            istiod,
            id: env(&istiod, "CLUSTER_ID").unwrap_or_default(),
            config_secret,
            members: members.map(member).collect(),
            secrets: secrets().filter(remote).collect(),
            listeners: home.all("Gateway").flat_map(server).collect(),
            mesh: read("mesh"),
            injector: read("values"),
        })
    }

    pub(super) fn namespace(&self) -> &'w str {
        self.istiod.namespace()
    }

    pub(super) fn config(&self) -> Option<&Member<'w>> {
        self.members.iter().find(|member| member.is_config)
    }

    /// A variable of istiod's environment.
    pub(super) fn env(&self, name: &str) -> Option<&'w str> {
        variable(self.istiod.value(), &format!("{CONTAINER}/env"), name)
    }

    pub(super) fn env_end(&self, name: &str) -> crate::broken::End {
        self.istiod.end(&format!("spec.template.spec.containers[0].env {name}"), self.env(name).unwrap_or_default())
    }
}

impl<'w> Member<'w> {
    /// The name and the network that its webhooks give to pods.
    pub(super) fn injected(&self) -> Option<(&'w str, &'w str)> {
        self.webhooks.first().and_then(Webhook::names)
    }

    pub(super) fn name(&self) -> &'w str {
        &self.cluster.name
    }
}

/// Every webhook of a kind of configurations.
pub(super) fn webhooks<'w>(cluster: &'w Cluster, kind: &str) -> Vec<Webhook<'w>> {
    let each = |found: Found<'w>| {
        let webhooks = list(found.value(), "/webhooks").iter().enumerate();
        webhooks.map(move |(index, value)| Webhook { found, index, value })
    };
    cluster.all(kind).flat_map(each).collect()
}

impl<'w> Webhook<'w> {
    pub(super) fn url(&self) -> &'w str {
        text(self.value, "/clientConfig/url")
    }

    pub(super) fn service(&self) -> Option<&'w Value> {
        self.value.pointer("/clientConfig/service")
    }

    /// The path that it asks for.
    pub(super) fn path(&self) -> &'w str {
        match self.service() {
            Some(service) => text(service, "/path"),
            None => self
                .url()
                .strip_prefix("https://")
                .and_then(|url| url.find('/').and_then(|at| url.get(at..)))
                .unwrap_or(""),
        }
    }

    /// Cluster and network in the path (0.1).
    pub(super) fn names(&self) -> Option<(&'w str, &'w str)> {
        let (cluster, network) = self.path().strip_prefix("/inject/cluster/")?.split_once("/net/")?;
        let whole = !cluster.is_empty() && !network.is_empty() && !cluster.contains('/') && !network.contains('/');
        whole.then_some((cluster, network))
    }

    /// Where its client's configuration stands.
    pub(super) fn end(&self, field: &str, value: impl Into<String>) -> crate::broken::End {
        self.found.end(&format!("webhooks[{}].clientConfig{field}", self.index), value)
    }

    /// The whole of what it asks.
    pub(super) fn client_end(&self) -> crate::broken::End {
        match self.service() {
            Some(_) => self.end(".service.path", self.path()),
            None => self.end(".url", self.url()),
        }
    }
}

impl<'w> Listener<'w> {
    pub(super) fn port(&self) -> u64 {
        number(self.value, "/port/number")
    }

    pub(super) fn mode(&self) -> &'w str {
        text(self.value, "/tls/mode")
    }

    /// Whether a client comes in with this name, or with none where the host is `*`.
    pub(super) fn takes(&self, host: &str) -> bool {
        texts(self.value, "/hosts").any(|it| it == host)
    }

    pub(super) fn hosts(&self) -> String {
        texts(self.value, "/hosts").collect::<Vec<_>>().join(", ")
    }

    pub(super) fn end(&self, field: &str, value: impl Into<String>) -> crate::broken::End {
        self.gateway.end(&format!("spec.servers[{}].{field}", self.index), value)
    }
}

/// The labels of an object's pods, in a form to print.
pub(super) fn printed(value: &Value, path: &str) -> String {
    entries(value, path).map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(",")
}
