//! A kubeconfig: how programs find clusters by the names of contexts.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// A cluster in a kubeconfig.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) context: String,
    pub(crate) server: String,
    pub(crate) ca: PathBuf,
    pub(crate) token: String,
}

/// Writes a kubeconfig. Its current context is that of the first entry only where there is no other: a
/// script that forgets to name one has to fail.
pub(crate) fn write(path: &Path, entries: &[Entry]) -> Result<()> {
    let list = |part: fn(&Entry) -> Value| entries.iter().map(part).collect::<Value>();
    let current = if let [only] = entries { only.context.as_str() } else { "" };
    let config = json!({
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": current,
        "clusters": list(|entry| json!({
            "name": entry.context,
            "cluster": {"server": entry.server, "certificate-authority": entry.ca},
        })),
        "users": list(|entry| json!({"name": entry.context, "user": {"token": entry.token}})),
        "contexts": list(|entry| json!({
            "name": entry.context,
            "context": {"cluster": entry.context, "user": entry.context},
        })),
    });
    fs::write(path, config.to_string()).with_context(|| format!("failed to write {}", path.display()))
}
