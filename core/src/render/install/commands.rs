//! The commands of each step.

use super::{ADDRESS, ADDRESS_PORT};
use crate::name;
use crate::plan::{Action, Expect, Plan, Set, Step, XDS_PORT};
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
            let install = sets.iter().fold(install, |command, set| command.flag("set", set_word(*set)));
            vec![Line::Run(install.switch("skip-confirmation"))]
        }
        Action::Generate { manifest, namespace, deployment } => vec![
            Line::Pipe(vec![Command::istioctl_generate(&manifest.path), apply(cluster).flag("filename", "-")]),
            rollout(cluster, namespace, deployment),
        ],
        Action::Release { name, namespace, manifest, skip_schema } => {
            let helm = release(plan, cluster, name, namespace, &manifest.path);
            let helm = if *skip_schema { helm.switch("skip-schema-validation") } else { helm };
            vec![Line::Run(helm), rollout(cluster, namespace, name)]
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

fn set_word(set: Set) -> Word<'static> {
    let (path, variable, quote) = match set {
        Set::Address(path) => (path, ADDRESS, ""),
        Set::AddressPort(path) => (path, ADDRESS_PORT, ""),
        Set::QuotedAddressPort(path) => (path, ADDRESS_PORT, "\""),
    };
    Word::text(format!("{path}={quote}")).then(&Word::variable(variable)).then(&Word::text(quote))
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
        Expect::Discover => vec![
            Line::Capture(
                ADDRESS,
                call(Helper::DiscoverAddress).arg(if plan.facts.remote_address_ipv6 { "IPv4,IPv6" } else { "IPv4" }),
            ),
            Line::Capture(
                ADDRESS_PORT,
                Command::helper_call(Helper::AddressPort).arg(Word::variable(ADDRESS)).arg(XDS_PORT.to_string()),
            ),
            Line::Run(Command::print(Word::text("istiod has the address ").then(&Word::variable(ADDRESS)))),
        ],
    }
}

fn release(plan: &Plan, cluster: &Cluster, name: &str, namespace: &str, values: &str) -> Command {
    Command::helm(cluster, &["upgrade", "--install", name, "gateway"])
        .flag("repo", Word::variable("ISTIO_CHARTS"))
        .flag("version", plan.release.to_string())
        .flag("namespace", namespace)
        .flag("values", values)
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
