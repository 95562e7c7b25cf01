//! istiod on a cluster of its own mesh.

use super::action::Beside;
use super::builder::Builder;
use super::check::Check;
use super::install::{Part, install};
use super::remote::Home;
use crate::istio::installation::Installation;
use crate::istio::operator::{MeshConfig, Profile};
use crate::istio::values::{Global, MultiCluster, Pilot, Values};
use crate::k8s::map;
use crate::name;
use crate::topology::{ControlPlane, GatewayMethod, InstallMethod, Mesh};

/// The system namespace with its network, and istiod; from Istio's default profile, which brings an
/// ingress gateway, where one by istioctl is wanted.
pub(super) fn istiod<'a>(builder: &mut Builder<'a>, mesh: &Mesh, plane: &'a ControlPlane) {
    let cluster = &plane.cluster;
    let namespace = plane.namespace.as_str();
    let home = Home {
        name: namespace,
        of: "istiod",
        network: Some(&plane.config.network),
        publishes: true,
        ..Home::default()
    };
    super::remote::namespace(builder, cluster, &home);
    super::operate::cni(builder, cluster);
    super::trust::ca(builder, mesh, plane);
    let why = format!("istiod for mesh {}, on a cluster of that mesh.", mesh.id);
    let part = Part {
        title: "Install the control plane",
        why,
        file: cluster.name.as_str(),
        name: "primary",
        values: name::ISTIOD_VALUES,
        namespace,
        installation: installation(builder, mesh, plane),
        sets: Vec::new(),
        kinds: false,
        beside: Some(Beside { tag: name::default_tag(namespace), validator: vec![namespace.to_owned()] }),
        deployment: Some(name::istiod(plane.revision.as_ref())),
    };
    install(builder, cluster, part);
    let rollout =
        |deployment: String| Check::Rollout { cluster: cluster.clone(), namespace: namespace.to_owned(), deployment };
    builder.check(rollout(name::istiod(plane.revision.as_ref())));
    if brings_ingress(builder, plane) {
        builder.check(rollout(name::INGRESS_GATEWAY.to_owned()));
    }
}

/// Whether the control plane's own file brings its cluster's ingress gateway.
pub(super) fn brings_ingress(builder: &Builder<'_>, plane: &ControlPlane) -> bool {
    let whole = builder.install_method() == InstallMethod::Istioctl;
    whole && plane.is_primary() && plane.config.gateways.ingress == Some(GatewayMethod::Istioctl)
}

fn installation(builder: &Builder<'_>, mesh: &Mesh, plane: &ControlPlane) -> Installation {
    let (serves, by_value) = (!plane.remotes.is_empty(), builder.facts().external_istiod_value);
    let mesh_config = mesh.trust_domain.as_ref().map(|domain| MeshConfig {
        root_namespace: None,
        trust_domain: Some(domain.to_string()),
        default_config: None,
    });
    Installation {
        revision: plane.revision.as_ref().map(ToString::to_string),
        profile: if brings_ingress(builder, plane) { None } else { Some(Profile::Minimal) },
        mesh_config,
        values: Values {
            global: Some(Global {
                external_istiod: (serves && by_value).then_some(true),
                istio_namespace: Some(plane.namespace.to_string()),
                mesh_id: Some(mesh.id.to_string()),
                multi_cluster: Some(MultiCluster { cluster_name: plane.cluster.name.to_string() }),
                network: Some(plane.config.network.to_string()),
                ..Global::default()
            }),
            pilot: (serves && !by_value).then(|| Pilot { config_map: None, env: map(&[("EXTERNAL_ISTIOD", "true")]) }),
            ..Values::default()
        },
        ..Installation::default()
    }
}
