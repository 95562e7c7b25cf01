//! What the tools of the chosen release say of a bundle's files: istioctl before they are installed, and the
//! API servers themselves once they know all of its kinds.

use crate::bundle::Bundle;
use crate::case::Case;
use crate::lab::Lab;
use crate::process::{feed, run};
use crate::program::Program;
use crate::rendering::Rendered;
use anyhow::{Context, Result};
use meshwright_core::plan::Action;
use std::collections::BTreeMap;
use std::process::Command;

/// Has istioctl look at every manifest, without a cluster. Gives how many there were.
pub(crate) fn without_clusters(case: &Case, bundle: &Bundle) -> Result<usize> {
    let mut clusters: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for step in case.output()?.plan.steps {
        // Helm's values are none; `rendering` has Helm render them. The Sail operator's are no kinds of Istio's.
        let others = matches!(step.action, Action::Release { .. } | Action::Operate { .. });
        if let (Some(manifest), false) = (step.action.manifest(), others) {
            clusters.entry(step.cluster.name.to_string()).or_default().push(manifest.path.clone());
        }
    }
    for paths in clusters.values() {
        let mut validate = Program::Istioctl.command()?;
        validate.arg("validate").args(paths.iter().map(|path| format!("--filename={path}")));
        run(validate.current_dir(&bundle.folder))?;
        let mut analyze = Program::Istioctl.command()?;
        analyze.args(["analyze", "--use-kube=false", "--failure-threshold=Warning"]).args(paths);
        run(analyze.current_dir(&bundle.folder))?;
    }
    Ok(clusters.values().map(Vec::len).sum())
}

/// Has each API server look at what it is sent, strictly and without a change. Gives how many files that was
/// made from; `counts` says which steps do.
pub(crate) fn by_api_servers(
    case: &Case,
    lab: &Lab,
    bundle: &Bundle,
    rendered: &Rendered,
    counts: impl Fn(&Action) -> bool,
) -> Result<usize> {
    let mut applied: BTreeMap<(String, Option<String>), Vec<String>> = BTreeMap::new();
    let mut installed: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for step in case.output()?.plan.steps.iter().filter(|step| counts(&step.action)) {
        let Some(manifest) = step.action.manifest() else { continue };
        let context = step.cluster.context.to_string();
        match &step.action {
            Action::Install { .. } | Action::Generate { .. } => {
                let text =
                    rendered.get(&manifest.path).with_context(|| format!("nothing renders {}", manifest.path))?;
                installed.entry(context).or_default().push(text);
            }
            Action::Apply { namespace, .. } => {
                applied.entry((context, namespace.clone())).or_default().push(manifest.path.clone());
            }
            Action::Namespace { .. } | Action::Operate { .. } => {
                applied.entry((context, None)).or_default().push(manifest.path.clone());
            }
            // Helm has sent the release itself; the others have no file.
            Action::Release { .. }
            | Action::ReaderAccount { .. }
            | Action::Address { .. }
            | Action::TlsSecret { .. }
            | Action::GatewayApi { .. }
            | Action::MadeGateway { .. }
            | Action::CaCerts { .. }
            | Action::ConfigSecret { .. }
            | Action::RemoteSecret { .. }
            | Action::MeshCa { .. }
            | Action::Injection { .. } => {}
        }
    }
    for (context, texts) in &installed {
        let mut kubectl = dry_run(lab, bundle, context, None);
        feed(kubectl.args(["--server-side", "--force-conflicts", "--filename=-"]), &texts.join("\n---\n"))
            .with_context(|| format!("{context} refuses what istioctl renders"))?;
    }
    for ((context, namespace), paths) in &applied {
        let mut kubectl = dry_run(lab, bundle, context, namespace.as_deref());
        run(kubectl.args(paths.iter().map(|path| format!("--filename={path}"))))?;
    }
    Ok(installed.values().map(Vec::len).chain(applied.values().map(Vec::len)).sum())
}

/// `kubectl apply`, which changes nothing.
pub(crate) fn dry_run(lab: &Lab, bundle: &Bundle, context: &str, namespace: Option<&str>) -> Command {
    let mut apply = lab.kubectl("apply", context);
    apply.args(["--dry-run=server", "--validate=strict", "--output=name"]);
    apply.args(namespace.map(|namespace| format!("--namespace={namespace}"))).current_dir(&bundle.folder);
    apply
}
