//! What the tools of the chosen release say of a bundle's files: those that need no cluster before it is
//! installed, and the API servers themselves once they know all of its kinds.

use crate::bundle::Bundle;
use crate::case::Case;
use crate::lab::Lab;
use crate::process::{feed, run};
use crate::program::Program;
use anyhow::{Context, Result, ensure};
use meshwright_core::plan::Action;
use std::collections::BTreeMap;
use std::process::Command;

/// Has istioctl and Helm look at every file, without a cluster. Gives how many files there were.
pub(crate) fn without_clusters(case: &Case, bundle: &Bundle) -> Result<usize> {
    let mut manifests: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut files = 0;
    for step in case.output()?.plan.steps {
        let Some(manifest) = step.action.manifest() else { continue };
        files += 1;
        if let Action::Release { .. } = &step.action {
            let chart = Program::Istioctl.share("manifests/charts/gateway")?;
            let mut helm = Program::Helm.command()?;
            helm.args(["template", "gateway"]).arg(chart).arg(format!("--values={}", manifest.path));
            let rendered = run(helm.current_dir(&bundle.folder))?;
            ensure!(rendered.contains("kind: Deployment"), "helm renders no Deployment from {}", manifest.path);
        } else {
            manifests.entry(step.cluster.name.to_string()).or_default().push(manifest.path.clone());
        }
    }
    for paths in manifests.values() {
        let mut validate = Program::Istioctl.command()?;
        validate.arg("validate").args(paths.iter().map(|path| format!("--filename={path}")));
        run(validate.current_dir(&bundle.folder))?;
        let mut analyze = Program::Istioctl.command()?;
        analyze.args(["analyze", "--use-kube=false", "--failure-threshold=Warning"]).args(paths);
        run(analyze.current_dir(&bundle.folder))?;
    }
    Ok(files)
}

/// Has each API server look at what is applied to it, strictly and without a change. Gives how many
/// files there were.
pub(crate) fn by_api_servers(case: &Case, lab: &Lab, bundle: &Bundle) -> Result<usize> {
    let mut applied: BTreeMap<(String, Option<String>), Vec<String>> = BTreeMap::new();
    let mut files = 0;
    for step in case.output()?.plan.steps {
        let Some(manifest) = step.action.manifest() else { continue };
        let context = step.cluster.context.to_string();
        match &step.action {
            Action::Install { .. } | Action::Generate { .. } => {
                let mut istioctl = Program::Istioctl.command()?;
                istioctl.args(["manifest", "generate"]).arg(format!("--filename={}", manifest.path));
                let rendered = run(istioctl.current_dir(&bundle.folder))?;
                let mut kubectl = dry_run(lab, bundle, &context, None);
                kubectl.args(["--server-side", "--force-conflicts", "--filename=-"]);
                feed(&mut kubectl, &rendered).with_context(|| format!("{}: {context} refuses it", manifest.path))?;
            }
            Action::Apply { namespace, .. } => {
                applied.entry((context, namespace.clone())).or_default().push(manifest.path.clone());
            }
            Action::Namespace { .. } => applied.entry((context, None)).or_default().push(manifest.path.clone()),
            // Helm applied the release itself; the others have no file.
            Action::Release { .. }
            | Action::Address { .. }
            | Action::TlsSecret { .. }
            | Action::GatewayApi { .. }
            | Action::ConfigSecret { .. }
            | Action::RemoteSecret { .. }
            | Action::MeshCa { .. }
            | Action::Injection { .. } => continue,
        }
        files += 1;
    }
    for ((context, namespace), paths) in applied {
        let mut kubectl = dry_run(lab, bundle, &context, namespace.as_deref());
        run(kubectl.args(paths.iter().map(|path| format!("--filename={path}"))))?;
    }
    Ok(files)
}

fn dry_run(lab: &Lab, bundle: &Bundle, context: &str, namespace: Option<&str>) -> Command {
    let mut kubectl = Command::new("kubectl");
    kubectl.args(["apply", "--dry-run=server", "--validate=strict", "--output=name"]);
    kubectl.arg(format!("--context={context}")).args(namespace.map(|namespace| format!("--namespace={namespace}")));
    lab.engineer(&mut kubectl).current_dir(&bundle.folder);
    kubectl
}
