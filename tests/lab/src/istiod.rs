//! The lab's only departures from what a bundle installs. Envoy as it is published lacks Istio's own filters,
//! and refuses a configuration that names one; so istiod is told to send none.

use crate::pod::spec::{Container, Mount};
use crate::pod::volume::spec::{Items, Source, Volume};
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

/// Gives a pod's istiod its mesh's configuration as a file, where it would ask the API server for it: the
/// same volume that an istiod with shared configuration has.
pub(crate) fn with_mesh_config(mut pod: Pod) -> Pod {
    for pilot in pod.spec.containers.iter_mut().filter(|container| is_pilot(container)) {
        if mesh_config(pilot).is_none() {
            let revision = pilot.env.iter().find(|variable| variable.name == "REVISION");
            let revision = revision.map_or("default", |variable| &variable.value);
            let name = if revision == "default" { "istio".to_owned() } else { format!("istio-{revision}") };
            let volume = format!("{}-mesh-config", pilot.name);
            pilot.volume_mounts.push(Mount::new(&volume, MESH_CONFIG.0));
            pod.spec.volumes.push(Volume { name: volume, source: Source::ConfigMap(Items::all(name)) });
        }
    }
    pod
}

/// Takes the filter for metrics out of the configuration that a pod's istiod reads from its volume. What
/// other clusters share is read before that, and so does not bring it back.
pub(crate) fn depart(pod: &Pod, volumes: &Path) -> Result<()> {
    let pilots = pod.spec.containers.iter().filter(|container| is_pilot(container));
    for mount in pilots.filter_map(mesh_config) {
        let path = volume::path(volumes, &mount.name).join(MESH_CONFIG.1);
        let mesh = fs::read_to_string(&path).with_context(|| format!("failed to read {}", path.display()))?;
        fs::write(&path, without_stats(&mesh)?).with_context(|| format!("failed to write {}", path.display()))?;
    }
    Ok(())
}

fn is_pilot(container: &Container) -> bool {
    container.image.contains("/pilot:")
}

fn mesh_config(pilot: &Container) -> Option<&Mount> {
    pilot.volume_mounts.iter().find(|mount| mount.mount_path == MESH_CONFIG.0)
}

fn without_stats(mesh: &str) -> Result<String> {
    if mesh.lines().any(|line| line.starts_with("extensionProviders:")) {
        bail!("the mesh has extensionProviders of its own, which the lab cannot add to");
    }
    Ok(format!("{}\n{NO_STATS}", mesh.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::{with_mesh_config, without_stats};
    use crate::pod::tests::pod;

    #[test]
    fn every_istiod_reads_its_configuration_from_a_file() {
        let mounts = r#""volumeMounts": [{"name": "config-volume", "mountPath": "/etc/istio/config"}]"#;
        let revision = r#""env": [{"name": "REVISION", "value": "1-31"}]"#;
        for (extra, name) in [(mounts, "config-volume"), (revision, "discovery-mesh-config")] {
            let spec = format!(r#"{{"containers": [{{"name": "discovery", "image": "x/pilot:1.31.1", {extra}}}]}}"#);
            let pod = with_mesh_config(pod(&spec));
            let mounts: Vec<&str> =
                pod.spec.containers[0].volume_mounts.iter().map(|mount| mount.name.as_str()).collect();
            assert_eq!(mounts, [name]);
        }
    }

    #[test]
    fn the_provider_of_metrics_is_of_another_kind() {
        let mesh = without_stats("rootNamespace: x\n").unwrap();
        assert!(mesh.starts_with("rootNamespace: x\nextensionProviders:\n- name: prometheus\n  envoyFileAccessLog:"));
        assert!(without_stats(&mesh).is_err());
    }
}
