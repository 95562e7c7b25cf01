//! The kinds of the Gateway API, where a bundle's runbook asks for them: Kubernetes does not bring them, and
//! whoever installs the bundle has them installed before.

use crate::case::Case;
use crate::lab::Lab;
use crate::process::run;
use anyhow::{Context, Result};
use meshwright_core::plan::Action;
use std::path::PathBuf;

/// Where `.ci/setup/gateway-api.sh` keeps them.
const FOLDER: &str = "MESHWRIGHT_GATEWAY_API";

/// Installs them on the clusters whose runbook asks for them.
pub(crate) fn install(lab: &Lab, case: &Case) -> Result<()> {
    for step in case.output()?.plan.steps {
        if !matches!(step.action, Action::GatewayApi { .. }) {
            continue;
        }
        let folder = std::env::var_os(FOLDER).map(PathBuf::from).filter(|folder| folder.is_dir());
        let folder = folder.with_context(|| format!("{FOLDER} names no folder: start the lab by `make lab`"))?;
        let mut apply = lab.kubectl("apply", step.cluster.context.as_str());
        run(apply.args(["--server-side", "--filename"]).arg(folder))
            .with_context(|| format!("{} gets no Gateway API", step.cluster.name))?;
    }
    Ok(())
}
