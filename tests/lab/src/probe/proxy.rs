//! A proxy that runs in a pod, asked by its own administration.

use super::site::{Site, items, text};
use anyhow::{Context, Result};
use serde_json::Value;

const CONTAINER: &str = "istio-proxy";
const ADMIN: &str = "http://localhost:15000";

/// A proxy.
#[derive(Debug, Clone)]
pub(super) struct Proxy<'a> {
    pub(super) site: Site<'a>,
    pub(super) pod: Value,
}

impl<'a> Proxy<'a> {
    /// The proxies of a namespace's pods, by a selector of labels.
    pub(super) fn all(site: Site<'a>, namespace: &str, selector: &str) -> Result<Vec<Proxy<'a>>> {
        let pods = site.pods(namespace, selector)?.into_iter();
        let injected = pods.filter(|pod| containers(pod).any(|it| text(it, "/name") == CONTAINER));
        Ok(injected.map(|pod| Proxy { site, pod }).collect())
    }

    /// The only one, or any of them.
    pub(super) fn one(site: Site<'a>, namespace: &str, selector: &str) -> Result<Proxy<'a>> {
        let all = Proxy::all(site, namespace, selector)?;
        let none = || format!("{}: no injected pod with {selector} runs in {namespace}", site.name());
        all.into_iter().next().with_context(none)
    }

    /// Where it is, in words.
    pub(super) fn place(&self) -> String {
        format!("{}: proxy of {}/{}", self.site.name(), self.namespace(), self.name())
    }

    pub(super) fn name(&self) -> &str {
        text(&self.pod, "/metadata/name")
    }

    pub(super) fn namespace(&self) -> &str {
        text(&self.pod, "/metadata/namespace")
    }

    pub(super) fn account(&self) -> &str {
        text(&self.pod, "/spec/serviceAccountName")
    }

    /// Whether it stands by itself.
    pub(super) fn is_gateway(&self) -> bool {
        containers(&self.pod).count() == 1
    }

    /// A page of its administration.
    pub(super) fn admin(&self, page: &str) -> Result<Value> {
        let url = format!("{ADMIN}/{page}");
        let words = ["curl", "--silent", "--show-error", "--fail", "--max-time", "5", &url];
        let said = self.site.exec(&self.pod, CONTAINER, &words)?;
        serde_json::from_str(&said).with_context(|| format!("{} answers /{page} with {said:?}", self.place()))
    }
}

/// All containers that stay.
fn containers(pod: &Value) -> impl Iterator<Item = &Value> {
    let sidecars = items(pod, "/spec/initContainers").iter().filter(|it| text(it, "/restartPolicy") == "Always");
    items(pod, "/spec/containers").iter().chain(sidecars)
}
