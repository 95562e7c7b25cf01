//! What the checker without a cluster takes for rendered is what istioctl renders from the same file.

use crate::bundle::Bundle;
use crate::lab::Lab;
use crate::process::run;
use anyhow::{Result, anyhow, bail, ensure};
use meshwright_link::{Files, compare};
use serde_json::Value;
use std::process::Command;

/// Holds the two against each other for every IstioOperator of a bundle, and gives how many there are.
pub(crate) fn hold(lab: &Lab, bundle: &Bundle) -> Result<usize> {
    let files = Files::read(&bundle.folder)?;
    let (mut count, mut differences) = (0, Vec::new());
    for path in files.paths().filter(|path| path.contains('/')) {
        let documents = files.documents(path).map_err(|error| anyhow!(error))?;
        let is_operator = |it: &&Value| it.get("kind").is_some_and(|kind| kind == "IstioOperator");
        let Some(operator) = documents.iter().find(is_operator) else { continue };
        let mut command = Command::new("istioctl");
        command.args(["manifest", "generate", "--filename", path]).current_dir(&bundle.folder);
        let rendered: Files = [(path, run(lab.engineer(&mut command))?)].into_iter().collect();
        let rendered = rendered.documents(path).map_err(|error| anyhow!(error))?;
        ensure!(!rendered.is_empty(), "istioctl renders nothing from {path}");
        for it in compare(operator, rendered) {
            differences.push(format!("{path}: {}: {:?} here, {:?} by istioctl", it.place, it.ours, it.theirs));
        }
        count += 1;
    }
    if !differences.is_empty() {
        bail!("the checker renders otherwise than istioctl:\n    {}", differences.join("\n    "));
    }
    Ok(count)
}
