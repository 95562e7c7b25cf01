//! CRDs: Istio's own, from its charts, and those of releases of the Sail operator.

use crate::case::Case;
use crate::cluster::Cluster;
use crate::lab::Lab;
use crate::process::{run, wait_for};
use crate::program::Program;
use crate::progress::say;
use anyhow::Result;
use meshwright_core::version::OPENSHIFT_3_0;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The operator's newest release.
pub(super) const NEWEST: &str = "1.30.3";
/// What comes after it, and what `OpenShift` Service Mesh 3.0 has.
const NEXT: &str = "head";
const OLDEST: &str = "1.0.0";

/// How long an API server may take to serve a kind.
const LIMIT: Duration = Duration::from_mins(1);

/// The releases of the operator that can install a topology, as far as their CRDs are at hand.
pub(super) fn releases(case: &Case) -> Vec<&'static str> {
    let old = (case.draft.version == OPENSHIFT_3_0).then_some(OLDEST);
    if folder(NEWEST).is_dir() { [NEWEST, NEXT].into_iter().chain(old).collect() } else { vec![NEWEST] }
}

fn folder(release: &str) -> PathBuf {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reference/istio/data/schema");
    shared.join("sail-operator").join(release)
}

/// Has every API server know Istio's kinds.
pub(super) fn istio(lab: &Lab) -> Result<()> {
    let file = Program::PilotDiscovery.share("manifests/charts/base/files/crd-all.gen.yaml")?;
    for cluster in &lab.clusters {
        apply(lab, cluster, &file)?;
    }
    Ok(())
}

/// Has every API server know the operator's kinds as a release of it has them, and no other. Gives whether they
/// are at hand.
pub(super) fn install(lab: &Lab, release: &str) -> Result<bool> {
    let folder = folder(release);
    if !folder.is_dir() {
        say!("skipped: what only the Sail operator's CRDs tell, since there is no {}", folder.display());
        return Ok(false);
    }
    for cluster in &lab.clusters {
        // A kind that is changed is served as it was for a moment; one that is new is not.
        let mut delete = lab.kubectl("delete", &cluster.context);
        run(delete.arg("--ignore-not-found").arg("--filename").arg(&folder))?;
        apply(lab, cluster, &folder)?;
        for kind in ["istios", "istiocnis"] {
            let path = format!("/apis/sailoperator.io/v1/{kind}");
            wait_for(&path, LIMIT, || cluster.kube.find(&path))?;
        }
    }
    Ok(true)
}

fn apply(lab: &Lab, cluster: &Cluster, path: &Path) -> Result<()> {
    run(lab.kubectl("apply", &cluster.context).args(["--server-side", "--filename"]).arg(path))?;
    run(lab.kubectl("wait", &cluster.context).args(["--for=condition=Established", "--filename"]).arg(path))?;
    Ok(())
}
