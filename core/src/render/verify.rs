//! verify.sh: the plan's checks. It changes nothing.

use crate::name;
use crate::plan::{Check, Plan};
use crate::script::{Command, Helper, Line, Script, context};

pub(super) fn verify(plan: &Plan) -> String {
    let tool = |tool: &str| Line::Run(Command::helper_call(Helper::RequireTool).arg(tool));
    let tools = [tool("kubectl"), tool("istioctl"), tool("curl"), Line::Blank];
    let summary = Line::Run(Command::helper_call(Helper::Summary));
    let lines = tools.into_iter().chain(plan.checks.iter().map(run)).chain([summary]);
    let about = vec![
        "Looks whether the mesh is the one that was described. Changes nothing.".to_owned(),
        "Made by Meshwright.".to_owned(),
    ];
    let also = vec![Helper::Check];
    Script { about, also, lines }.text()
}

fn run(check: &Check) -> Line {
    let (title, hint) = words(check);
    Line::Check(title.into(), hint.into(), command(check))
}

/// What a check is called, and the likely cause where it fails.
fn words(check: &Check) -> (String, String) {
    match check {
        Check::Rollout { cluster, namespace, deployment } => (
            format!("{}: {deployment} runs", cluster.name),
            format!("see: kubectl describe pod, in namespace {namespace} of {}", cluster.name),
        ),
        Check::Ready { cluster, kind, name } => (
            format!("{}: {kind}/{name} is ready", cluster.name),
            format!("the operator says why: kubectl describe {kind} {name}, on {}", cluster.name),
        ),
        Check::Injected { cluster, network, .. } => (
            format!("{}: pods are injected as {} on {network}", cluster.name, cluster.name),
            "the webhook's path, URL or certificate does not lead to istiod: see its log, and the gateway's".to_owned(),
        ),
        Check::RootCert { cluster, .. } => (
            format!("{}: the mesh's CA is published", cluster.name),
            "istiod is not in charge of this cluster: see the namespace's annotation and the remote secret".to_owned(),
        ),
        Check::SameRoot { cluster, with, .. } => (
            format!("{}: its CA has the root of {}'s", cluster.name, with.name),
            "secret cacerts was made from another root on one of them; workloads of the two refuse each other"
                .to_owned(),
        ),
        Check::Synced { cluster, member, .. } => (
            format!("{}: istiod has read {}", cluster.name, member.name),
            "the secret's API server address cannot be reached from istiod, or its credentials are refused".to_owned(),
        ),
        Check::Address { cluster, service, .. } => (
            format!("{}: {service} has an address", cluster.name),
            "the cluster has no load balancers, or is still making one".to_owned(),
        ),
        Check::SampleAnswers { cluster, version, from, across, .. } => (
            format!("{}: helloworld {version} of {} answers", cluster.name, from.name),
            if *across {
                "the other network cannot be reached: see the east-west gateways' addresses".to_owned()
            } else {
                "see the sample's pods, where both containers have to be ready, and that pods reach each other"
                    .to_owned()
            },
        ),
        Check::IngressAnswers { cluster, .. } => (
            format!("{}: helloworld answers from outside", cluster.name),
            "the gateway's address cannot be reached from here, or the gateway has no route".to_owned(),
        ),
    }
}

fn command(check: &Check) -> Command {
    match check {
        Check::Rollout { cluster, namespace, deployment } => {
            Command::kubectl(cluster, &["rollout", "status", &format!("deployment/{deployment}")])
                .flag("namespace", namespace)
                .flag("timeout", "30s")
        }
        Check::Ready { cluster, kind, name } => Command::kubectl(cluster, &["wait", &format!("{kind}/{name}")])
            .flag("for", "condition=Ready")
            .flag("timeout", "30s"),
        Check::Injected { cluster, namespace, label: (key, value), network } => {
            Command::helper_on(Helper::Injected, cluster)
                .arg(namespace)
                .arg(format!("{key}={value}"))
                .arg(cluster.name.as_str())
                .arg(network)
        }
        Check::RootCert { cluster, namespace } => Command::kubectl(cluster, &["get", "configmap", name::ROOT_CERT])
            .flag("namespace", namespace)
            .flag("output", "name"),
        Check::SameRoot { cluster, with, namespace } => {
            Command::helper_on(Helper::SameRoot, cluster).arg(context(with)).arg(namespace).arg(name::ROOT_CERT)
        }
        Check::Synced { cluster, namespace, revision, member } => {
            let check = Command::helper_call(Helper::Synced)
                .arg(member.name.as_str())
                .flag("context", context(cluster))
                .flag("istioNamespace", namespace);
            match revision {
                Some(revision) => check.flag("revision", revision),
                None => check,
            }
        }
        Check::Address { cluster, namespace, service } => {
            Command::helper_on(Helper::HasAddress, cluster).arg(namespace).arg(*service)
        }
        Check::SampleAnswers { cluster, namespace, client, version, .. } => {
            Command::helper_on(Helper::SampleAnswers, cluster).arg(namespace).arg(*client).arg(*version)
        }
        Check::IngressAnswers { cluster, namespace, service } => {
            Command::helper_on(Helper::IngressAnswers, cluster).arg(namespace).arg(*service)
        }
    }
}
