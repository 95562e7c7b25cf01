//! The way to istiod: the gateway on its cluster, its address, its certificate, and its routes.

use super::action::{Action, Beside, Expect};
use super::builder::Builder;
use super::check::Check;
use super::gateways::release;
use super::install::Part;
use super::manifest::{Document, object, served};
use super::remote::Home;
use super::{STATUS_PORT, WEBHOOK_PORT, WEBHOOK_SERVICE_PORT, XDS_PORT};
use crate::istio::destination_rule::{
    self as rule, ClientTls, ConnectionPool, DestinationRule, HttpSettings, PortSettings,
};
use crate::istio::gateway::{self, Gateway, Server, Tls, TlsMode};
use crate::istio::gateway_values::{GatewayValues, Service};
use crate::istio::installation::Installation;
use crate::istio::operator::{Components, GatewayComponent, GatewayResources, GatewayService, IstioOperator, Port};
use crate::istio::values::{Global, Values};
use crate::istio::virtual_service::{Match, Route, To, VirtualService};
use crate::k8s::{Metadata, map};
use crate::name;
use crate::topology::{Address, Cluster, ControlPlane, GatewayTrust, InstallMethod, Mesh};
use std::rc::Rc;

/// The gateway that exposes istiod, its address and, by DNS name, its certificate.
pub(super) fn gateway<'a>(builder: &mut Builder<'a>, plane: &'a ControlPlane) {
    let cluster = &plane.cluster;
    if builder.exposes_first(cluster) {
        install(builder, plane);
    }
    let expect = match &plane.address {
        Address::Dns { host, .. } => Expect::PointedAtBy(host.clone()),
        Address::Ip(ip) => Expect::Exactly(*ip),
        Address::Discovered => Expect::Discover { variable: builder.address_variable(plane), port: true },
    };
    builder.step(
        cluster,
        "Wait for the gateway's address",
        "Everything that follows reaches istiod by this address.",
        Action::Address { namespace: name::GATEWAY_NAMESPACE.to_owned(), service: name::INGRESS_GATEWAY, expect },
    );
    if let Address::Dns { host, tls_secret, .. } = &plane.address {
        builder.step(
            cluster,
            "Look for the TLS secret",
            format!("The gateway shows its certificate to everyone who asks for {host}; you make it, since only you can prove that the name is yours."),
            Action::TlsSecret { namespace: name::GATEWAY_NAMESPACE, name: tls_secret.to_string(), host: host.to_string() },
        );
    }
}

/// Once for a cluster: its control planes share the gateway (0.36).
fn install<'a>(builder: &mut Builder<'a>, plane: &'a ControlPlane) {
    let cluster = &plane.cluster;
    let home = Home {
        name: name::GATEWAY_NAMESPACE,
        of: "the gateway that exposes istiod",
        publishes: true,
        ..Home::default()
    };
    super::remote::namespace(builder, cluster, &home);
    match builder.install_method() {
        InstallMethod::Istioctl => by_istioctl(builder, cluster),
        InstallMethod::Helm | InstallMethod::Sail => by_charts(builder, cluster),
    }
    builder.check(Check::Address {
        cluster: plane.cluster.clone(),
        namespace: name::GATEWAY_NAMESPACE.to_owned(),
        service: name::INGRESS_GATEWAY,
    });
}

const WHY: &str = "The gateway through which the remote clusters reach istiod, and an istiod of its own to drive it.";

fn ports() -> Vec<Port> {
    vec![
        Port::same(STATUS_PORT, "status-port"),
        Port::same(XDS_PORT, "tls-xds"),
        Port::same(WEBHOOK_PORT, "tls-webhook"),
    ]
}

fn by_istioctl<'a>(builder: &mut Builder<'a>, cluster: &'a Rc<Cluster>) {
    let gateway = GatewayComponent {
        name: name::INGRESS_GATEWAY,
        enabled: true,
        k8s: Some(GatewayResources { env: Vec::new(), service: GatewayService { ports: ports() } }),
        ..GatewayComponent::default()
    };
    let operator = IstioOperator {
        components: Some(Components { ingress_gateways: vec![gateway], ..Components::default() }),
        ..IstioOperator::default()
    };
    let metadata = Metadata::namespaced("controlplane-gateway", name::GATEWAY_NAMESPACE);
    let manifest = builder.manifest(cluster, "controlplane-gateway", vec![object(WHY, metadata, operator)]);
    let beside =
        Beside { tag: name::default_tag(name::GATEWAY_NAMESPACE), validator: vec![name::GATEWAY_NAMESPACE.to_owned()] };
    let action = Action::Install { manifest, sets: Vec::new(), beside: Some(beside) };
    builder.step(cluster, "Install the gateway that exposes istiod", WHY, action);
}

fn by_charts<'a>(builder: &mut Builder<'a>, cluster: &'a Rc<Cluster>) {
    let global = Global::of_namespace(name::GATEWAY_NAMESPACE.to_owned());
    let part = Part {
        title: "Install an istiod for the gateway",
        why: "Drives the gateway through which the remote clusters reach the mesh's istiod.".to_owned(),
        file: "",
        name: "",
        values: name::ISTIOD_VALUES,
        namespace: name::GATEWAY_NAMESPACE,
        installation: Installation {
            values: Values { global: Some(global), ..Values::default() },
            ..Installation::default()
        },
        sets: Vec::new(),
        kinds: false,
        beside: None,
        deployment: Some(name::istiod(None)),
    };
    super::install::install(builder, cluster, part);
    let service = Service { kind: None, ports: ports() };
    let values = GatewayValues { service: Some(service), ..GatewayValues::default() };
    let why = "The gateway through which the remote clusters reach istiod.";
    let release = release(builder, cluster, name::GATEWAY_NAMESPACE, name::INGRESS_GATEWAY, why, values);
    builder.step(cluster, "Install the gateway that exposes istiod", why, release);
}

