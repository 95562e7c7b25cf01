//! A cluster as the probes ask it: its API server, and its pods from the inside.

use crate::cluster::Cluster;
use crate::kubelet::Kubelet;
use crate::lab::Lab;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::net::{IpAddr, ToSocketAddrs};

/// A cluster.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site<'a> {
    pub(super) cluster: &'a Cluster,
    pub(super) kubelet: &'a Kubelet,
}

impl<'a> Site<'a> {
    /// The cluster of that name.
    pub(super) fn find(lab: &'a Lab, name: &str) -> Result<Site<'a>> {
        let mut all = lab.clusters.iter().zip(&lab.kubelets);
        let found = all.find(|(cluster, _)| cluster.name == name);
        let (cluster, kubelet) = found.with_context(|| format!("the lab has no cluster {name}"))?;
        Ok(Site { cluster, kubelet })
    }

    /// The pods of a namespace that run and are to go on, by a selector of labels; empty for all.
    pub(super) fn pods(&self, namespace: &str, selector: &str) -> Result<Vec<Value>> {
        let selector = selector.replace('=', "%3D").replace(',', "%2C");
        let mut pods =
            self.cluster.kube.list(&format!("/api/v1/namespaces/{namespace}/pods?labelSelector={selector}"))?;
        pods.retain(|pod| {
            text(pod, "/status/phase") == "Running" && pod.pointer("/metadata/deletionTimestamp").is_none()
        });
        Ok(pods)
    }

    /// What a program says in a container.
    pub(super) fn exec(&self, pod: &Value, container: &str, words: &[&str]) -> Result<String> {
        self.kubelet.exec(text(pod, "/metadata/namespace"), text(pod, "/metadata/name"), container, words)
    }

    /// The address of a Service's load balancer; of its name, where it has one.
    pub(super) fn balancer(&self, namespace: &str, service: &str) -> Result<IpAddr> {
        let object = self.cluster.kube.get(&format!("/api/v1/namespaces/{namespace}/services/{service}"))?;
        let name = self.name();
        let ingress = object.pointer("/status/loadBalancer/ingress/0");
        let ingress = ingress.with_context(|| format!("{name}: Service {namespace}/{service} has no load balancer"))?;
        if let Ok(ip) = text(ingress, "/ip").parse() {
            return Ok(ip);
        }
        let host = text(ingress, "/hostname");
        let found = (host, 0).to_socket_addrs().with_context(|| format!("{name}: no address behind {host:?}"))?;
        let Some(address) = found.into_iter().next() else { bail!("{name}: no address behind {host:?}") };
        Ok(address.ip())
    }

    pub(super) fn name(&self) -> &'a str {
        &self.cluster.name
    }
}

/// The text at a place; empty where there is none.
pub(super) fn text<'a>(object: &'a Value, pointer: &str) -> &'a str {
    object.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// The items of the list at a place.
pub(super) fn items<'a>(object: &'a Value, pointer: &str) -> &'a [Value] {
    object.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
