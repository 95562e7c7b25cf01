//! What the Sail operator is asked for. The operator is an image, and the lab has none, so nothing is installed:
//! real API servers with its CRDs look at its resources, and the real charts render what it would hand them. They
//! are the charts of the lab's Istio, while the operator's newest are of the release before.

mod crds;
mod tools;

use crate::bundle::Bundle;
use crate::case::Case;
use crate::lab::Lab;
use crate::mutation::Found;
use crate::process::run;
use crate::progress::say;
use crate::rendering::Rendered;
use crate::report::{Reached, Report};
use crate::tools::by_api_servers;
use anyhow::{Result, ensure};
use meshwright_core::plan::Action;
use meshwright_link::{Files, check_with};
use tools::Real;

/// What came of looking at a bundle.
#[derive(Debug, Default)]
struct Findings {
    /// How many files the API servers took, and how many releases of charts were rendered.
    files: usize,
    rendered: usize,
    /// What API servers or charts refused.
    refused: Vec<String>,
    /// What the checker renders otherwise than the charts.
    differences: Vec<String>,
    /// What the checker finds in what the charts rendered.
    broken: Vec<String>,
}

/// Has everything looked at that a bundle hands to the operator, with the CRDs of several releases of it.
pub(crate) fn go_through(case: &Case, report: &mut Report) -> Result<()> {
    let name = &case.name;
    let lab = Lab::start(case)?;
    let bundle = Bundle::write(case)?;
    prepare(case, &lab, &bundle)?;
    for release in crds::releases(case) {
        let known = crds::install(&lab, release)?;
        let found = look(case, &lab, &bundle, &case.files()?, known);
        report.files = found.rendered;
        report.dry_run = found.files;
        report.reached = if known { Reached::DryRun } else { Reached::Rendered };
        let wrong = [found.refused, found.differences, found.broken].concat();
        ensure!(wrong.is_empty(), "with the Sail operator's CRDs of {release}:\n    {}", wrong.join("\n    "));
        if known {
            say!("{name}: with the Sail operator's CRDs of {release} the API servers take {} files", found.files);
        }
        say!("{name}: the charts render {} releases as the checker does, and no reference is broken", found.rendered);
    }
    Ok(())
}

/// What is told of a bundle with a mistake, if anything is.
pub(crate) fn find(lab: &Lab, case: &Case, bundle: &Bundle, files: &Files) -> Result<Option<Found>> {
    prepare(case, lab, bundle)?;
    let known = crds::install(lab, crds::NEWEST)?;
    let found = look(case, lab, bundle, files, known);
    let failed = match (found.refused.as_slice(), found.broken.as_slice()) {
        ([], []) => return Ok(None),
        ([], _) => "the checker, by what the charts render",
        _ => "the API servers",
    };
    Ok(Some(Found { failed, said: [found.refused, found.broken].concat().join("\n") }))
}

/// Istio's kinds, which the operator brings, and the bundle's namespaces: a dry run into one that is absent fails.
fn prepare(case: &Case, lab: &Lab, bundle: &Bundle) -> Result<()> {
    crds::istio(lab)?;
    for step in case.output()?.plan.steps {
        if let Action::Namespace { manifest, .. } = &step.action {
            let mut apply = lab.kubectl("apply", step.cluster.context.as_str());
            run(apply.arg(format!("--filename={}", manifest.path)).current_dir(&bundle.folder))?;
        }
    }
    Ok(())
}

/// Shows the files to the API servers, as they are and as install.sh sends them, and what the charts render of
/// them. `known` says whether the API servers know the operator's kinds.
fn look(case: &Case, lab: &Lab, bundle: &Bundle, files: &Files, known: bool) -> Findings {
    let counts = |action: &Action| known || !matches!(action, Action::Operate { .. });
    let taken = by_api_servers(case, lab, bundle, &Rendered::default(), counts);
    let real = Real::new(case, lab, bundle, known);
    let broken = check_with(files, &real);
    let broken = broken.iter().map(ToString::to_string).collect();
    let (rendered, mut refused, differences) = real.found();
    let files = taken.unwrap_or_else(|error| {
        refused.insert(0, format!("{error:#}"));
        0
    });
    Findings { files, rendered, refused, differences, broken }
}