/// The routes from the gateway to istiod.
pub(super) fn istiod<'a>(builder: &mut Builder<'a>, mesh: &Mesh, plane: &'a ControlPlane) {
    let cluster = &plane.cluster;
    if let Address::Dns { trust: GatewayTrust::MeshCa, .. } = plane.address {
        builder.step(
            cluster,
            "Give the gateway the mesh's CA",
            "Since Istio 1.21 the gateway verifies the certificate that istiod shows it, and the mesh's own CA signed that; without it every request ends in 503.",
            Action::MeshCa {
                from: plane.config.cluster.clone(),
                namespace: plane.namespace.to_string(),
                to_namespace: name::GATEWAY_NAMESPACE,
                secret: name::mesh_ca_secret(&plane.namespace),
            },
        );
    }
    let documents = routes(builder.facts().networking, plane);
    let file = builder.file_of("external-istiod-gw", mesh, plane);
    let manifest = builder.manifest(cluster, &file, documents);
    builder.step(
        cluster,
        "Route the gateway to istiod",
        "From here on remote clusters reach istiod.",
        Action::Apply { manifest, namespace: None, deployments: Vec::new() },
    );
}

fn routes(networking: &'static str, plane: &ControlPlane) -> Vec<Document> {
    let namespace = plane.namespace.as_str();
    let metadata = |name: &str| Metadata::namespaced(name, namespace);
    let (host, protocol, tls) = match &plane.address {
        Address::Dns { host, tls_secret, .. } => {
            (host.as_str(), "https", Tls { mode: TlsMode::Simple, credential_name: Some(tls_secret.to_string()) })
        }
        // Whatever an address asks for: clients send no server name with an IP address.
        Address::Ip(_) | Address::Discovered => ("*", "tls", Tls { mode: TlsMode::Passthrough, credential_name: None }),
    };
    let server = |number, name| Server {
        port: gateway::Port { number, protocol, name },
        tls: Some(tls.clone()),
        hosts: vec![host.to_owned()],
    };
    let names = if protocol == "https" { ["https-XDS", "https-WEBHOOK"] } else { ["tls-XDS", "tls-WEBHOOK"] };
    let [xds, webhook] = names;
    let gateway = Gateway {
        selector: map(&[("istio", name::INGRESS_SELECTOR)]),
        servers: vec![server(XDS_PORT, xds), server(WEBHOOK_PORT, webhook)],
    };
    let istiod = name::istiod_host(plane.revision.as_ref(), &plane.namespace);
    let passthrough = protocol == "tls";
    let route = |port, to| Route {
        matches: vec![Match {
            port: Some(port),
            sni_hosts: if passthrough { vec!["*".to_owned()] } else { Vec::new() },
            uri: None,
        }],
        route: To::only(&istiod, to),
    };
    let both = vec![route(XDS_PORT, XDS_PORT), route(WEBHOOK_PORT, WEBHOOK_SERVICE_PORT)];
    let (http, tls) = if passthrough { (Vec::new(), both) } else { (both, Vec::new()) };
    let service =
        VirtualService { hosts: vec![host.to_owned()], gateways: vec!["external-istiod-gw".to_owned()], http, tls };
    let why = if passthrough {
        "The gateway passes TLS through: istiod itself shows its certificate."
    } else {
        "The gateway ends TLS with the certificate for istiod's DNS name."
    };
    let mut documents = vec![
        served(networking, why, metadata("external-istiod-gw"), gateway),
        served(
            networking,
            "Configuration and certificates go to istiod's port 15012, webhooks to port 443 of its Service.",
            metadata("external-istiod-vs"),
            service,
        ),
    ];
    if let Address::Dns { trust, .. } = &plane.address {
        documents.push(upstream_tls(networking, plane, *trust, istiod));
    }
    documents
}

/// How the gateway speaks to istiod behind it (0.18, 0.43).
fn upstream_tls(networking: &'static str, plane: &ControlPlane, trust: GatewayTrust, host: String) -> Document {
    let tls = match trust {
        GatewayTrust::MeshCa => ClientTls {
            mode: TlsMode::Simple,
            credential_name: Some(name::mesh_ca_secret(&plane.namespace)),
            subject_alt_names: vec![name::istiod_san(plane.revision.as_ref(), &plane.namespace)],
            insecure_skip_verify: None,
        },
        GatewayTrust::InsecureSkipVerify => ClientTls {
            mode: TlsMode::Simple,
            credential_name: None,
            subject_alt_names: Vec::new(),
            insecure_skip_verify: Some(true),
        },
    };
    let settings =
        |number, connection_pool| PortSettings { port: rule::Port { number }, tls: tls.clone(), connection_pool };
    let http2 = ConnectionPool { http: HttpSettings { h2_upgrade_policy: "UPGRADE" } };
    let rule = DestinationRule {
        host,
        traffic_policy: rule::TrafficPolicy {
            port_level_settings: vec![settings(XDS_PORT, Some(http2)), settings(WEBHOOK_SERVICE_PORT, None)],
        },
    };
    let why = match trust {
        GatewayTrust::MeshCa => {
            "The gateway verifies istiod's certificate with the mesh's own CA, which signed it; install.sh brings the CA."
        }
        GatewayTrust::InsecureSkipVerify => {
            "The gateway does not verify istiod's certificate, as chosen: its own CA is not known to the gateway."
        }
    };
    served(networking, why, Metadata::namespaced("external-istiod-dr", plane.namespace.as_str()), rule)
}
