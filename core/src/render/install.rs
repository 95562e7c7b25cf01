//! install.sh: the plan's steps, in order.

use crate::name;
use crate::plan::{Action, Expect, Plan, Set, Step, XDS_PORT};
use crate::script::{Command, Helper, Line, Script, Word, context};
use crate::topology::Cluster;

const ADDRESS: &str = "EXTERNAL_ISTIOD_ADDR";
const ADDRESS_PORT: &str = "EXTERNAL_ISTIOD_ADDR_PORT";

pub(super) fn install(plan: &Plan) -> String {
    let mut lines = preflight(plan);
    for (index, step) in plan.steps.iter().enumerate() {
        lines.push(Line::Blank);
        lines.push(Line::Comment(step.why.clone()));
        lines.push(Line::Run(heading(index + 1, step)));
        lines.extend(action(plan, step));
    }
    lines.push(Line::Blank);
    lines.push(Line::Run(Command::print(
        "Installed. verify.sh looks whether it works.",
    )));
    let about = vec![
        format!(
            "Installs the mesh with Istio {}. Run it again after a failure: it goes on where it has to.",
            plan.release
        ),
        "Made by Meshwright; README.md explains each step.".to_owned(),
    ];
    Script {
        about,
        also: vec![Helper::Finish],
        lines,
    }
    .text()
}

fn preflight(plan: &Plan) -> Vec<Line> {
    let tool = |tool: &str| Line::Run(Command::helper_call(Helper::RequireTool).arg(tool));
    let mut lines = vec![tool("kubectl"), tool("istioctl")];
    if plan.uses_helm() {
        lines.push(tool("helm"));
    }
    lines.push(Line::Run(
        Command::helper_call(Helper::RequireIstioctl).arg(plan.release.to_string()),
    ));
    for cluster in &plan.clusters {
        lines.push(Line::Run(Command::helper_on(
            Helper::RequireCluster,
            cluster,
        )));
    }
    lines
}

fn heading(number: usize, step: &Step) -> Command {
    Command::helper_call(Helper::Step)
        .arg(number.to_string())
        .arg(step.cluster.name.as_str())
        .arg(step.title.as_str())
}

fn apply(cluster: &Cluster) -> Command {
    Command::kubectl(cluster, &["apply"])
}

