//! uninstall.sh: what install.sh made, in reverse. CRDs stay: removing them would take everybody's
//! objects with them. So do `GatewayClass`es: every istiod has the same ones.

use crate::name;
use crate::plan::{Action, Beside, Plan, Step};
use crate::script::{Command, Helper, Line, Script, Word};
use crate::topology::Cluster;

pub(super) fn uninstall(plan: &Plan) -> String {
    let before = before(plan);
    let undone = plan.steps.iter().rev().map(|step| (step, undo(step))).filter(|(_, undo)| !undo.is_empty());
    let steps = undone.enumerate().flat_map(|(index, (step, undo))| {
        let title = format!("Undo: {}", step.title);
        let heading =
            Command::helper_call(Helper::Step).arg((index + 1).to_string()).arg(step.cluster.name.as_str()).arg(title);
        [Line::Blank, Line::Run(heading)].into_iter().chain(undo)
    });
    let done = [
        Line::Blank,
        Line::Run(Command::print("Removed. Istio's CRDs stay, and so do its GatewayClasses where the Gateway API is:")),
        Line::Run(Command::print("other installations may use them.")),
    ];
    let lines = before.into_iter().chain(steps).chain(done);
    let about = vec![
        "Removes what install.sh made, in reverse. Asks first; --yes answers.".to_owned(),
        "Made by Meshwright.".to_owned(),
    ];
    Script { about, also: vec![Helper::Finish], lines }.text()
}

fn before(plan: &Plan) -> Vec<Line> {
    let tool = |tool: &str| Line::Run(Command::helper_call(Helper::RequireTool).arg(tool));
    let mut lines = vec![tool("kubectl")];
    if plan.uses_helm() {
        lines.push(tool("helm"));
    }
    if plan.steps.iter().any(|step| matches!(step.action, Action::Install { .. } | Action::Generate { .. })) {
        lines.push(Line::Run(Command::helper_call(Helper::RequireIstioctl).arg(plan.release.to_string())));
    }
    lines.push(Line::Run(Command::helper_call(Helper::Confirm).arg(Word::first_argument())));
    lines
}

fn delete(cluster: &Cluster) -> Command {
    Command::kubectl(cluster, &["delete"]).switch("ignore-not-found")
}

fn secret(cluster: &Cluster, namespace: &str, name: &str) -> Line {
    Line::Run(
        Command::kubectl(cluster, &["delete", "secret", name]).flag("namespace", namespace).switch("ignore-not-found"),
    )
}

fn undo(step: &Step) -> Vec<Line> {
    let cluster = &step.cluster;
    match &step.action {
        Action::Namespace { name, publishes, .. } => {
            let helper = if *publishes { Helper::RemoveSystemNamespace } else { Helper::RemoveNamespace };
            vec![Line::Run(Command::helper_on(helper, cluster).arg(name))]
        }
        Action::Install { manifest, beside, .. } => {
            let uninstall =
                Command::istioctl(cluster, "uninstall").flag("filename", &manifest.path).switch("skip-confirmation");
            let mut lines = vec![Line::Run(uninstall)];
            if let Some(Beside { tag, validator }) = beside {
                let remove = Command::helper_on(Helper::RemoveValidator, cluster);
                lines.push(Line::Run(validator.iter().fold(remove, Command::arg)));
                let remove = Command::kubectl(cluster, &["delete", "mutatingwebhookconfiguration", tag]);
                lines.push(Line::Run(remove.switch("ignore-not-found")));
            }
            lines
        }
        Action::Generate { manifest, .. } => {
            vec![Line::Pipe(vec![Command::istioctl_generate(&manifest.path), delete(cluster).flag("filename", "-")])]
        }
        Action::Release { name, namespace, .. } => {
            let helm =
                Command::helm(cluster, &["uninstall", name]).flag("namespace", namespace).switch("ignore-not-found");
            vec![Line::Run(helm)]
        }
        // It is gone once the operator has removed what it installed: namespaces stand until then (10.6).
        Action::Operate { manifest, .. } => {
            vec![Line::Run(delete(cluster).flag("filename", &manifest.path).flag("timeout", "5m"))]
        }
        Action::ReaderAccount { namespace } => {
            vec![Line::Run(Command::helper_on(Helper::RemoveReader, cluster).arg(namespace))]
        }
        Action::Apply { manifest, namespace, .. } => {
            let delete = match namespace {
                Some(namespace) => delete(cluster).flag("namespace", namespace),
                None => delete(cluster),
            };
            vec![Line::Run(delete.flag("filename", &manifest.path))]
        }
        Action::CaCerts { namespace, .. } => {
            vec![Line::Run(Command::helper_on(Helper::RemoveCaCerts, cluster).arg(namespace))]
        }
        Action::ConfigSecret { namespace, .. } => {
            vec![secret(cluster, namespace, name::CONFIG_SECRET)]
        }
        Action::RemoteSecret { namespace, name, .. } => vec![secret(cluster, namespace, name)],
        Action::MeshCa { to_namespace, secret: name, .. } => vec![secret(cluster, to_namespace, name)],
        Action::Address { .. }
        | Action::TlsSecret { .. }
        | Action::GatewayApi { .. }
        | Action::MadeGateway { .. }
        | Action::Injection { .. } => Vec::new(),
    }
}
