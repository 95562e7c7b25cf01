//! What the checker without a cluster takes for rendered is what istioctl and helm render from the same file.

use crate::case::Case;
use crate::process::feed;
use crate::program::Program;
use anyhow::{Context, Result, anyhow, bail, ensure};
use meshwright_link::{Difference, Files, Release, compare, compare_chart, mutations};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// What the tools render, by the path of the file that it is rendered from.
pub(crate) type Rendered = BTreeMap<String, String>;

/// Holds them against each other for every IstioOperator and every release of a case's bundle.
pub(crate) fn hold(case: &Case) -> Result<Rendered> {
    held(case, &[(String::new(), case.files()?)])
}

/// As `hold`, for what mutations make of the bundle's files, as far as the tools take that.
pub(crate) fn hold_mutated(case: &Case) -> Result<Rendered> {
    let whole = case.files()?;
    let mutated = mutations().iter().filter_map(|mutation| {
        let mut files = whole.clone();
        mutation.apply(&mut files).then(|| (format!("{}: ", mutation.name), files))
    });
    held(case, &mutated.collect::<Vec<_>>())
}

/// Each text counts once, with what stands before the path of its file.
fn held(case: &Case, bundles: &[(String, Files)]) -> Result<Rendered> {
    let (mut seen, mut differences, mut all) = (BTreeSet::new(), Vec::new(), Rendered::new());
    for (name, files) in bundles {
        for path in files.paths().filter(|path| path.contains('/')) {
            let text = files.text(path).unwrap_or_default();
            // Two documents are a mistake that no tool renders.
            let Ok([document]) = files.documents(path) else { continue };
            let Some(tool) = Tool::of(path, document)? else { continue };
            if !seen.insert((path, text)) {
                continue;
            }
            let rendered = match tool.render(text) {
                Err(_) if !name.is_empty() => continue,
                rendered => rendered.with_context(|| format!("{name}{path}"))?,
            };
            let found = tool.differences(document, &rendered).with_context(|| format!("{name}{path}"))?;
            all.insert(format!("{name}{path}"), rendered);
            differences.extend(
                found.iter().map(|it| format!("{name}{path}: {}: {:?} here, {:?} there", it.place, it.ours, it.theirs)),
            );
        }
    }
    if !differences.is_empty() {
        bail!("{}: the checker renders otherwise than the tools:\n    {}", case.name, differences.join("\n    "));
    }
    Ok(all)
}

/// What Helm renders of a release's values, with the charts of the lab's Istio.
pub(crate) fn template(chart: &str, release: &str, namespace: &str, values: &str) -> Result<String> {
    let folder = match chart {
        "istiod" => "istio-control/istio-discovery",
        "cni" => "istio-cni",
        chart => chart,
    };
    let chart = Program::PilotDiscovery.share(&format!("manifests/charts/{folder}"))?;
    feed(Command::new("helm").args(["template", release, "--values=-", "--namespace", namespace]).arg(chart), values)
}

/// What renders a file.
enum Tool {
    Istioctl,
    /// A chart, and its release's name.
    Helm(&'static str, String),
}

/// The minor release of Istio whose charts they are, that of the lab.
pub(crate) const MINOR: u32 = 31;
/// Where a chart's objects go, unless its values say otherwise.
const NAMESPACE: &str = "releases";

impl Tool {
    fn of(path: &str, document: &Value) -> Result<Option<Tool>> {
        if document.get("kind").is_some_and(|kind| kind == "IstioOperator") {
            return Ok(Some(Tool::Istioctl));
        }
        // Several istiods on one cluster have a mesh's name behind that.
        let Some((release, _)) = path.rsplit_once("-values") else { return Ok(None) };
        let (_, file) = release.rsplit_once('/').unwrap_or_default();
        let (_, release) = file.split_once('-').with_context(|| format!("{path} has no number"))?;
        let chart = match release {
            "base" => "base",
            _ if release == "istiod" || release.starts_with("istiod-external") => "istiod",
            _ => "gateway",
        };
        Ok(Some(Tool::Helm(chart, release.to_owned())))
    }

    fn render(&self, text: &str) -> Result<String> {
        match self {
            Tool::Istioctl => feed(Command::new("istioctl").args(["manifest", "generate", "--filename=-"]), text),
            Tool::Helm(chart, release) => template(chart, release, NAMESPACE, text),
        }
    }

    fn differences(&self, document: &Value, rendered: &str) -> Result<Vec<Difference>> {
        let rendered: Files = [("rendered", rendered)].into_iter().collect();
        let rendered = rendered.documents("rendered").map_err(|error| anyhow!(error))?;
        ensure!(!rendered.is_empty(), "nothing is rendered");
        Ok(match self {
            Tool::Istioctl => compare(document, rendered),
            Tool::Helm(chart, name) => {
                let release = Release { chart, name, namespace: NAMESPACE, minor: MINOR };
                compare_chart(&release, document, rendered).with_context(|| format!("chart {chart} is not known"))?
            }
        })
    }
}
