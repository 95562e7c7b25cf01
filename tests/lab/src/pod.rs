//! A pod as the API server holds it, as far as a kubelet reads it.

pub(crate) mod env;
pub(crate) mod field;
pub(crate) mod health;
pub(crate) mod objects;
pub(crate) mod quantity;
pub(crate) mod sandbox;
pub(crate) mod spec;
pub(crate) mod status;
pub(crate) mod volume;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use spec::{Metadata, Spec};
use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;

/// A pod: as it is stored, and what of it is read often.
#[derive(Debug, Clone)]
pub(crate) struct Pod {
    /// All of it. Field references are answered from here.
    pub(crate) object: Value,
    pub(crate) metadata: Metadata,
    pub(crate) spec: Spec,
}

impl Pod {
    /// Reads a pod.
    pub(crate) fn read(object: Value) -> Result<Pod> {
        let part = |name: &str| object.get(name).cloned().unwrap_or_default();
        let metadata = serde_json::from_value(part("metadata")).context("failed to read a pod's metadata")?;
        let spec = serde_json::from_value(part("spec")).with_context(|| format!("failed to read {metadata}"))?;
        Ok(Pod { object, metadata, spec })
    }

    /// Where the API server keeps it.
    pub(crate) fn path(&self) -> String {
        format!("/api/v1/namespaces/{}/pods/{}", self.metadata.namespace, self.metadata.name)
    }

    /// Where its files are, below those of all pods.
    pub(crate) fn folder(&self) -> PathBuf {
        [&self.metadata.namespace, &self.metadata.name].iter().collect()
    }

    /// Whether a node has been found for it, and nobody has asked for its end.
    pub(crate) fn wanted(&self) -> bool {
        self.spec.node_name.is_some() && self.metadata.deletion_timestamp.is_none()
    }

    /// The pod with its addresses, which its containers may ask for before the API server knows them.
    pub(crate) fn with_addresses(mut self, ips: &[IpAddr], host: IpAddr) -> Pod {
        if let Some(object) = self.object.as_object_mut() {
            let ips: Vec<Value> = ips.iter().map(|ip| json!({ "ip": ip.to_string() })).collect();
            let first = ips.first().and_then(|ip| ip.get("ip")).cloned();
            let host = host.to_string();
            let status = json!({ "podIP": first, "podIPs": ips, "hostIP": host, "hostIPs": [{ "ip": host }] });
            object.insert("status".to_owned(), status);
        }
        self
    }
}

impl fmt::Display for Pod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.metadata.fmt(f)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::Pod;
    use super::objects::{Data, Objects};
    use anyhow::Result;
    use std::net::{IpAddr, Ipv4Addr};

    /// A pod with this spec.
    pub(crate) fn pod(spec: &str) -> Pod {
        let metadata =
            r#"{"name": "curl-1", "namespace": "sample", "uid": "u", "labels": {"version": "v1", "app": "curl"}}"#;
        let object = format!(r#"{{"metadata": {metadata}, "spec": {spec}}}"#);
        let ips = [IpAddr::V4(Ipv4Addr::new(10, 1, 0, 2))];
        Pod::read(serde_json::from_str(&object).unwrap()).unwrap().with_addresses(&ips, Ipv4Addr::LOCALHOST.into())
    }

    /// A namespace with one ConfigMap, `mesh`, and one Secret, `certs`.
    pub(crate) struct Fake;

    impl Objects for Fake {
        fn config_map(&self, name: &str) -> Result<Option<Data>> {
            let data = || {
                Data::from([("mesh".into(), "rootNamespace: x".into()), ("meshNetworks".into(), "networks: {}".into())])
            };
            Ok((name == "mesh").then(data))
        }

        fn secret(&self, name: &str) -> Result<Option<Data>> {
            Ok((name == "certs").then(|| Data::from([("key".into(), "secret".into())])))
        }

        fn token(&self, audience: Option<&str>, seconds: u64) -> Result<String> {
            Ok(format!("token for {}, {seconds} s", audience.unwrap_or_default()))
        }
    }
}
