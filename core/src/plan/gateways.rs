//! Gateways of the mesh: ingress, egress and east-west.

use super::action::{Action, Chart, Expect};
use super::builder::Builder;
use super::check::Check;
use super::manifest::{Document, Manifest, object};
use super::primary::brings_ingress;
use super::{CROSS_NETWORK_PORT, STATUS_PORT, WEBHOOK_PORT, XDS_PORT};
use crate::istio::gateway_values::{GatewayValues, Service};
use crate::istio::operator::{
    Components, Env, GatewayComponent, GatewayResources, GatewayService, IstioOperator, Port, Profile,
};
use crate::istio::values::{Global, Values, gateway_template};
use crate::k8s::{Metadata, map};
use crate::name;
use crate::topology::{Cluster, ControlPlane, GatewayMethod, Member};

/// The gateways of a control plane's clusters.
#[derive(Clone, Copy)]
pub(super) struct GatewaysOf<'a> {
    pub(super) plane: &'a ControlPlane,
    /// Number of the first of its clusters in the mesh, as the guides' file names count.
    pub(super) first: usize,
    /// Whether the mesh has several networks.
    pub(super) networks: bool,
}

impl<'a> GatewaysOf<'a> {
    /// The east-west gateway through which remote clusters reach a primary, ahead of the others.
    pub(super) fn to_istiod(self, builder: &mut Builder<'a>) {
        let member = &self.plane.config;
        if let Some(method) = member.gateways.east_west {
            east_west(builder, self.plane, member, self.first, method);
        }
    }

    /// All gateways that are not there by now.
    pub(super) fn install(self, builder: &mut Builder<'a>) {
        let plane = self.plane;
        let mut exposing = self.networks;
        for (index, member) in plane.members().enumerate() {
            let home = index == 0;
            if let Some(method) = member.gateways.ingress.filter(|_| !(home && brings_ingress(builder, plane))) {
                edge(builder, plane, member, Edge::Ingress, method);
            }
            if let Some(method) = member.gateways.egress {
                edge(builder, plane, member, Edge::Egress, method);
            }
            if let Some(method) = member.gateways.east_west.filter(|_| !(home && plane.serves_remotes())) {
                east_west(builder, plane, member, self.first + index, method);
                exposing = true;
            }
        }
        if exposing && plane.members().any(|member| member.gateways.east_west.is_some()) {
            super::expose::services(builder, plane);
        }
    }
}

#[derive(Clone, Copy)]
enum Edge {
    Ingress,
    Egress,
}

fn edge<'a>(builder: &mut Builder<'a>, plane: &'a ControlPlane, member: &'a Member, edge: Edge, method: GatewayMethod) {
    let (name, install, title, why) = match edge {
        Edge::Ingress => (
            name::INGRESS_GATEWAY,
            "ingress-install",
            "Install the ingress gateway",
            "Takes requests from outside of the mesh.",
        ),
        Edge::Egress => (
            name::EGRESS_GATEWAY,
            "egress-install",
            "Install the egress gateway",
            "Lets requests out of the mesh at one place.",
        ),
    };
    let cluster = &member.cluster;
    let action = match method {
        GatewayMethod::Istioctl => {
            let component = GatewayComponent {
                namespace: Some(plane.namespace.to_string()),
                name,
                enabled: true,
                ..GatewayComponent::default()
            };
            let components = match edge {
                Edge::Ingress => Components { ingress_gateways: vec![component], ..Components::default() },
                Edge::Egress => Components { egress_gateways: vec![component], ..Components::default() },
            };
            let operator = IstioOperator {
                revision: plane.revision.as_ref().map(ToString::to_string),
                profile: Some(Profile::Empty),
                components: Some(components),
                values: Some(Values {
                    gateways: gateway_template(name),
                    global: Some(Global { istio_namespace: Some(plane.namespace.to_string()), ..Global::default() }),
                    ..Values::default()
                }),
                ..IstioOperator::default()
            };
            let manifest = builder.manifest(cluster, name, vec![object(why, Metadata::name(install), operator)]);
            generate(plane, manifest, name)
        }
        GatewayMethod::Helm => {
            let service = match edge {
                Edge::Ingress => None,
                Edge::Egress => Some(Service { kind: Some("ClusterIP"), ports: Vec::new() }),
            };
            let values = GatewayValues {
                revision: plane.revision.as_ref().map(ToString::to_string),
                service,
                ..GatewayValues::default()
            };
            release(builder, &member.cluster, plane.namespace.as_str(), name, why, values)
        }
    };
    builder.step(cluster, title, why, action);
    builder.check(rollout(plane, member, name));
}

