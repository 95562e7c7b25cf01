//! The lab's only departures from what a bundle installs. Envoy as it is published lacks Istio's own filters,
//! and refuses a configuration that names one; so istiod is told to send none.

use crate::pod::{Pod, volume};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// Settings of istiod, each with the filter that it would send otherwise.
const SETTINGS: [(&str, &str); 3] = [
    // istio.metadata_exchange and istio.peer_metadata, by which proxies tell each other about themselves.
    ("PILOT_ENABLE_METADATA_EXCHANGE", "false"),
    // The protocol that istio.metadata_exchange speaks between proxies, asked for by ALPN.
    ("PILOT_DISABLE_MX_ALPN", "true"),
    // istio.alpn, which asks for that protocol.
    ("PILOT_ENABLE_ALPN_FILTER", "false"),
];

/// The last departure is in the mesh's configuration: istio.stats, which the provider of metrics called
/// `prometheus` asks for, is sent for providers of that kind alone. So the name is given to another kind.
const NO_STATS: &str = "extensionProviders:\n- name: prometheus\n  envoyFileAccessLog:\n    path: /dev/null\n";

/// Where istiod reads the mesh's configuration.
const MESH_CONFIG: (&str, &str) = ("/etc/istio/config", "mesh");

/// What istiod's environment has in addition.
pub(crate) fn departures() -> impl Iterator<Item = (String, String)> {
    SETTINGS.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned()))
}

/// Takes the filter for metrics out of the configuration that a pod's istiod reads from its volume. What
/// other clusters share is read before that, and so does not bring it back.
pub(crate) fn depart(pod: &Pod, volumes: &Path) -> Result<()> {
    let (folder, file) = MESH_CONFIG;
    let pilots = pod.spec.containers.iter().filter(|container| container.image.contains("/pilot:"));
    for mount in pilots.flat_map(|pilot| &pilot.volume_mounts).filter(|mount| mount.mount_path == folder) {
        let path = volume::path(volumes, &mount.name).join(file);
        let mesh = fs::read_to_string(&path).with_context(|| format!("failed to read {}", path.display()))?;
        fs::write(&path, without_stats(&mesh)?).with_context(|| format!("failed to write {}", path.display()))?;
    }
    Ok(())
}

fn without_stats(mesh: &str) -> Result<String> {
    if mesh.lines().any(|line| line.starts_with("extensionProviders:")) {
        bail!("the mesh has extensionProviders of its own, which the lab cannot add to");
    }
    Ok(format!("{}\n{NO_STATS}", mesh.trim_end()))
}
