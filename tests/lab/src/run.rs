//! A run: everything that an engineer does with a bundle, from install.sh to uninstall.sh, and what has
//! to be true after each.

use crate::bundle::Bundle;
use crate::case::Case;
use crate::lab::Lab;
use crate::probe;
use crate::progress::say;
use crate::rendering;
use crate::report::Report;
use crate::sail;
use crate::snapshot::{Place, Snapshot};
use crate::tools;
use anyhow::{Result, ensure};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// How long controllers may work on after a script.
const SETTLING: Duration = Duration::from_secs(30);

/// Installs a case, twice, verifies it, and uninstalls it. Adds what was checked to a file of reports.
pub(crate) fn run(case: &Case, reports: Option<&Path>) -> Result<()> {
    let start = Instant::now();
    let mut report = Report { case: case.name.clone(), clusters: case.draft.clusters.len(), ..Report::default() };
    let go = if case.by_operator() { sail::go_through } else { go_through };
    let done = go(case, &mut report);
    report.seconds = start.elapsed().as_secs();
    report.failure = done.as_ref().err().map(|error| format!("{error:#}"));
    if let Some(file) = reports {
        report.append(file)?;
    }
    done
}

fn go_through(case: &Case, report: &mut Report) -> Result<()> {
    let name = &case.name;
    let lab = Lab::start(case)?;
    let bundle = Bundle::write(case)?;
    let rendered = rendering::hold(case)?;
    report.files = tools::without_clusters(case, &bundle)?;
    say!("{name}: istioctl takes {} files; it and Helm render {} as the checker does", report.files, rendered.len());
    probe::prepare(&lab, case)?;
    let before = Snapshot::take(&lab.clusters)?;

    let said = bundle.run(&lab, "install.sh", &[], "install")?;
    report.steps = said.lines().filter(|line| line.starts_with("==> ")).count();
    if let Some(warning) = case.warning() {
        ensure!(said.contains(warning), "install.sh does not say: {warning}");
    }
    say!("{name}: install.sh installed it");
    let installed = Snapshot::take(&lab.clusters)?;

    bundle.run(&lab, "install.sh", &[], "install-again")?;
    unchanged("a second install.sh changed what was installed", &lab, &installed, is_history)?;
    say!("{name}: install.sh again changed nothing");
    report.dry_run = tools::by_api_servers(case, &lab, &bundle, &rendered, |_| true)?;
    say!("{name}: the API servers take {} files in a strict dry run", report.dry_run);

    let said = bundle.run(&lab, "verify.sh", &[], "verify")?;
    report.verified = passed(&said);
    say!("{name}: verify.sh passed, {} checks", report.verified);
    probe::probe(&lab, case, probe::PATIENCE)?;
    say!("{name}: the mesh is what the topology says");

    bundle.run(&lab, "uninstall.sh", &["--yes"], "uninstall")?;
    unchanged("uninstall.sh left traces", &lab, &before, stays)?;
    say!("{name}: uninstall.sh left nothing");
    Ok(())
}

/// How many checks passed, as verify.sh says it at its end: `19 passed, 0 failed`.
fn passed(said: &str) -> usize {
    let last = said.lines().rev().find_map(|line| line.trim().split_once(" passed"));
    last.and_then(|(count, _)| count.rsplit(' ').next()?.parse().ok()).unwrap_or(0)
}

/// What Helm keeps of each time that it ran, whether that changed anything or not.
fn is_history(place: &Place) -> bool {
    place.resource == "secrets" && place.name.starts_with("sh.helm.release.v1.")
}

/// What uninstall.sh says that it leaves: Istio's kinds, and its classes of gateways.
fn stays(place: &Place) -> bool {
    match place.resource.as_str() {
        "customresourcedefinitions.apiextensions.k8s.io" | "apiservices.apiregistration.k8s.io" => {
            place.name.ends_with(".istio.io")
        }
        "gatewayclasses.gateway.networking.k8s.io" => ["istio", "istio-remote"].contains(&place.name.as_str()),
        _ => false,
    }
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
