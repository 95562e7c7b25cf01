//! Each istiod runs, and knows the clusters of its mesh and no others.

use super::World;
use super::mesh::Plane;
use super::site::{Site, items, text};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::collections::BTreeSet;
use std::iter;

/// The istiod that drives the gateway in front of the others.
const GATEWAYS: (&str, &str) = ("istio-system", "istiod");
/// What that calls its own cluster, for want of a name.
const UNNAMED: &str = "Kubernetes";

pub(super) fn check(world: &World<'_>) -> Vec<Result<()>> {
    let each = world.mesh.planes.iter().flat_map(|plane| {
        let members: Vec<&str> = world.mesh.of_mesh(plane).map(|(_, member)| member.cluster.as_str()).collect();
        let (namespace, name) = GATEWAYS;
        let own = world.wait(|| knows(world.site(&plane.cluster)?, &plane.namespace, &plane.istiod(), &members));
        let drives = || world.wait(|| knows(world.site(&plane.cluster)?, namespace, name, &[UNNAMED]));
        iter::once(own).chain((!plane.primary).then(drives))
    });
    each.collect()
}

/// Whether an istiod is ready, and has read exactly these clusters.
fn knows(site: Site<'_>, namespace: &str, name: &str, clusters: &[&str]) -> Result<()> {
    let path = format!("/apis/apps/v1/namespaces/{namespace}/deployments/{name}");
    let deployment = site.cluster.kube.get(&path)?;
    let on = site.name();
    let ready = deployment.pointer("/status/readyReplicas").and_then(Value::as_u64).unwrap_or(0);
    ensure!(ready > 0, "{on}: {name} in {namespace} is not ready");
    let listed = debug(site, namespace, name, "clusterz")?;
    let listed = listed.as_array().with_context(|| format!("{on}: {name} in {namespace} lists no clusters"))?;
    let known: BTreeSet<&str> = listed.iter().map(|cluster| text(cluster, "/id")).collect();
    let wanted: BTreeSet<&str> = clusters.iter().copied().collect();
    ensure!(known == wanted, "{on}: {name} in {namespace} manages {known:?} instead of {wanted:?}");
    for cluster in listed {
        let (id, status) = (text(cluster, "/id"), text(cluster, "/syncStatus"));
        ensure!(status == "synced", "{on}: {name} in {namespace} has not read {id}: {status}");
    }
    Ok(())
}

/// A debug page of an istiod, which it shows to its own pod alone.
pub(super) fn debug(site: Site<'_>, namespace: &str, name: &str, page: &str) -> Result<Value> {
    let pods = site.pods(namespace, "app=istiod")?;
    let of = |pod: &&Value| items(pod, "/metadata/ownerReferences").iter().any(|owner| replicas(owner, name));
    let pod = pods.iter().find(of).with_context(|| format!("{}: no pod of {name} runs in {namespace}", site.name()))?;
    let url = format!("http://localhost:8080/debug/{page}");
    let said = site.exec(pod, "discovery", &["curl", "--silent", "--show-error", "--fail", "--max-time", "5", &url])?;
    serde_json::from_str(&said).with_context(|| format!("{}: {name} answers /debug/{page} with {said:?}", site.name()))
}

/// Whether an owner is a ReplicaSet of a Deployment: its name, and a hash.
fn replicas(owner: &Value, deployment: &str) -> bool {
    text(owner, "/name").rsplit_once('-').is_some_and(|(name, _)| name == deployment)
}

/// What the istiod of a control plane has sent to each proxy, and heard back.
pub(super) fn sent(world: &World<'_>, plane: &Plane) -> Result<Vec<Value>> {
    let page = debug(world.site(&plane.cluster)?, &plane.namespace, &plane.istiod(), "syncz")?;
    Ok(page.as_array().cloned().unwrap_or_default())
}
