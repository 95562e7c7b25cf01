//! What east-west gateways let through: requests to the mesh's services and, on a primary, to istiod.

use super::action::{Action, Expect};
use super::builder::Builder;
use super::manifest::{Document, served};
use super::{CROSS_NETWORK_PORT, WEBHOOK_PORT, WEBHOOK_SERVICE_PORT, XDS_PORT};
use crate::istio::gateway::{self, Gateway, Server, Tls, TlsMode};
use crate::istio::virtual_service::{Match, Route, To, VirtualService};
use crate::k8s::{Metadata, map};
use crate::name;
use crate::topology::{Address, ControlPlane};

/// Once for the mesh, on the config cluster: istiod sends it to every east-west gateway (0.27).
pub(super) fn services<'a>(builder: &mut Builder<'a>, plane: &'a ControlPlane) {
    let gateway = Gateway {
        selector: map(&[("istio", name::EAST_WEST_SELECTOR)]),
        servers: vec![Server {
            port: gateway::Port { number: CROSS_NETWORK_PORT, protocol: "TLS", name: "tls" },
            tls: Some(Tls { mode: TlsMode::AutoPassthrough, credential_name: None }),
            hosts: vec!["*.local".to_owned()],
        }],
    };
    let why = "Lets the east-west gateways pass on requests to every service of the mesh; mTLS stays unbroken.";
    let document: Document = served(builder.facts().networking, why, Metadata::name("cross-network-gateway"), gateway);
    let cluster = &plane.config.cluster;
    let manifest = builder.manifest(cluster, "expose-services", vec![document]);
    let namespace = Some(plane.namespace.to_string());
    let action = Action::Apply { manifest, namespace, deployments: Vec::new() };
    builder.step(cluster, "Expose the mesh's services to its other networks", why, action);
}

/// The way from remote clusters through the east-west gateway to istiod: the guides' expose-istiod.
pub(super) fn istiod<'a>(builder: &mut Builder<'a>, plane: &'a ControlPlane) {
    let cluster = &plane.cluster;
    let expect = match &plane.address {
        Address::Ip(ip) => Expect::Exactly(*ip),
        Address::Dns { .. } | Address::Discovered => {
            Expect::Discover { variable: builder.address_variable(plane), port: false }
        }
    };
    builder.step(
        cluster,
        "Wait for the east-west gateway's address",
        "The remote clusters reach istiod by this address, and other networks the workloads here.",
        Action::Address { namespace: plane.namespace.to_string(), service: name::EAST_WEST_GATEWAY, expect },
    );
    let manifest = builder.manifest(cluster, "expose-istiod", routes(builder.facts().networking, plane));
    let namespace = Some(plane.namespace.to_string());
    builder.step(
        cluster,
        "Expose istiod to its remote clusters",
        "From here on remote clusters reach istiod.",
        Action::Apply { manifest, namespace, deployments: Vec::new() },
    );
}

fn routes(networking: &'static str, plane: &ControlPlane) -> Vec<Document> {
    let server = |number, name| Server {
        port: gateway::Port { number, protocol: "tls", name },
        tls: Some(Tls { mode: TlsMode::Passthrough, credential_name: None }),
        hosts: vec!["*".to_owned()],
    };
    let gateway = Gateway {
        selector: map(&[("istio", name::EAST_WEST_SELECTOR)]),
        servers: vec![server(XDS_PORT, "tls-istiod"), server(WEBHOOK_PORT, "tls-istiodwebhook")],
    };
    let revision = plane.revision.as_ref();
    let istiod = name::istiod_host(revision, &plane.namespace);
    // The guides' file asks for any name without a revision, and for istiod's own with one.
    let names = if revision.is_some() {
        vec![name::istiod_san(revision, &plane.namespace), istiod.clone()]
    } else {
        vec!["*".to_owned()]
    };
    let route = |port, to| Route {
        matches: vec![Match { port: Some(port), sni_hosts: names.clone(), uri: None }],
        route: To::only(&istiod, to),
    };
    let service = VirtualService {
        hosts: vec!["*".to_owned()],
        gateways: vec![name::ISTIOD_GATEWAY.to_owned()],
        http: Vec::new(),
        tls: vec![route(XDS_PORT, XDS_PORT), route(WEBHOOK_PORT, WEBHOOK_SERVICE_PORT)],
    };
    vec![
        served(
            networking,
            "The gateway passes TLS through: istiod itself shows its certificate.",
            Metadata::name(name::ISTIOD_GATEWAY),
            gateway,
        ),
        served(
            networking,
            "Configuration and certificates go to istiod's port 15012, webhooks to port 443 of its Service.",
            Metadata::name(name::expose_istiod(revision)),
            service,
        ),
    ]
}
