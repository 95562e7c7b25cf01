//! A run: everything that an engineer does with a bundle, from install.sh to uninstall.sh, and what has
//! to be true after each.

use crate::bundle::Bundle;
use crate::case::Case;
use crate::lab::Lab;
use crate::progress::say;
use crate::snapshot::{Place, Snapshot};
use anyhow::{Result, bail};

/// Installs a case, twice, verifies it, and uninstalls it.
pub(crate) fn run(case: &Case) -> Result<()> {
    say!("{}: {} clusters", case.name, case.draft.clusters.len());
    let lab = Lab::start(case)?;
    let bundle = Bundle::write(case)?;
    let before = Snapshot::take(&lab.clusters)?;

    bundle.run(&lab, "install.sh", &[], "install")?;
    say!("{}: install.sh installed it", case.name);
    let installed = Snapshot::take(&lab.clusters)?;

    bundle.run(&lab, "install.sh", &[], "install-again")?;
    let again = Snapshot::take(&lab.clusters)?;
    nothing("a second install.sh changed what was installed", installed.compare(&again, |_| false))?;
    say!("{}: install.sh again changed nothing", case.name);

    bundle.run(&lab, "verify.sh", &[], "verify")?;
    say!("{}: verify.sh passed", case.name);

    bundle.run(&lab, "uninstall.sh", &["--yes"], "uninstall")?;
    let after = Snapshot::take(&lab.clusters)?;
    nothing("uninstall.sh left traces", before.compare(&after, stays))?;
    say!("{}: uninstall.sh left nothing", case.name);
    Ok(())
}

/// What uninstall.sh says that it leaves: Istio's kinds.
fn stays(place: &Place) -> bool {
    let kinds = ["customresourcedefinitions.apiextensions.k8s.io", "apiservices.apiregistration.k8s.io"];
    kinds.contains(&place.resource.as_str()) && place.name.ends_with(".istio.io")
}

fn nothing(what: &str, found: Vec<String>) -> Result<()> {
    if found.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = found.into_iter().map(|line| format!("    {line}")).collect();
    bail!("{what}:\n{}", lines.join("\n"))
}
