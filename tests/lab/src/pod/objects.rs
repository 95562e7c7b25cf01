//! What a pod's environment and volumes are taken from: ConfigMaps, Secrets and its account's tokens.

use crate::kube::Kube;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Entries of a ConfigMap or a Secret, or a volume's files.
pub(crate) type Data = BTreeMap<String, Vec<u8>>;

/// What is asked for, by a pod in one namespace.
pub(crate) trait Objects {
    /// The entries of a ConfigMap, if there is one of this name.
    fn config_map(&self, name: &str) -> Result<Option<Data>>;
    /// The entries of a Secret, if there is one of this name.
    fn secret(&self, name: &str) -> Result<Option<Data>>;
    /// A new token of the pod's service account.
    fn token(&self, audience: Option<&str>, seconds: u64) -> Result<String>;
}

/// The API server's, for one pod.
#[derive(Debug)]
pub(crate) struct Stored<'a> {
    pub(crate) kube: &'a Kube,
    pub(crate) pod: &'a super::Pod,
}

impl Stored<'_> {
    fn path(&self, plural: &str, name: &str) -> String {
        format!("/api/v1/namespaces/{}/{plural}/{name}", self.pod.metadata.namespace)
    }

    /// The entries under `data` in text, and those under another key in base64.
    fn find(&self, path: &str, text: &str, binary: &str) -> Result<Option<Data>> {
        let Some(object) = self.kube.find(path)? else { return Ok(None) };
        let entries = |name: &str| object.get(name).and_then(Value::as_object).cloned().into_iter().flatten();
        let mut data = Data::new();
        for (key, value) in entries(text) {
            data.insert(key, value.as_str().unwrap_or_default().into());
        }
        for (key, value) in entries(binary) {
            let bytes = decode(value.as_str().unwrap_or_default());
            data.insert(key.clone(), bytes.with_context(|| format!("{path}: {key} is not base64"))?);
        }
        Ok(Some(data))
    }
}

impl Objects for Stored<'_> {
    fn config_map(&self, name: &str) -> Result<Option<Data>> {
        self.find(&self.path("configmaps", name), "data", "binaryData")
    }

    fn secret(&self, name: &str) -> Result<Option<Data>> {
        self.find(&self.path("secrets", name), "stringData", "data")
    }

    fn token(&self, audience: Option<&str>, seconds: u64) -> Result<String> {
        let metadata = &self.pod.metadata;
        let request = json!({
            "apiVersion": "authentication.k8s.io/v1",
            "kind": "TokenRequest",
            "spec": {
                "audiences": audience.map(|audience| vec![audience]).unwrap_or_default(),
                "expirationSeconds": seconds,
                "boundObjectRef": { "apiVersion": "v1", "kind": "Pod", "name": metadata.name, "uid": metadata.uid },
            },
        });
        let path = self.path("serviceaccounts", &self.pod.spec.service_account_name) + "/token";
        let answer = self.kube.create(&path, &request)?;
        let token = answer.pointer("/status/token").and_then(Value::as_str);
        token.map(ToOwned::to_owned).with_context(|| format!("no token in the answer of {path}"))
    }
}

/// Decodes standard base64.
fn decode(text: &str) -> Option<Vec<u8>> {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.decode(text).ok()
}
