//! What install.sh has to call for a plan, written a second time: from the meaning of each step, not from
//! the script. Queries are left out, waits are not.

use super::stage::Call;
use meshwright_core::Output;
use meshwright_core::plan::{Action, Expect, Form, Set, Step};
use std::collections::BTreeSet;

/// The calls of each step, as `Call::short` has them. `address` is the one that is discovered.
pub(crate) fn steps(output: &Output, address: &str) -> Vec<Vec<String>> {
    let mut made = BTreeSet::new();
    output.plan.steps.iter().map(|step| calls(step, address, &mut made)).collect()
}

/// The calls of a run that change something or wait for something.
pub(crate) fn seen(calls: &[Call]) -> Vec<String> {
    let query = |call: &&Call| matches!(call.words[0].as_str(), "kubectl" | "istioctl" | "helm") && !is_query(call);
    calls.iter().filter(query).map(Call::short).collect()
}

fn is_query(call: &Call) -> bool {
    matches!(call.words[1].as_str(), "get" | "version")
}

fn calls<'a>(step: &'a Step, address: &str, made: &mut BTreeSet<(&'a str, &'a str)>) -> Vec<String> {
    let on = format!("@{}", step.cluster.context);
    let rollout =
        |namespace: &str, name: &str| format!("kubectl rollout status deployment/{name} --namespace={namespace} {on}");
    let apply = |file: &str| format!("kubectl apply --filename={file} {on}");
    match &step.action {
        Action::Namespace { name, manifest, .. } => {
            let mut calls = Vec::new();
            if made.insert((step.cluster.context.as_str(), name)) {
                calls.push(format!("kubectl create namespace {name}"));
                calls.push("kubectl annotate --filename=- meshwright/created-by=install.sh".to_owned());
                calls.push(format!("kubectl create --filename=- {on}"));
            }
            calls.push(apply(&manifest.path));
            calls
        }
        Action::Install { manifest, sets, .. } => {
            let below = |set: &Set| if set.path.starts_with("meshConfig") { "" } else { "values." };
            let sets = sets.iter().map(|set| format!("--set={}{}", below(set), set_value(set, address)));
            let words = ["istioctl install".to_owned(), format!("--filename={}", manifest.path)];
            vec![words.into_iter().chain(sets).chain([on]).collect::<Vec<_>>().join(" ")]
        }
        Action::Generate { manifest, namespace, deployment } => vec![
            format!("istioctl manifest generate --filename={}", manifest.path),
            apply("-"),
            rollout(namespace, deployment),
        ],
        Action::Release { name, chart, namespace, manifest, sets, deployment, .. } => {
            let chart = chart.name();
            let sets =
                sets.iter().map(|set| format!(" --set={}", set_value(set, address))).collect::<Vec<_>>().concat();
            let values = &manifest.path;
            let mut calls =
                vec![format!("helm upgrade {name} {chart} --namespace={namespace} --values={values}{sets} {on}")];
            calls.extend(deployment.iter().map(|deployment| rollout(namespace, deployment)));
            calls
        }
        Action::Operate { manifest, kind, name, sets, .. } => {
            let mut calls: Vec<String> = (0..sets.len())
                .map(|index| if index == 0 { &manifest.path } else { "-" })
                .map(|file| format!("kubectl patch --filename={file} --type=merge"))
                .collect();
            calls.push(apply(if sets.is_empty() { &manifest.path } else { "-" }));
            calls.push(format!("kubectl wait {kind}/{name} {on}"));
            calls
        }
        // The operator's own account is never there: nobody plays the operator.
        Action::ReaderAccount { namespace } => vec![
            format!("kubectl create serviceaccount istio-reader-service-account --namespace={namespace}"),
            "kubectl annotate --filename=- meshwright/created-by=install.sh".to_owned(),
            format!("kubectl create --filename=- {on}"),
        ],
        Action::Apply { manifest, namespace, deployments } => {
            let flag = namespace.as_ref().map_or_else(String::new, |namespace| format!(" --namespace={namespace}"));
            let mut calls = vec![format!("kubectl apply{flag} --filename={} {on}", manifest.path)];
            calls.extend(deployments.iter().map(|name| rollout(namespace.as_deref().unwrap(), name)));
            calls
        }
        Action::ConfigSecret { from, namespace, .. } => vec![
            secret("config", from.context.as_str(), namespace, "", &server(from)),
            "kubectl label --filename=- istio/multiCluster-".to_owned(),
            apply("-"),
        ],
        Action::RemoteSecret { from, namespace, .. } => {
            let name = format!(" --name={}", from.name);
            vec![secret("remote", from.context.as_str(), namespace, &name, &server(from)), apply("-")]
        }
        Action::CaCerts { namespace, .. } => vec![
            format!("kubectl create secret generic cacerts --namespace={namespace}"),
            "kubectl annotate --filename=- meshwright/created-by=install.sh".to_owned(),
            format!("kubectl create --filename=- {on}"),
        ],
        Action::MeshCa { to_namespace, secret, .. } => {
            vec![format!("kubectl create secret generic {secret} --namespace={to_namespace}"), apply("-")]
        }
        Action::MadeGateway { namespace, name, deployment, .. } => vec![
            format!("kubectl wait gateways.gateway.networking.k8s.io/{name} --namespace={namespace} {on}"),
            rollout(namespace, deployment),
        ],
        Action::Injection { namespace, .. } => {
            vec![format!("kubectl run meshwright-probe --namespace={namespace} {on}")]
        }
        Action::Address {
            expect: Expect::Any | Expect::PointedAtBy(_) | Expect::Exactly(_) | Expect::Discover { .. },
            ..
        }
        | Action::TlsSecret { .. }
        | Action::GatewayApi { .. } => Vec::new(),
    }
}

fn server(cluster: &meshwright_core::topology::Cluster) -> String {
    cluster.api_server.as_ref().map_or_else(String::new, |server| format!(" --server={server}"))
}

fn secret(kind: &str, context: &str, namespace: &str, name: &str, server: &str) -> String {
    format!("istioctl create-remote-secret --type={kind} --namespace={namespace}{server}{name} @{context}")
}

fn set_value(set: &Set, address: &str) -> String {
    let with_port = if address.contains(':') { format!("[{address}]:15012") } else { format!("{address}:15012") };
    let value = match set.form {
        Form::Address => address.to_owned(),
        Form::Port => with_port,
        Form::QuotedPort => format!("\"{with_port}\""),
    };
    format!("{}={value}", set.path)
}
