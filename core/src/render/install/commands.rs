//! The commands of each step.

use crate::name;
use crate::plan::{Action, Expect, Form, Plan, Set, Step, XDS_PORT};
use crate::script::{Command, Helper, Line, Word, context};
use crate::topology::Cluster;

fn apply(cluster: &Cluster) -> Command {
    Command::kubectl(cluster, &["apply"])
}

pub(super) fn commands(plan: &Plan, step: &Step) -> Vec<Line> {
    let cluster = &step.cluster;
    match &step.action {
        Action::Namespace { name, manifest, .. } => {
            vec![Line::Run(Command::helper_on(Helper::EnsureNamespace, cluster).arg(name).arg(&manifest.path))]
        }
        Action::Install { manifest, sets, .. } => {
            let install = Command::istioctl(cluster, "install").flag("filename", &manifest.path);
            let install = sets.iter().fold(install, |command, set| command.flag("set", istioctl_set(set)));
            vec![Line::Run(install.switch("skip-confirmation"))]
        }
        Action::Generate { manifest, namespace, deployment } => vec![
            Line::Pipe(vec![Command::istioctl_generate(&manifest.path), apply(cluster).flag("filename", "-")]),
            rollout(cluster, namespace, deployment),
        ],
        Action::Release { name, chart, namespace, manifest, sets, skip_schema, deployment } => {
            let helm = Command::helm(cluster, &["upgrade", "--install", name, chart.name()])
                .flag("repo", Word::variable("ISTIO_CHARTS"))
                .flag("version", plan.release.to_string())
                .flag("namespace", namespace)
                .flag("values", &manifest.path);
            let helm = if *skip_schema { helm.switch("skip-schema-validation") } else { helm };
            let helm = sets.iter().fold(helm, |command, set| command.flag("set", set_word(set.path, set)));
            let wait = deployment.iter().map(|deployment| rollout(cluster, namespace, deployment));
            std::iter::once(Line::Run(helm)).chain(wait).collect()
        }
        Action::Operate { manifest, kind, name, sets, condition } => vec![
            operate(cluster, &manifest.path, sets),
            Line::Run(
                Command::kubectl(cluster, &["wait", &format!("{kind}/{name}")])
                    .flag("for", format!("condition={condition}"))
                    .flag("timeout", "5m"),
            ),
        ],
        Action::ReaderAccount { namespace } => {
            vec![Line::Run(Command::helper_on(Helper::EnsureReader, cluster).arg(namespace))]
        }
        Action::Apply { manifest, namespace, deployments } => {
            let command = match namespace {
                Some(namespace) => apply(cluster).flag("namespace", namespace),
                None => apply(cluster),
            };
            let mut lines = vec![Line::Run(command.flag("filename", &manifest.path))];
            let namespace = namespace.as_deref().unwrap_or_default();
            lines.extend(deployments.iter().map(|deployment| rollout(cluster, namespace, deployment)));
            lines
        }
        Action::Address { namespace, service, expect } => address(plan, cluster, namespace, service, expect),
        Action::TlsSecret { namespace, name, host } => {
            vec![Line::Run(Command::helper_on(Helper::RequireTlsSecret, cluster).arg(*namespace).arg(name).arg(host))]
        }
        Action::GatewayApi { docs } => {
            vec![Line::Run(Command::helper_on(Helper::RequireGatewayApi, cluster).arg(docs))]
        }
        Action::MadeGateway { namespace, name, condition, deployment } => vec![
            Line::Run(
                Command::kubectl(cluster, &["wait", &format!("gateways.gateway.networking.k8s.io/{name}")])
                    .flag("namespace", namespace)
                    .flag("for", format!("condition={condition}"))
                    .flag("timeout", "5m"),
            ),
            rollout(cluster, namespace, deployment),
        ],
        Action::CaCerts { namespace, mesh } => vec![Line::Run(
            Command::helper_on(Helper::EnsureCaCerts, cluster).arg(namespace).arg(cluster.name.as_str()).arg(mesh),
        )],
        Action::ConfigSecret { from, namespace, service_account } => {
            vec![config_secret(cluster, from, namespace, service_account)]
        }
        Action::RemoteSecret { from, namespace, .. } => {
            let create = create_secret(from, "remote", namespace).flag("name", from.name.as_str());
            vec![Line::Pipe(vec![create, apply(cluster).flag("filename", "-")])]
        }
        Action::MeshCa { from, namespace, to_namespace, secret } => vec![Line::Run(
            Command::helper_on(Helper::CopyCa, from)
                .arg(namespace)
                .arg(name::ROOT_CERT)
                .arg(context(cluster))
                .arg(*to_namespace)
                .arg(secret),
        )],
        Action::Injection { namespace, label: (key, value) } => vec![Line::Run(
            Command::helper_on(Helper::AwaitInjection, cluster).arg(namespace).arg(format!("{key}={value}")),
        )],
    }
}

