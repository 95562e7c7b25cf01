//! Namespaces of the lab's own on every cluster, which stand before a bundle is installed and stay after
//! it: one for each way to ask for injection, and one that does not.

use super::World;
use super::mesh::Mesh;
use super::site::Site;
use crate::case::Case;
use crate::lab::Lab;
use crate::process::wait_for;
use anyhow::{Result, ensure};
use serde_json::json;
use std::time::Duration;

/// Pods here are injected by the tag `default`, where there is one.
pub(super) const ENABLED: &str = "lab-enabled";
/// Pods here are injected by their control plane's revision.
pub(super) const REVISION: &str = "lab-revision";
/// Pods here are injected if they ask for it themselves.
pub(super) const PLAIN: &str = "lab-plain";

/// The lab's own pod, where the topology has no sample.
const GUEST: &str = "guest";

/// How long controllers may take to furnish a namespace.
const LIMIT: Duration = Duration::from_secs(30);

/// Makes the namespaces, before anything is installed.
pub(crate) fn prepare(lab: &Lab, case: &Case) -> Result<()> {
    let mesh = Mesh::of(&case.draft)?;
    for cluster in &lab.clusters {
        let site = Site::find(lab, &cluster.name)?;
        let managed = mesh.members().find(|(_, member)| member.cluster == cluster.name).map(|(plane, _)| plane);
        let Some(plane) = managed.or(mesh.planes.first()) else { continue };
        let enabled = ("istio-injection", "enabled");
        let revision = ("istio.io/rev", plane.revision.as_str());
        for (name, label) in [(ENABLED, Some(enabled)), (REVISION, Some(revision)), (PLAIN, None)] {
            let labels: serde_json::Map<_, _> =
                label.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect();
            site.cluster.kube.create(
                "/api/v1/namespaces",
                &json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}),
            )?;
            // What controllers put into every namespace.
            for path in ["serviceaccounts/default", "configmaps/kube-root-ca.crt"] {
                let path = format!("/api/v1/namespaces/{name}/{path}");
                wait_for(&path, LIMIT, || site.cluster.kube.find(&path))?;
            }
        }
    }
    Ok(())
}

/// Pods of the lab's own; they are removed when this is dropped.
pub(super) struct Guests<'a>(Vec<Site<'a>>);

/// Runs a pod on each managed cluster where the topology has none that is injected.
pub(super) fn guests<'a>(world: &'a World<'_>) -> Result<Guests<'a>> {
    let mut guests = Guests(Vec::new());
    if world.mesh.sample.is_some() {
        return Ok(guests);
    }
    for (_, member) in world.mesh.members() {
        let site = world.site(&member.cluster)?;
        site.cluster.kube.create(
            &format!("/api/v1/namespaces/{REVISION}/pods"),
            &json!({
                "apiVersion": "v1", "kind": "Pod", "metadata": {"name": GUEST},
                "spec": {"containers": [
                    {"name": "curl", "image": "docker.io/curlimages/curl:8.16.0", "command": ["sleep", "infinity"]},
                ]},
            }),
        )?;
        guests.0.push(site);
    }
    for site in &guests.0 {
        world.wait(|| {
            let running = site.pods(REVISION, "")?;
            ensure!(!running.is_empty(), "{}: pod {REVISION}/{GUEST} does not run", site.name());
            Ok(())
        })?;
    }
    Ok(guests)
}

impl Drop for Guests<'_> {
    fn drop(&mut self) {
        for site in &self.0 {
            let path = format!("/api/v1/namespaces/{REVISION}/pods/{GUEST}");
            // What is left of it is told when the clusters are compared.
            let _ = site.cluster.kube.delete(&path, &json!({"apiVersion": "v1", "kind": "DeleteOptions"}));
        }
    }
}
