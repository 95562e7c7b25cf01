//! What a cluster needs so that an istiod elsewhere manages it.

use super::action::{Action, Beside};
use super::builder::Builder;
use super::check::Check;
use super::install::{Part, install};
use super::manifest::object;
use super::set::{Form, Set};
use crate::istio::installation::Installation;
use crate::istio::operator::Profile;
use crate::istio::values::{Base, Global, IstiodRemote, Pilot, Values};
use crate::k8s::Metadata;
use crate::k8s::namespace::Namespace;
use crate::name;
use crate::topology::{Address, Cluster, ControlPlane, Member};
use crate::value::Network;
use crate::version::Facts;
use std::rc::Rc;

/// A namespace of Istio's own.
#[derive(Default)]
pub(super) struct Home<'h> {
    /// Its name.
    pub(super) name: &'h str,
    /// What lives in it.
    pub(super) of: &'h str,
    /// The network of its cluster's pods (0.26).
    pub(super) network: Option<&'h Network>,
    /// The cluster whose istiod is in charge of this one (0.7).
    pub(super) managed_by: Option<&'h Cluster>,
    /// Whether an istiod publishes its CA from there.
    pub(super) publishes: bool,
}

/// A namespace of Istio's own.
pub(super) fn namespace<'a>(builder: &mut Builder<'a>, cluster: &'a Rc<Cluster>, home: &Home<'_>) {
    let Home { name, of, network, managed_by, publishes } = *home;
    let mut metadata = Metadata::name(name);
    if let Some(network) = network {
        metadata.labels.add(name::NETWORK_LABEL.to_owned(), network.to_string());
    }
    if let Some(managing) = managed_by {
        metadata.annotations.add(name::CONTROL_PLANE_CLUSTERS.to_owned(), managing.name.to_string());
    }
    let network_is = network.map_or_else(String::new, |network| format!(" Pods in it are on {network}."));
    let managed = managed_by.map_or_else(String::new, |managing| {
        format!(
            " Its annotation says which istiod is in charge of the cluster, the one that calls itself {}, and has to stand before istiod sees the cluster.",
            managing.name
        )
    });
    let why = format!("Home of {of}.{network_is}{managed}");
    let documents = vec![object(why.clone(), metadata, Namespace {})];
    let manifest = builder.manifest(cluster, &format!("namespace-{name}"), documents);
    let action = Action::Namespace { name: name.to_owned(), manifest, publishes };
    builder.step(cluster, format!("Make namespace {name}"), why, action);
}

/// The config cluster: webhooks, CRDs, and the mesh's configuration.
pub(super) fn config_cluster<'a>(builder: &mut Builder<'a>, plane: &'a ControlPlane) {
    let cluster = &plane.config.cluster;
    let home = Home {
        name: plane.namespace.as_str(),
        of: "the mesh's configuration",
        network: Some(&plane.config.network),
        publishes: true,
        ..Home::default()
    };
    namespace(builder, cluster, &home);
    super::operate::cni(builder, cluster);
    let why = "Sends injection and validation to istiod on its own cluster, and holds the mesh's configuration.";
    let part = Part {
        title: "Install the config cluster's part",
        why: why.to_owned(),
        file: "remote-config-cluster",
        name: "remote-config-cluster",
        values: name::ISTIOD_VALUES,
        namespace: plane.namespace.as_str(),
        installation: installation(builder.facts(), plane, &plane.config, true),
        sets: sets(builder, plane),
        kinds: false,
        beside: Some(beside(plane)),
        deployment: None,
    };
    install(builder, cluster, part);
}

/// A further remote cluster, from its namespace to its first injected pod. `number` counts the
/// mesh's clusters from 1, as the guide's file names do.
pub(super) fn further<'a>(builder: &mut Builder<'a>, plane: &'a ControlPlane, member: &'a Member, number: usize) {
    let cluster = &member.cluster;
    let home = Home {
        name: plane.namespace.as_str(),
        of: "this cluster's gateways and of what leads to istiod",
        network: Some(&member.network),
        managed_by: Some(&plane.config.cluster),
        publishes: true,
    };
    namespace(builder, cluster, &home);
    super::operate::cni(builder, cluster);
    let why = format!("Sends injection to istiod on {}.", plane.cluster.name);
    // The guides call a file of the primary-remote models after its cluster.
    let (file, name) = match number {
        _ if plane.is_primary() => (cluster.name.to_string(), "remote-cluster".to_owned()),
        2 => ("second-remote-cluster".to_owned(), "second-remote-cluster".to_owned()),
        number => (format!("remote-cluster-{number}"), format!("remote-cluster-{number}")),
    };
    let part = Part {
        title: "Install the remote cluster's part",
        why,
        file: &file,
        name: &name,
        values: name::ISTIOD_VALUES,
        namespace: plane.namespace.as_str(),
        installation: installation(builder.facts(), plane, member, false),
        sets: sets(builder, plane),
        kinds: false,
        beside: Some(beside(plane)),
        deployment: None,
    };
    install(builder, cluster, part);
    access(
        builder,
        plane,
        cluster,
        "istiod reads the cluster's services and pods, and signs certificates for them, by this secret.",
    );
    injection(builder, plane, member);
}