/// In an IstioOperator the charts' values stand below `values`, but for the mesh's configuration.
fn istioctl_set(set: &Set) -> Word<'static> {
    let below = if set.path.starts_with("meshConfig.") { "" } else { "values." };
    set_word(&format!("{below}{}", set.path), set)
}

fn set_word(path: &str, set: &Set) -> Word<'static> {
    let (variable, quote) = match set.form {
        Form::Address => (&set.variable, ""),
        Form::Port => (&with_port(&set.variable), ""),
        Form::QuotedPort => (&with_port(&set.variable), "\""),
    };
    Word::text(format!("{path}={quote}")).then(&Word::variable(variable)).then(&Word::text(quote))
}

/// The variable with an address and istiod's port.
fn with_port(variable: &str) -> String {
    format!("{variable}_PORT")
}

/// Applies a resource. What is known by now is laid into it: the operator reads nothing beside.
fn operate(cluster: &Cluster, path: &str, sets: &[Set]) -> Line {
    let Some((first, others)) = sets.split_first() else {
        return Line::Run(apply(cluster).flag("filename", path));
    };
    let lay = |from: &str, set: &Set| {
        Command::kubectl_local("patch")
            .switch("local")
            .flag("filename", from)
            .flag("type", "merge")
            .flag("patch", patch_word(set))
            .flag("output", "yaml")
    };
    let mut pipe = vec![lay(path, first)];
    pipe.extend(others.iter().map(|set| lay("-", set)));
    pipe.push(apply(cluster).flag("filename", "-"));
    Line::Pipe(pipe)
}

/// A value as JSON of the resource that it belongs to.
fn patch_word(set: &Set) -> Word<'static> {
    let (mut before, mut after) = (String::from("{\"spec\":{\"values\":"), String::from("}}"));
    for name in set.path.split('.') {
        before.extend(["{\"", name, "\":"]);
        after.push('}');
    }
    let (variable, [begin, end]) = match set.form {
        Form::Address => (&set.variable, ["\""; 2]),
        Form::Port => (&with_port(&set.variable), ["\""; 2]),
        Form::QuotedPort => (&with_port(&set.variable), ["\"\\\"", "\\\"\""]),
    };
    Word::text(before + begin).then(&Word::variable(variable)).then(&Word::text(end.to_owned() + &after))
}

fn rollout(cluster: &Cluster, namespace: &str, deployment: &str) -> Line {
    Line::Run(
        Command::kubectl(cluster, &["rollout", "status", &format!("deployment/{deployment}")])
            .flag("namespace", namespace)
            .flag("timeout", "5m"),
    )
}

fn create_secret(from: &Cluster, kind: &str, namespace: &str) -> Command {
    let create = Command::istioctl(from, "create-remote-secret")
        .flag("type", kind)
        .flag("namespace", namespace)
        .flag("create-service-account", "false");
    match &from.api_server {
        Some(server) => create.flag("server", server.as_str()),
        None => create,
    }
}

fn address(plan: &Plan, cluster: &Cluster, namespace: &str, service: &'static str, expect: &Expect) -> Vec<Line> {
    let call = |helper| Command::helper_on(helper, cluster).arg(namespace).arg(service);
    match expect {
        Expect::Any => vec![Line::Run(call(Helper::AwaitLoadBalancer))],
        Expect::PointedAtBy(host) => vec![Line::Run(call(Helper::PointName).arg(host.as_str()))],
        Expect::Exactly(ip) => vec![Line::Run(call(Helper::ExpectAddress).arg(ip.ip().to_string()))],
        Expect::Discover { variable, port } => {
            let kinds = if plan.facts.remote_address_ipv6 { "IPv4,IPv6" } else { "IPv4" };
            let address = || Word::variable(variable);
            let discover = call(Helper::DiscoverAddress).arg(kinds).arg(address());
            let mut lines = vec![Line::Capture(variable.clone(), discover)];
            if *port {
                let port = Command::helper_call(Helper::AddressPort).arg(address()).arg(XDS_PORT.to_string());
                lines.push(Line::Capture(with_port(variable), port));
            }
            lines.push(Line::Run(Command::print(Word::text("istiod has the address ").then(&address()))));
            lines
        }
    }
}

/// With its label istiod would take this one cluster for two: itself, and one called "config" (0.42).
fn config_secret(cluster: &Cluster, from: &Cluster, namespace: &str, service_account: &str) -> Line {
    let create = create_secret(from, "config", namespace).flag("service-account", service_account);
    let unlabel = Command::kubectl_local("label")
        .switch("local")
        .flag("filename", "-")
        .arg(format!("{}-", name::REMOTE_SECRET_LABEL))
        .flag("output", "yaml");
    Line::Pipe(vec![create, unlabel, apply(cluster).flag("filename", "-")])
}