/// From the other networks of the mesh into this one (0.26 to 0.28). `number` counts the mesh's
/// clusters from 1, as the guide's file names do.
fn east_west<'a>(
    builder: &mut Builder<'a>,
    plane: &'a ControlPlane,
    member: &'a Member,
    number: usize,
    method: GatewayMethod,
) {
    let name = name::EAST_WEST_GATEWAY;
    let cluster = &member.cluster;
    let network = member.network.as_str();
    let why = format!("Takes requests from other networks to workloads on {network}.");
    let action = match method {
        GatewayMethod::Istioctl => {
            let document = object(why.clone(), Metadata::name("eastwest"), east_west_operator(plane, network));
            let manifest = builder.manifest(cluster, &format!("eastwest-gateway-{number}"), vec![document]);
            generate(plane, manifest, name)
        }
        GatewayMethod::Helm => {
            let values = GatewayValues {
                name: Some(name),
                revision: plane.revision.as_ref().map(ToString::to_string),
                network_gateway: Some(network.to_owned()),
                service: None,
            };
            release(builder, &member.cluster, plane.namespace.as_str(), name, &why, values)
        }
    };
    builder.step(cluster, "Install the east-west gateway", why, action);
    let leads_to_istiod = plane.serves_remotes() && plane.config.cluster == *cluster;
    if !leads_to_istiod {
        builder.step(
            cluster,
            "Wait for the east-west gateway's address",
            "istiod sends it to the other networks' proxies; without it they send requests nowhere.",
            Action::Address { namespace: plane.namespace.to_string(), service: name, expect: Expect::Any },
        );
    }
    builder.check(rollout(plane, member, name));
    builder.check(Check::Address { cluster: cluster.clone(), namespace: plane.namespace.to_string(), service: name });
}

fn east_west_operator(plane: &ControlPlane, network: &str) -> IstioOperator {
    let component = GatewayComponent {
        name: name::EAST_WEST_GATEWAY,
        label: map(&[
            ("istio", name::EAST_WEST_SELECTOR),
            ("app", name::EAST_WEST_GATEWAY),
            (name::NETWORK_LABEL, network),
        ]),
        enabled: true,
        k8s: Some(GatewayResources {
            env: vec![Env { name: "ISTIO_META_REQUESTED_NETWORK_VIEW", value: network.to_owned() }],
            service: GatewayService {
                ports: vec![
                    Port::same(STATUS_PORT, "status-port"),
                    Port::same(CROSS_NETWORK_PORT, "tls"),
                    Port::same(XDS_PORT, "tls-istiod"),
                    Port::same(WEBHOOK_PORT, "tls-webhook"),
                ],
            },
        }),
        ..GatewayComponent::default()
    };
    IstioOperator {
        revision: Some(plane.revision.as_ref().map_or_else(String::new, ToString::to_string)),
        profile: Some(Profile::Empty),
        components: Some(Components { ingress_gateways: vec![component], ..Components::default() }),
        values: Some(Values {
            // Values of all ingress gateways stand under this one's name, whatever theirs is.
            gateways: gateway_template(name::INGRESS_GATEWAY),
            global: Some(Global {
                istio_namespace: Some(plane.namespace.to_string()),
                network: Some(network.to_owned()),
                ..Global::default()
            }),
            ..Values::default()
        }),
        ..IstioOperator::default()
    }
}

/// Generated and applied, not `istioctl install`ed: that would look after webhooks too, which a
/// gateway's file knows nothing of, and which a remote cluster does not have.
fn generate(plane: &ControlPlane, manifest: Manifest, deployment: &'static str) -> Action {
    Action::Generate { manifest, namespace: plane.namespace.to_string(), deployment }
}

/// A release of chart `gateway`, which is called as its Deployment is.
pub(super) fn release<'a>(
    builder: &mut Builder<'a>,
    cluster: &'a Cluster,
    namespace: &str,
    name: &'static str,
    why: &str,
    values: GatewayValues,
) -> Action {
    let manifest = builder.manifest(cluster, &format!("{name}-values"), vec![Document::new(why, values)]);
    Action::Release {
        name,
        chart: Chart::Gateway,
        namespace: namespace.to_owned(),
        manifest,
        sets: Vec::new(),
        skip_schema: builder.facts().gateway_chart_schema_is_broken,
        deployment: Some(name.to_owned()),
    }
}

fn rollout(plane: &ControlPlane, member: &Member, deployment: &str) -> Check {
    Check::Rollout {
        cluster: member.cluster.clone(),
        namespace: plane.namespace.to_string(),
        deployment: deployment.to_owned(),
    }
}
