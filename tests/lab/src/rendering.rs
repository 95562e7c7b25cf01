//! What the checker without a cluster takes for rendered is what istioctl and helm render from the same file.

use crate::case::Case;
use crate::process::feed;
use crate::program::Program;
use anyhow::{Context, Result, anyhow, bail, ensure};
use meshwright_link::{Difference, Files, compare, compare_chart, mutations};
use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;

/// Holds them against each other for every IstioOperator and every release of a case's bundle, and gives how many there are.
pub(crate) fn hold(case: &Case) -> Result<usize> {
    held(case, &[(String::new(), case.files()?)])
}

/// As `hold`, for what mutations make of the bundle's files, as far as the tools take that.
pub(crate) fn hold_mutated(case: &Case) -> Result<usize> {
    let whole = case.files()?;
    let mutated = mutations().iter().filter_map(|mutation| {
        let mut files = whole.clone();
        mutation.apply(&mut files).then(|| (format!("{}: ", mutation.name), files))
    });
    held(case, &mutated.collect::<Vec<_>>())
}

/// Each text counts once, with what stands before the path of its file.
fn held(case: &Case, bundles: &[(String, Files)]) -> Result<usize> {
    let (mut seen, mut differences) = (BTreeSet::new(), Vec::new());
    for (name, files) in bundles {
        for path in files.paths().filter(|path| path.contains('/')) {
            let text = files.text(path).unwrap_or_default();
            // Two documents are a mistake that no tool renders.
            let Ok([document]) = files.documents(path) else { continue };
            let Some(tool) = Tool::of(path, document)? else { continue };
            if !seen.insert((path, text)) {
                continue;
            }
            let found = match tool.differences(document, text) {
                Err(_) if !name.is_empty() => continue,
                found => found.with_context(|| format!("{name}{path}"))?,
            };
            differences.extend(
                found.iter().map(|it| format!("{name}{path}: {}: {:?} here, {:?} there", it.place, it.ours, it.theirs)),
            );
        }
    }
    if !differences.is_empty() {
        bail!("{}: the checker renders otherwise than the tools:\n    {}", case.name, differences.join("\n    "));
    }
    Ok(seen.len())
}

/// What renders a file.
enum Tool {
    Istioctl,
    /// Chart `gateway`, as a release of this name.
    Helm(String),
}

/// The minor release of Istio whose chart it is, that of the lab.
const MINOR: u32 = 31;
/// Where the chart's objects go.
const NAMESPACE: &str = "gateways";

impl Tool {
    fn of(path: &str, document: &Value) -> Result<Option<Tool>> {
        if document.get("kind").is_some_and(|kind| kind == "IstioOperator") {
            return Ok(Some(Tool::Istioctl));
        }
        let Some(release) = path.strip_suffix("-values.yaml") else { return Ok(None) };
        let (_, release) = release.split_once('-').with_context(|| format!("{path} has no number"))?;
        Ok(Some(Tool::Helm(release.to_owned())))
    }

    fn differences(&self, document: &Value, text: &str) -> Result<Vec<Difference>> {
        let mut command = match self {
            Tool::Istioctl => Command::new("istioctl"),
            Tool::Helm(_) => Command::new("helm"),
        };
        match self {
            Tool::Istioctl => command.args(["manifest", "generate", "--filename=-"]),
            Tool::Helm(release) => {
                let chart = Program::PilotDiscovery.share("manifests/charts/gateway")?;
                command.args(["template", release, "--values=-", "--namespace", NAMESPACE]).arg(chart)
            }
        };
        let rendered: Files = [("rendered", feed(&mut command, text)?)].into_iter().collect();
        let rendered = rendered.documents("rendered").map_err(|error| anyhow!(error))?;
        ensure!(!rendered.is_empty(), "nothing is rendered");
        Ok(match self {
            Tool::Istioctl => compare(document, rendered),
            Tool::Helm(release) => compare_chart(release, NAMESPACE, MINOR, document, rendered),
        })
    }
}
