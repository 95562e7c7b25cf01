//! What the checker without a cluster takes for rendered is what istioctl renders from the same file.

use crate::case::Case;
use crate::process::feed;
use anyhow::{Context, Result, anyhow, bail, ensure};
use meshwright_link::{Files, compare, mutations};
use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;

/// Holds the two against each other for every IstioOperator of a case's bundle, and gives how many there are.
pub(crate) fn hold(case: &Case) -> Result<usize> {
    held(case, &[(String::new(), case.files()?)])
}

/// As `hold`, for what mutations make of the bundle's files, as far as istioctl takes that.
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
            let Ok([operator]) = files.documents(path) else { continue };
            if !is_operator(operator) || !seen.insert((path, text)) {
                continue;
            }
            let rendered = feed(Command::new("istioctl").args(["manifest", "generate", "--filename=-"]), text);
            let rendered = match rendered {
                Err(_) if !name.is_empty() => continue,
                rendered => rendered.with_context(|| format!("{name}{path}"))?,
            };
            let rendered: Files = [(path, rendered)].into_iter().collect();
            let rendered = rendered.documents(path).map_err(|error| anyhow!(error))?;
            ensure!(!rendered.is_empty(), "{name}istioctl renders nothing from {path}");
            differences.extend(
                compare(operator, rendered)
                    .into_iter()
                    .map(|it| format!("{name}{path}: {}: {:?} here, {:?} by istioctl", it.place, it.ours, it.theirs)),
            );
        }
    }
    if !differences.is_empty() {
        bail!("{}: the checker renders otherwise than istioctl:\n    {}", case.name, differences.join("\n    "));
    }
    Ok(seen.len())
}

fn is_operator(document: &Value) -> bool {
    document.get("kind").is_some_and(|kind| kind == "IstioOperator")
}