/// Has a control plane read a cluster of its mesh.
pub(super) fn access<'a>(builder: &mut Builder<'a>, plane: &'a ControlPlane, cluster: &Rc<Cluster>, why: &str) {
    super::operate::reader(builder, plane, cluster);
    builder.step(
        &plane.cluster,
        format!("Give istiod access to {}", cluster.name),
        why,
        Action::RemoteSecret {
            from: Rc::clone(cluster),
            namespace: plane.namespace.to_string(),
            name: name::remote_secret(&cluster.name),
        },
    );
}

/// Whether a control plane has read a cluster.
pub(super) fn synced(builder: &mut Builder<'_>, plane: &ControlPlane, cluster: &Rc<Cluster>) {
    builder.check(Check::Synced {
        cluster: Rc::clone(&plane.cluster),
        namespace: plane.namespace.to_string(),
        revision: plane.revision.as_ref().map(ToString::to_string),
        member: Rc::clone(cluster),
    });
}

/// Waits for the way there and back: the API server's webhook through the gateway to istiod.
pub(super) fn injection<'a>(builder: &mut Builder<'a>, plane: &'a ControlPlane, member: &'a Member) {
    let cluster = &member.cluster;
    let label = name::pod_injection_label(plane.revision.as_ref());
    let namespace = plane.namespace.to_string();
    builder.step(
        cluster,
        "Wait until pods are injected",
        "Gateways and workloads that start earlier would never get their proxy.",
        Action::Injection { namespace: namespace.clone(), label: label.clone() },
    );
    synced(builder, plane, cluster);
    builder.check(Check::RootCert { cluster: Rc::clone(cluster), namespace: namespace.clone() });
    builder.check(Check::Injected {
        cluster: Rc::clone(cluster),
        namespace,
        label,
        network: member.network.to_string(),
    });
}

fn installation(facts: &Facts, plane: &ControlPlane, member: &Member, config: bool) -> Installation {
    let profile = if facts.remote_profile_is_external { Profile::External } else { Profile::Remote };
    let path = name::injection_path(&member.cluster.name, &member.network);
    let (istiod_remote, base) = match &plane.address {
        Address::Dns { host, .. } => (
            IstiodRemote { injection_url: Some(name::webhook_url(host.as_str(), &path)), injection_path: None },
            config.then(|| Base { validation_url: name::webhook_url(host.as_str(), "/validate") }),
        ),
        Address::Ip(_) | Address::Discovered => {
            (IstiodRemote { injection_url: None, injection_path: Some(path) }, None)
        }
    };
    let remote_pilot_address = match &plane.address {
        Address::Ip(ip) => Some(ip.ip().to_string()),
        Address::Dns { .. } | Address::Discovered => None,
    };
    Installation {
        revision: plane.revision.as_ref().map(ToString::to_string),
        profile: Some(profile),
        values: Values {
            default_revision: config.then(|| plane.revision.as_ref().map_or("default", |r| r.as_str()).to_owned()),
            global: Some(Global {
                istio_namespace: Some(plane.namespace.to_string()),
                remote_pilot_address,
                config_cluster: config.then_some(true),
                ..Global::default()
            }),
            pilot: config.then_some(Pilot { config_map: Some(true), ..Pilot::default() }),
            istiod_remote: Some(istiod_remote),
            base,
            ..Values::default()
        },
        ..Installation::default()
    }
}

fn sets(builder: &Builder<'_>, plane: &ControlPlane) -> Vec<Set> {
    match plane.address {
        Address::Discovered => {
            let variable = builder.address_variable(plane);
            vec![Set { path: "global.remotePilotAddress", variable, form: Form::Address }]
        }
        Address::Dns { .. } | Address::Ip(_) => Vec::new(),
    }
}

/// istioctl makes these on every remote cluster, whatever the file says of `defaultRevision`.
fn beside(plane: &ControlPlane) -> Beside {
    let mut validator = vec![plane.namespace.to_string()];
    if let Address::Dns { host, .. } = &plane.address {
        validator.push(host.to_string());
    }
    Beside { tag: name::default_tag(plane.namespace.as_str()), validator }
}
