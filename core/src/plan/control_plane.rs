//! istiod outside of its mesh.

use super::XDS_PORT;
use super::action::Action;
use super::builder::Builder;
use super::check::Check;
use super::install::{Part, install};
use super::remote::Home;
use super::set::{Form, Set};
use crate::istio::installation::{Installation, Istiod};
use crate::istio::operator::{Env, MeshConfig, Profile, ProxyConfig};
use crate::istio::values::{Global, MultiCluster, Values};
use crate::k8s::{Map, map};
use crate::name;
use crate::topology::{Address, ControlPlane, Mesh};

/// File of the roots that the proxy image trusts.
const OS_ROOTS: &str = "/etc/ssl/certs/ca-certificates.crt";

/// The system namespace, istiod's kubeconfig for the config cluster, and istiod.
pub(super) fn istiod<'a>(builder: &mut Builder<'a>, mesh: &Mesh, plane: &'a ControlPlane) {
    let cluster = &plane.cluster;
    let home = Home { name: plane.namespace.as_str(), of: "istiod", ..Home::default() };
    super::remote::namespace(builder, cluster, &home);
    super::trust::ca(builder, mesh, plane);
    builder.step(
        cluster,
        format!("Give istiod access to {}", plane.config.cluster.name),
        "istiod reads the mesh's configuration there; its account was made there together with the config cluster's part.",
        Action::ConfigSecret {
            from: plane.config.cluster.clone(),
            namespace: plane.namespace.to_string(),
            service_account: name::istiod(plane.revision.as_ref()),
        },
    );
    let why = format!(
        "istiod for mesh {}. It calls itself {}, after its config cluster and not after the cluster that it runs on.",
        mesh.id, plane.config.cluster.name
    );
    let sets = match plane.address {
        Address::Discovered => {
            let ca = if builder.facts().remote_address_ipv6 { Form::QuotedPort } else { Form::Port };
            [("meshConfig.defaultConfig.discoveryAddress", Form::Port), ("global.caAddress", ca)]
                .map(|(path, form)| Set { path, variable: builder.address_variable(plane), form })
                .into()
        }
        Address::Dns { .. } | Address::Ip(_) => Vec::new(),
    };
    let part = Part {
        title: "Install istiod",
        why,
        file: &builder.file_of("external-istiod", mesh, plane),
        name: "external-istiod",
        values: &builder.file_of(name::EXTERNAL_ISTIOD_VALUES, mesh, plane),
        namespace: plane.namespace.as_str(),
        installation: installation(builder, mesh, plane),
        sets,
        kinds: true,
        beside: None,
        deployment: Some(name::istiod(plane.revision.as_ref())),
    };
    install(builder, cluster, part);
    builder.check(Check::Rollout {
        cluster: plane.cluster.clone(),
        namespace: plane.namespace.to_string(),
        deployment: name::istiod(plane.revision.as_ref()),
    });
}

fn installation(builder: &Builder<'_>, mesh: &Mesh, plane: &ControlPlane) -> Installation {
    let address = match &plane.address {
        Address::Dns { host, .. } => Some(format!("{host}:{XDS_PORT}")),
        Address::Ip(ip) => Some(name::address_port(ip.ip(), XDS_PORT)),
        Address::Discovered => None,
    };
    let proxy_metadata = match &plane.address {
        // The gateway's certificate is a public one, so proxies check it by the roots of their image.
        Address::Dns { .. } => map(&[("XDS_ROOT_CA", OS_ROOTS), ("CA_ROOT_CA", OS_ROOTS)]),
        Address::Ip(_) | Address::Discovered => Map::default(),
    };
    let default_config = ProxyConfig { discovery_address: address.clone(), proxy_metadata };
    let cluster = plane.config.cluster.name.to_string();
    Installation {
        revision: plane.revision.as_ref().map(ToString::to_string),
        profile: Some(Profile::Empty),
        mesh_config: Some(MeshConfig {
            root_namespace: Some(plane.namespace.to_string()),
            trust_domain: mesh.trust_domain.as_ref().map(ToString::to_string),
            default_config: default_config.discovery_address.is_some().then_some(default_config),
        }),
        istiod: Some(Istiod {
            env: environment(plane),
            files: files(plane),
            deployment: name::istiod(plane.revision.as_ref()),
        }),
        values: Values {
            global: Some(Global {
                external_istiod: builder.facts().external_istiod_value.then_some(true),
                ca_address: address.as_deref().map(name::ca_address),
                istio_namespace: Some(plane.namespace.to_string()),
                operator_manage_webhooks: Some(true),
                config_validation: Some(false),
                mesh_id: Some(mesh.id.to_string()),
                multi_cluster: Some(MultiCluster { cluster_name: cluster }),
                network: Some(plane.config.network.to_string()),
                ..Global::default()
            }),
            ..Values::default()
        },
    }
}

fn environment(plane: &ControlPlane) -> Vec<Env> {
    let revision = plane.revision.as_ref();
    // By DNS name the webhooks carry no caBundle, and istiod must not patch one in; by IP address it
    // has to. Both names always stand: an absent one has a default (0.14).
    let (injection, validation) = match plane.address {
        Address::Dns { .. } => (String::new(), String::new()),
        Address::Ip(_) | Address::Discovered => {
            (name::injector_webhook(revision, &plane.namespace), name::validator_webhook(revision, &plane.namespace))
        }
    };
    let env = |name, value: String| Env { name, value };
    vec![
        env("INJECTION_WEBHOOK_CONFIG_NAME", injection),
        env("VALIDATION_WEBHOOK_CONFIG_NAME", validation),
        env("EXTERNAL_ISTIOD", "true".to_owned()),
        env("LOCAL_CLUSTER_SECRET_WATCHER", "true".to_owned()),
        env("CLUSTER_ID", plane.config.cluster.name.to_string()),
        env("SHARED_MESH_CONFIG", name::mesh_config(revision)),
    ]
}

/// The chart mounts neither ConfigMap since 1.10; without them istiod reads those of the config
/// cluster (0.15).
fn files(plane: &ControlPlane) -> [(&'static str, String, &'static str); 2] {
    let revision = plane.revision.as_ref();
    [
        ("config-volume", name::mesh_config(revision), "/etc/istio/config"),
        ("inject-volume", name::injector_config(revision), "/var/lib/istio/inject"),
    ]
}
