//! The sample's route: by which gateway requests from outside reach it.

use super::{HELLOWORLD, HELLOWORLD_PORT};
use crate::istio::gateway::{self, Gateway, Server};
use crate::istio::virtual_service::{Match, Route, To, Uri, VirtualService};
use crate::k8s::{Metadata, gateway_api, map};
use crate::name::{self, SAMPLE_GATEWAY as GATEWAY};
use crate::plan::action::Action;
use crate::plan::builder::Builder;
use crate::plan::check::Check;
use crate::plan::manifest::{Document, served};
use crate::topology::{ControlPlane, Sample, SampleRoute};

/// The route on a control plane's config cluster, where there is a gateway for it or it makes one.
pub(super) fn route<'a>(builder: &mut Builder<'a>, plane: &'a ControlPlane, sample: &Sample) {
    let cluster = &plane.config.cluster;
    let documents = match sample.route {
        SampleRoute::Istio if plane.config.gateways.ingress.is_none() => return,
        SampleRoute::Istio => istio_route(builder.facts().networking),
        SampleRoute::GatewayApi => {
            let docs = builder.facts().docs("tasks/traffic-management/ingress/gateway-api/");
            let why = "The sample's route is written in it, and Kubernetes does not bring it by itself.";
            builder.step(cluster, "Look for the Gateway API", why, Action::GatewayApi { docs });
            gateway_api_route(builder.facts().gateway_api)
        }
    };
    let manifest = builder.manifest(cluster, GATEWAY, documents);
    let action = Action::Apply { manifest, namespace: Some(sample.namespace.to_string()), deployments: Vec::new() };
    builder.step(cluster, "Route requests to the sample", "Shows the mesh to the outside.", action);
    let (namespace, service) = match sample.route {
        SampleRoute::Istio => (plane.namespace.to_string(), name::INGRESS_GATEWAY),
        SampleRoute::GatewayApi => {
            let facts = builder.facts();
            let (namespace, made) = (sample.namespace.to_string(), name::made_gateway(facts.gateway_named_by_class));
            let wait = Action::MadeGateway {
                namespace: namespace.clone(),
                name: GATEWAY,
                condition: facts.gateway_condition,
                deployment: made,
            };
            let why = "istiod makes it, and it answers once it runs and has an address.";
            builder.step(cluster, "Wait for the sample's gateway", why, wait);
            (namespace, made)
        }
    };
    builder.check(Check::IngressAnswers { cluster: cluster.clone(), namespace, service });
}

fn istio_route(version: &'static str) -> Vec<Document> {
    let gateway = Gateway {
        selector: map(&[("istio", name::INGRESS_SELECTOR)]),
        servers: vec![Server {
            port: gateway::Port { number: 80, protocol: "HTTP", name: "http" },
            tls: None,
            hosts: vec!["*".to_owned()],
        }],
    };
    let service = VirtualService {
        hosts: vec!["*".to_owned()],
        gateways: vec![GATEWAY.to_owned()],
        http: vec![Route {
            matches: vec![Match { uri: Some(Uri { exact: "/hello" }), ..Match::default() }],
            route: To::only(HELLOWORLD, HELLOWORLD_PORT),
        }],
        tls: Vec::new(),
    };
    vec![
        served(version, "The ingress gateway listens for the sample.", Metadata::name(GATEWAY), gateway),
        served(version, "Requests for /hello go to the sample.", Metadata::name(HELLOWORLD), service),
    ]
}

fn gateway_api_route(version: &'static str) -> Vec<Document> {
    let gateway = gateway_api::Gateway {
        gateway_class_name: "istio",
        listeners: vec![gateway_api::Listener {
            name: "http",
            port: 80,
            protocol: "HTTP",
            allowed_routes: gateway_api::AllowedRoutes { namespaces: gateway_api::RouteNamespaces { from: "Same" } },
        }],
    };
    let route = gateway_api::HttpRoute {
        parent_refs: vec![gateway_api::Name { name: GATEWAY }],
        rules: vec![gateway_api::Rule {
            matches: vec![gateway_api::Match { path: gateway_api::PathMatch { kind: "Exact", value: "/hello" } }],
            backend_refs: vec![gateway_api::Backend { name: HELLOWORLD, port: HELLOWORLD_PORT }],
        }],
    };
    vec![
        served(version, "A gateway of the sample's own, which istiod makes.", Metadata::name(GATEWAY), gateway),
        served(version, "Requests for /hello go to the sample.", Metadata::name(HELLOWORLD), route),
    ]
}
