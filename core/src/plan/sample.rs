//! The sample application of the guides, by which verify.sh proves that the mesh works.

mod route;

use super::action::Action;
use super::builder::Builder;
use super::check::Check;
use super::manifest::{Document, Documents, object};
use crate::k8s::deployment::{
    Container, ContainerPort, Deployment, PodSpec, Resources, Selector, Template, TemplateMetadata,
};
use crate::k8s::namespace::Namespace;
use crate::k8s::service::{Port, Service};
use crate::k8s::service_account::ServiceAccount;
use crate::k8s::{Map, Metadata, map};
use crate::name;
use crate::topology::{ControlPlane, Member, Mesh, Sample};
use crate::version::Facts;
use std::rc::Rc;

const HELLOWORLD: &str = "helloworld";
const HELLOWORLD_PORT: u16 = 5000;
/// Versions of helloworld, by turns over the clusters of a mesh with one network. Of several networks the
/// config cluster's has the first version and all others have the second: proxies keep their connections
/// through a gateway, and those may all lead to the same one of the clusters behind it.
const V1: &str = "v1";
const V2: &str = "v2";

/// The sample on every cluster of the mesh, with a route on the config cluster.
pub(super) fn sample<'a>(builder: &mut Builder<'a>, mesh: &'a Mesh) {
    let Some(sample) = builder.sample() else {
        return;
    };
    let parts = Parts::new(builder.facts());
    let [first, second] = &parts.helloworld;
    let home = mesh.members().next().map(|member| &member.network);
    let several = mesh.has_several_networks();
    let mut speakers: Vec<(&'static str, &Member)> = Vec::new();
    let mut turns = (0..).map(|turn| turn % 2 == 1);
    for plane in &mesh.control_planes {
        let namespace = self::home(plane, sample);
        for (member, odd) in plane.members().zip(&mut turns) {
            let is_second = if several { Some(&member.network) != home } else { odd };
            let part = if is_second { (V2, second) } else { (V1, first) };
            speakers.push((part.0, member));
            application(builder, member, sample, &namespace, &parts, part);
        }
    }
    // Every cluster has to hear all versions, each from where it is nearest.
    for member in mesh.members() {
        for version in [V1, V2] {
            let distance = |(_, from): &&(_, &Member)| (from.cluster != member.cluster, from.network != member.network);
            let Some((_, from)) = speakers.iter().filter(|(of, _)| *of == version).min_by_key(distance) else {
                continue;
            };
            builder.check(Check::SampleAnswers {
                cluster: member.cluster.clone(),
                namespace: sample.namespace.to_string(),
                client: parts.client.0,
                version,
                from: from.cluster.clone(),
                across: from.network != member.network,
            });
        }
    }
    mesh.control_planes.iter().for_each(|plane| route::route(builder, plane, sample));
}

/// What is the same on every cluster, or on every other one.
struct Parts {
    helloworld: [Documents; 2],
    /// What sends requests, and what it is called.
    client: (&'static str, Documents),
}

const HOME: &str = "Home of the sample. Pods in it are injected, and so join the mesh.";

impl Parts {
    fn new(facts: &Facts) -> Self {
        let helloworld = [V1, V2].map(|version| helloworld(facts.sample_hub, version).into());
        Parts { helloworld, client: (facts.client, client(facts.client).into()) }
    }
}

/// The sample's namespace, whose pods a control plane injects.
fn home(plane: &ControlPlane, sample: &Sample) -> Documents {
    let (key, value) = name::injection_label(plane.revision.as_ref());
    let metadata = Metadata::labelled(sample.namespace.to_string(), map(&[(key, value.as_str())]));
    vec![object(HOME, metadata, Namespace {})].into()
}

fn application<'a>(
    builder: &mut Builder<'a>,
    member: &'a Member,
    sample: &Sample,
    home: &Documents,
    parts: &Parts,
    (version, helloworld): (&'static str, &Documents),
) {
    let cluster = &member.cluster;
    let namespace = sample.namespace.to_string();
    let manifest = builder.manifest(cluster, &format!("namespace-{namespace}"), Rc::clone(home));
    builder.step(
        cluster,
        format!("Make namespace {namespace}"),
        HOME,
        Action::Namespace { name: namespace.clone(), manifest, publishes: false },
    );
    let (client, of_client) = &parts.client;
    for (name, documents, deployment) in
        [(HELLOWORLD, helloworld, format!("{HELLOWORLD}-{version}")), (client, of_client, (*client).to_owned())]
    {
        let manifest = builder.manifest(cluster, name, Rc::clone(documents));
        let action =
            Action::Apply { manifest, namespace: Some(namespace.clone()), deployments: vec![deployment.clone()] };
        builder.step(
            cluster,
            format!("Deploy {deployment}"),
            "A part of the sample by which verify.sh looks at the mesh.",
            action,
        );
    }
}

fn labels(app: &str) -> Map {
    map(&[("app", app)])
}

fn service(name: &str, port: u16) -> Document {
    let metadata = Metadata::labelled(name, map(&[("app", name), ("service", name)]));
    let service = Service { ports: vec![Port { port, name: "http" }], selector: labels(name) };
    object("The same service on every cluster: the mesh joins them.", metadata, service)
}

fn helloworld(hub: &str, version: &'static str) -> Vec<Document> {
    let labels = map(&[("app", HELLOWORLD), ("version", version)]);
    let container = Container {
        name: HELLOWORLD,
        image: format!("{hub}/examples-helloworld-{version}:1.0"),
        command: Vec::new(),
        resources: Some(Resources { requests: map(&[("cpu", "100m")]) }),
        image_pull_policy: "IfNotPresent",
        ports: vec![ContainerPort { container_port: HELLOWORLD_PORT }],
    };
    let pod =
        PodSpec { termination_grace_period_seconds: None, service_account_name: None, containers: vec![container] };
    let metadata = Metadata::labelled(format!("{HELLOWORLD}-{version}"), labels.clone());
    let why = format!("Answers with its version, {version}, so that one can tell the answers apart.");
    vec![service(HELLOWORLD, HELLOWORLD_PORT), object(why, metadata, deployment(labels, pod))]
}

fn client(name: &'static str) -> Vec<Document> {
    let container = Container {
        name,
        image: "docker.io/curlimages/curl:8.16.0".to_owned(),
        command: vec!["/bin/sleep", "infinity"],
        resources: None,
        image_pull_policy: "IfNotPresent",
        ports: Vec::new(),
    };
    let pod = PodSpec {
        termination_grace_period_seconds: Some(0),
        service_account_name: Some(name),
        containers: vec![container],
    };
    vec![
        object("Its identity in the mesh.", Metadata::name(name), ServiceAccount {}),
        object("Waits to be told to send requests.", Metadata::name(name), deployment(labels(name), pod)),
    ]
}

fn deployment(labels: Map, spec: PodSpec) -> Deployment {
    Deployment {
        replicas: 1,
        selector: Selector { match_labels: labels.clone() },
        template: Template { metadata: TemplateMetadata { labels }, spec },
    }
}
