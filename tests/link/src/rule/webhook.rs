//! Webhooks: whom they ask, and what they say of their cluster.

use super::plane::Names;
use crate::broken::End;
use crate::value::{list, text};
use crate::world::{Cluster, Found};
use serde_json::Value;

/// One webhook of a configuration.
pub(super) struct Webhook<'w> {
    pub(super) found: Found<'w>,
    pub(super) index: usize,
    pub(super) value: &'w Value,
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

    /// Host and port of the URL.
    pub(super) fn authority(&self) -> &'w str {
        self.url().strip_prefix("https://").and_then(|rest| rest.split('/').next()).unwrap_or_default()
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
    pub(super) fn names(&self) -> Option<Names> {
        let (cluster, network) = self.path().strip_prefix("/inject/cluster/")?.split_once("/net/")?;
        let whole = !cluster.is_empty() && !network.is_empty() && !cluster.contains('/') && !network.contains('/');
        whole.then(|| Names { cluster: self.end(" cluster", cluster), network: self.end(" network", network) })
    }

    /// Whether it belongs to a tag, which istioctl makes like the revision that the tag stands for.
    pub(super) fn is_tag(&self) -> bool {
        !text(self.found.value(), "/metadata/labels/istio.io~1tag").is_empty()
    }

    /// Where its client's configuration stands.
    pub(super) fn end(&self, field: &str, value: impl Into<String>) -> End {
        self.found.end(&format!("webhooks[{}].clientConfig{field}", self.index), value)
    }

    /// The whole of what it asks.
    pub(super) fn client_end(&self) -> End {
        match self.service() {
            Some(_) => self.end(".service.path", self.path()),
            None => self.end(".url", self.url()),
        }
    }
}
