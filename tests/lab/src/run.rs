//! A run: everything that an engineer does with a bundle, from install.sh to uninstall.sh, and what has
//! to be true after each.

use crate::bundle::Bundle;
use crate::case::Case;
use crate::lab::Lab;
use crate::probe;
use crate::progress::say;
use crate::rendering;
use crate::snapshot::{Place, Snapshot};
use anyhow::{Result, ensure};
use std::thread;
use std::time::{Duration, Instant};

/// How long controllers may work on after a script.
const SETTLING: Duration = Duration::from_secs(30);

/// Installs a case, twice, verifies it, and uninstalls it.
pub(crate) fn run(case: &Case) -> Result<()> {
    say!("{}: {} clusters", case.name, case.draft.clusters.len());
    let rendered = rendering::hold(case)?;
    say!("{}: the checker renders {rendered} files as istioctl does", case.name);
    let lab = Lab::start(case)?;
    let bundle = Bundle::write(case)?;
    probe::prepare(&lab, case)?;
    let before = Snapshot::take(&lab.clusters)?;

    bundle.run(&lab, "install.sh", &[], "install")?;
    say!("{}: install.sh installed it", case.name);
    let installed = Snapshot::take(&lab.clusters)?;

    bundle.run(&lab, "install.sh", &[], "install-again")?;
    unchanged("a second install.sh changed what was installed", &lab, &installed, |_| false)?;
    say!("{}: install.sh again changed nothing", case.name);

    bundle.run(&lab, "verify.sh", &[], "verify")?;
    say!("{}: verify.sh passed", case.name);
    probe::probe(&lab, case, probe::PATIENCE)?;
    say!("{}: the mesh is what the topology says", case.name);

    bundle.run(&lab, "uninstall.sh", &["--yes"], "uninstall")?;
    unchanged("uninstall.sh left traces", &lab, &before, stays)?;
    say!("{}: uninstall.sh left nothing", case.name);
    Ok(())
}

/// What uninstall.sh says that it leaves: Istio's kinds.
fn stays(place: &Place) -> bool {
    let kinds = ["customresourcedefinitions.apiextensions.k8s.io", "apiservices.apiregistration.k8s.io"];
    kinds.contains(&place.resource.as_str()) && place.name.ends_with(".istio.io")
}

/// Fails unless the API servers hold what they held before, once controllers have done their work.
fn unchanged(what: &str, lab: &Lab, before: &Snapshot, may: impl Fn(&Place) -> bool) -> Result<()> {
    let start = Instant::now();
    loop {
        let changes = before.compare(&Snapshot::take(&lab.clusters)?, &may);
        if changes.is_empty() {
            return Ok(());
        }
        ensure!(start.elapsed() < SETTLING, "{what}:\n    {}", changes.join("\n    "));
        thread::sleep(Duration::from_secs(1));
    }
}
