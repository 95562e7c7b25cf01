//! verify.sh: the plan's checks. It changes nothing.

use crate::name;
use crate::plan::{Check, Plan};
use crate::script::{Command, Helper, Line, Script, context};
use crate::topology::SampleRoute;

pub(super) fn verify(plan: &Plan) -> String {
    let tool = |tool: &str| Line::Run(Command::helper_call(Helper::RequireTool).arg(tool));
    let mut lines = vec![tool("kubectl"), tool("istioctl"), tool("curl"), Line::Blank];
    lines.extend(plan.checks.iter().map(|check| Line::Run(run(check))));
    lines.push(Line::Run(Command::helper_call(Helper::Summary)));
    let about = vec![
        "Looks whether the mesh is the one that was described. Changes nothing.".to_owned(),
        "Made by Meshwright.".to_owned(),
    ];
    let also = vec![Helper::Check];
    Script { about, also, lines }.text()
}

/// A check by a helper: title, hint, and the helper's name before its own words.
fn by(helper: Helper, title: String, hint: String) -> Command {
    Command::helper_call(Helper::Check).arg(title).arg(hint).helper_arg(helper)
}

fn run(check: &Check) -> Command {
    match check {
        Check::Rollout { cluster, namespace, deployment } => Command::helper_call(Helper::Check)
            .arg(format!("{}: {deployment} runs", cluster.name))
            .arg(format!("see: kubectl describe pod, in namespace {namespace} of {}", cluster.name))
            .then(
                Command::kubectl(cluster, &["rollout", "status", &format!("deployment/{deployment}")])
                    .flag("namespace", namespace)
                    .flag("timeout", "30s"),
            ),
        Check::Injected { cluster, namespace, label: (key, value), network } => by(
            Helper::Injected,
            format!("{}: pods are injected as {} on {network}", cluster.name, cluster.name),
            "the webhook's path, URL or certificate does not lead to istiod: see its log, and the gateway's".to_owned(),
        )
        .arg(context(cluster))
        .arg(namespace)
        .arg(format!("{key}={value}"))
        .arg(cluster.name.as_str())
        .arg(network),
        Check::RootCert { cluster, namespace } => Command::helper_call(Helper::Check)
            .arg(format!("{}: the mesh's CA is published", cluster.name))
            .arg("istiod is not in charge of this cluster: see the namespace's annotation and the remote secret")
            .then(
                Command::kubectl(cluster, &["get", "configmap", name::ROOT_CERT])
                    .flag("namespace", namespace)
                    .flag("output", "name"),
            ),
        Check::Synced { cluster, namespace, revision, member } => {
            let check = by(
                Helper::Synced,
                format!("{}: istiod has read {}", cluster.name, member.name),
                "the secret's API server address cannot be reached from istiod, or its credentials are refused"
                    .to_owned(),
            )
            .arg(member.name.as_str())
            .flag("context", context(cluster))
            .flag("istioNamespace", namespace);
            match revision {
                Some(revision) => check.flag("revision", revision),
                None => check,
            }
        }
        Check::Address { cluster, namespace, service } => by(
            Helper::HasAddress,
            format!("{}: {service} has an address", cluster.name),
            "the cluster has no load balancers, or is still making one".to_owned(),
        )
        .arg(context(cluster))
        .arg(namespace)
        .arg(*service),
        Check::SampleAnswers { cluster, namespace, version, from } => by(
            Helper::SampleAnswers,
            format!("{}: helloworld {version} of {} answers", cluster.name, from.name),
            if cluster.name == from.name {
                "see the sample's pods: both containers have to be ready".to_owned()
            } else {
                "the other network cannot be reached: see the east-west gateways' addresses".to_owned()
            },
        )
        .arg(context(cluster))
        .arg(namespace)
        .arg(*version),
        Check::IngressAnswers { cluster, namespace, route } => by(
            Helper::IngressAnswers,
            format!("{}: helloworld answers from outside", cluster.name),
            "the gateway's address cannot be reached from here, or the gateway has no route".to_owned(),
        )
        .arg(context(cluster))
        .arg(namespace)
        .arg(match route {
            SampleRoute::Istio => name::INGRESS_GATEWAY,
            SampleRoute::GatewayApi => name::SAMPLE_GATEWAY_SERVICE,
        }),
    }
}
