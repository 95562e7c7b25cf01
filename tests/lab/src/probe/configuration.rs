//! What a mesh's administrator says on the config cluster reaches istiod, on its own cluster.

use super::World;
use super::istiod::debug;
use super::mesh::Plane;
use super::site::text;
use crate::kube::{Kube, Patch};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

/// A setting that a bundle leaves alone, for the time of the check.
const SETTING: (&str, &str) = ("connectTimeout", "7s");

pub(super) fn check(world: &World<'_>) -> Vec<Result<()>> {
    // A primary has its own as a file, by a departure of the lab, whose files do not change.
    world.mesh.planes.iter().filter(|plane| !plane.primary).map(|plane| shared(world, plane)).collect()
}

fn shared(world: &World<'_>, plane: &Plane) -> Result<()> {
    let config = plane.members.first().context("a control plane without a config cluster")?;
    let site = world.site(&config.cluster)?;
    let path = format!("/api/v1/namespaces/{}/configmaps/{}", plane.namespace, plane.mesh_config());
    let stored = site.cluster.kube.get(&path).with_context(|| format!("{}: no mesh configuration", site.name()))?;
    let before = text(&stored, "/data/mesh").to_owned();
    let (name, value) = SETTING;
    write(&site.cluster.kube, &path, &format!("{name}: {value}\n{before}"))?;
    let heard = world.wait(|| {
        let mesh = debug(world.site(&plane.cluster)?, &plane.namespace, &plane.istiod(), "mesh")?;
        let at = site.name();
        let heard = mesh.get(name).is_some_and(|it| it == value);
        ensure!(
            heard,
            "{}: istiod does not read the mesh configuration of {at}, ConfigMap {}",
            plane.cluster,
            plane.mesh_config()
        );
        Ok(())
    });
    write(&site.cluster.kube, &path, &before)?;
    heard
}

fn write(kube: &Kube, path: &str, mesh: &str) -> Result<Value> {
    kube.patch(path, Patch::Merge, &json!({"data": {"mesh": mesh}}))
}