fn action(plan: &Plan, step: &Step) -> Vec<Line> {
    let cluster = &step.cluster;
    match &step.action {
        Action::Namespace { name, manifest } => {
            vec![Line::Run(
                Command::helper_on(Helper::EnsureNamespace, cluster)
                    .arg(name)
                    .arg(&manifest.path),
            )]
        }
        Action::Install { manifest, sets, .. } => {
            let install = Command::istioctl(cluster, "install").flag("filename", &manifest.path);
            let install = sets
                .iter()
                .fold(install, |command, set| command.flag("set", set_word(*set)));
            vec![Line::Run(install.switch("skip-confirmation"))]
        }
        Action::Generate {
            manifest,
            namespace,
            deployment,
        } => vec![
            Line::Pipe(vec![
                Command::istioctl_generate(&manifest.path),
                apply(cluster).flag("filename", "-"),
            ]),
            rollout(cluster, namespace, deployment),
        ],
        Action::Release {
            name,
            namespace,
            manifest,
            skip_schema,
        } => {
            let helm = Command::helm(cluster, &["upgrade", "--install", name, "gateway"])
                .flag("repo", Word::variable("ISTIO_CHARTS"))
                .flag("version", plan.release.to_string())
                .flag("namespace", namespace)
                .flag("values", &manifest.path);
            let helm = if *skip_schema {
                helm.switch("skip-schema-validation")
            } else {
                helm
            };
            vec![Line::Run(helm), rollout(cluster, namespace, name)]
        }
        Action::Apply {
            manifest,
            namespace,
            deployments,
        } => {
            let command = match namespace {
                Some(namespace) => apply(cluster).flag("namespace", namespace),
                None => apply(cluster),
            };
            let mut lines = vec![Line::Run(command.flag("filename", &manifest.path))];
            let namespace = namespace.as_deref().unwrap_or_default();
            lines.extend(
                deployments
                    .iter()
                    .map(|deployment| rollout(cluster, namespace, deployment)),
            );
            lines
        }
        Action::Address {
            namespace,
            service,
            expect,
        } => address(cluster, namespace, service, expect),
        Action::TlsSecret {
            namespace,
            name,
            host,
        } => {
            vec![Line::Run(
                Command::helper_on(Helper::RequireTlsSecret, cluster)
                    .arg(*namespace)
                    .arg(name)
                    .arg(host),
            )]
        }
        Action::GatewayApi { docs } => {
            vec![Line::Run(
                Command::helper_on(Helper::RequireGatewayApi, cluster).arg(docs),
            )]
        }
        Action::ConfigSecret {
            from,
            namespace,
            service_account,
        } => {
            let create =
                create_secret(from, "config", namespace).flag("service-account", service_account);
            // With its label istiod would take this one cluster for two: itself, and one called "config" (0.42).
            let unlabel = Command::kubectl_local("label")
                .switch("local")
                .flag("filename", "-")
                .arg(format!("{}-", name::REMOTE_SECRET_LABEL))
                .flag("output", "yaml");
            vec![Line::Pipe(vec![
                create,
                unlabel,
                apply(cluster).flag("filename", "-"),
            ])]
        }
        Action::RemoteSecret {
            from, namespace, ..
        } => {
            let create = create_secret(from, "remote", namespace).flag("name", from.name.as_str());
            vec![Line::Pipe(vec![
                create,
                apply(cluster).flag("filename", "-"),
            ])]
        }
        Action::MeshCa {
            from,
            namespace,
            to_namespace,
            secret,
        } => vec![Line::Run(
            Command::helper_on(Helper::CopyCa, from)
                .arg(namespace)
                .arg(name::ROOT_CERT)
                .arg(context(cluster))
                .arg(*to_namespace)
                .arg(secret),
        )],
        Action::Injection {
            namespace,
            label: (key, value),
        } => vec![Line::Run(
            Command::helper_on(Helper::AwaitInjection, cluster)
                .arg(namespace)
                .arg(format!("{key}={value}")),
        )],
    }
}

fn set_word(set: Set) -> Word {
    let (path, variable) = match set {
        Set::Address(path) => (path, ADDRESS),
        Set::AddressPort(path) => (path, ADDRESS_PORT),
    };
    Word::text(format!("{path}=")).then(Word::variable(variable))
}

fn rollout(cluster: &Cluster, namespace: &str, deployment: &str) -> Line {
    Line::Run(
        Command::kubectl(
            cluster,
            &["rollout", "status", &format!("deployment/{deployment}")],
        )
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

fn address(
    cluster: &Cluster,
    namespace: &str,
    service: &'static str,
    expect: &Expect,
) -> Vec<Line> {
    let call = |helper| {
        Command::helper_on(helper, cluster)
            .arg(namespace)
            .arg(service)
    };
    match expect {
        Expect::Any => vec![Line::Run(call(Helper::AwaitLoadBalancer))],
        Expect::PointedAtBy(host) => vec![Line::Run(call(Helper::PointName).arg(host.as_str()))],
        Expect::Exactly(ip) => vec![Line::Run(
            call(Helper::ExpectAddress).arg(ip.ip().to_string()),
        )],
        Expect::Discover => vec![
            Line::Capture(ADDRESS, call(Helper::DiscoverAddress)),
            Line::Capture(
                ADDRESS_PORT,
                Command::helper_call(Helper::AddressPort)
                    .arg(Word::variable(ADDRESS))
                    .arg(XDS_PORT.to_string()),
            ),
            Line::Run(Command::print(
                Word::text("istiod has the address ").then(Word::variable(ADDRESS)),
            )),
        ],
    }
}
