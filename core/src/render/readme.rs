//! README.md of the bundle: the runbook.

use crate::name;
use crate::plan::{Action, Expect, NodeRole, Plan};
use std::fmt::Write;

pub(super) fn readme(plan: &Plan) -> String {
    let mut text = format!(
        "# Runbook: an Istio {} mesh over {} clusters\n\nMade by Meshwright from [meshwright.yaml](meshwright.yaml). Everything here agrees with it; to change\nsomething, load that file into Meshwright and make the bundle again.\n",
        plan.release,
        plan.clusters.len()
    );
    clusters(&mut text, plan);
    before(&mut text, plan);
    run(&mut text);
    workloads(&mut text, plan);
    steps(&mut text, plan);
    text.push_str("\n## Files\n\nManifests stand in the order in which `install.sh` applies them.\n\n| file | what |\n| --- | --- |\n| `env.sh` | contexts and addresses: the only file to edit by hand |\n| `install.sh` | installs the mesh, step by step as below; run it again after a failure |\n| `verify.sh` | looks whether the mesh works; changes nothing |\n| `uninstall.sh` | removes what `install.sh` made, in reverse |\n| `meshwright.yaml` | the topology that made this bundle |\n");
    for manifest in plan.manifests() {
        row(&mut text, &[&code(&manifest.path), manifest.why()]);
    }
    text
}

/// A code span that can hold any line, backticks and all.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{fence}{pad}{}{pad}{fence}", text.replace('|', "\\|"))
}

fn row(text: &mut String, cells: &[&str]) {
    let _ = writeln!(text, "| {} |", cells.join(" | "));
}

fn clusters(text: &mut String, plan: &Plan) {
    text.push_str(
        "\n## What runs where\n\n| cluster | context | role | network | runs |\n| --- | --- | --- | --- | --- |\n",
    );
    for (node, cluster) in plan.map.nodes.iter().zip(&plan.clusters) {
        let role = match node.role {
            NodeRole::Primary => "primary",
            NodeRole::External => "outside of the mesh",
            NodeRole::Config => "config cluster, and first remote cluster",
            NodeRole::Remote => "remote cluster",
        };
        let planes = node.control_planes.iter().map(|plane| {
            let at = if plane.address.is_empty() { String::new() } else { format!(", at {}", plane.address) };
            format!("{} of {} in {}{at}", plane.name, plane.mesh, plane.namespace)
        });
        let runs: Vec<String> = planes.chain(node.gateways.iter().map(|gateway| (*gateway).to_owned())).collect();
        let cells = [
            &node.name,
            &code(cluster.context.as_str()),
            role,
            node.network.as_deref().unwrap_or("-"),
            &runs.join(", "),
        ];
        row(text, &cells);
    }
}

fn before(text: &mut String, plan: &Plan) {
    let _ = write!(
        text,
        "\n## Before\n\n- `kubectl`, with a context for each cluster that may do everything there\n- `istioctl` {}, that release and no other\n",
        plan.release
    );
    if plan.uses_helm() {
        let helm = if plan.facts.gateway_chart_schema_is_broken { "`helm` 3.16 or later" } else { "`helm` 3" };
        let _ = writeln!(text, "- {helm}");
    }
    if plan.uses_sail() {
        let _ = writeln!(
            text,
            "- on every cluster the [Sail operator](https://github.com/istio-ecosystem/sail-operator) of a release that installs\n  Istio v{}; OpenShift Service Mesh 3 is that operator, and `oc` does there what `kubectl` does",
            plan.release
        );
    }
    text.push_str(
        "- bash 3.2 or later, and `curl` for `verify.sh`\n- load balancers on the clusters that have gateways\n",
    );
    for step in &plan.steps {
        if let Action::Address { expect: Expect::PointedAtBy(host), .. } = &step.action {
            let _ = writeln!(
                text,
                "- a DNS record for `{host}` that you can point at the load balancer of `{}`, once `install.sh` says its\n  address; nothing is injected before",
                step.cluster.name
            );
        }
        if let Action::TlsSecret { namespace, name, host } = &step.action {
            let _ = writeln!(
                text,
                "- a certificate for `{host}` signed by a public CA, as secret `{name}` in namespace `{namespace}` of `{}`;\n  `install.sh` stops for it once the namespace is there",
                step.cluster.name
            );
        }
        if let Action::CaCerts { mesh, .. } = &step.action {
            let _ = writeln!(
                text,
                "- for istiod of `{mesh}` on `{0}`: your own CA certificate in `certs/{mesh}/{0}/` (`ca-cert.pem`, `ca-key.pem`,\n  `root-cert.pem`, `cert-chain.pem`), or else `openssl`, with which `install.sh` makes one from a root of its\n  own in `certs/{mesh}/`: keep that folder safe, and out of Git",
                step.cluster.name
            );
        }
        if let Action::GatewayApi { docs } = &step.action {
            let _ = writeln!(text, "- the Gateway API's CRDs on `{}`: see <{docs}>", step.cluster.name);
        }
    }
    let _ = writeln!(
        text,
        "- Kubernetes versions that Istio {} supports: see <{}>",
        plan.facts.minor,
        plan.facts.docs("releases/supported-releases/")
    );
}

fn run(text: &mut String) {
    text.push_str("\n## Run\n\nLook at `env.sh`, then:\n\n```bash\n./install.sh\n./verify.sh\n```\n\n`./uninstall.sh` removes it all again. Istio's CRDs stay, its `GatewayClass`es where the\nGateway API is, and namespaces that were there before.\n");
}

fn workloads(text: &mut String, plan: &Plan) {
    text.push_str(
        "\n## Your workloads\n\nPods join the mesh in namespaces that have this label:\n\n| cluster | label |\n| --- | --- |\n",
    );
    let labels = plan.map.nodes.iter().filter_map(|node| Some((&node.name, node.label.as_ref()?)));
    for (name, label) in labels.clone() {
        row(text, &[name, &code(label)]);
    }
    let (key, value) = name::injection_label(None);
    let unrevised = format!("{key}={value}");
    if labels.clone().any(|(_, label)| *label != unrevised) && !plan.uses_istioctl() {
        let _ = writeln!(
            text,
            "\nBeside a revision, {} does nothing: it takes the tag `default`, which istioctl makes and\nneither Helm nor the Sail operator does.",
            code(&unrevised)
        );
    }
}

fn steps(text: &mut String, plan: &Plan) {
    text.push_str(
        "\n## Steps\n\nIn this order, and why:\n\n| step | cluster | what | why |\n| --- | --- | --- | --- |\n",
    );
    for (index, step) in plan.steps.iter().enumerate() {
        row(text, &[&(index + 1).to_string(), step.cluster.name.as_str(), &step.title, &step.why]);
    }
}
