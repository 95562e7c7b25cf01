//! The gateway in front of istiod, and the way from there.

use super::table::{INSTALL, WAY, lines, needs, part, row, skip, text, value, word};
use super::{Edit, Mutation};
use crate::link::Link;

const GATEWAY: &str = "*-controlplane-gateway.yaml|*-istio-ingressgateway-values.yaml";
const CREDENTIAL: &str = "\n        credentialName: ";

pub(super) const ALL: &[Mutation] = &[
    row(
        "another host in the Gateway",
        &[17],
        Link::WebhookGateway,
        &[needs(WAY, "name: https-WEBHOOK"), text(WAY, "\n    hosts:\n    - ", "\n    hosts:\n    - other.")],
    ),
    row(
        "another host in the VirtualService",
        &[17],
        Link::RouteHost,
        &[value(WAY, "spec:\n  hosts:\n  - ", "other.example.com")],
    ),
    row(
        "one name alone where clients send none",
        &[18],
        Link::RemoteAddress,
        &[text(
            WAY,
            "      mode: PASSTHROUGH\n    hosts:\n    - \"*\"",
            "      mode: PASSTHROUGH\n    hosts:\n    - istiod.example.com",
        )],
    ),
    row(
        "a TLS secret that is not there",
        &[17],
        Link::GatewayCredential,
        &[value(WAY, "\n      credentialName: ", "other")],
    ),
    row(
        "the TLS secret in istiod's namespace",
        &[17],
        Link::GatewayCredential,
        &[word("require_tls_secret ", "}\" ", "other")],
    ),
    row("a selector of no gateway", &[28], Link::GatewayWorkload, &[value(WAY, "    istio: ", "other")]),
    row("no port for webhooks at the gateway", &[19], Link::GatewayPort, &[lines(GATEWAY, "- port: 15017", 2)]),
    row(
        "another port in the Gateway",
        &[19],
        Link::RoutePort,
        &[text(WAY, "      number: 15017\n      protocol", "      number: 15018\n      protocol")],
    ),
    row(
        "another port in the VirtualService",
        &[19],
        Link::RoutePort,
        &[text(WAY, "    - port: 15017", "    - port: 15018")],
    ),
    row(
        "route to a port that the Service has not",
        &[19],
        Link::RouteServicePort,
        &[text(WAY, "        port:\n          number: 443", "        port:\n          number: 15017")],
    ),
    row(
        "route to istiod's plain port",
        &[19],
        Link::RouteWorkload,
        &[text(WAY, "        port:\n          number: 15012", "        port:\n          number: 15010")],
    ),
    row(
        "route to the istiod that drives the gateway",
        &[11],
        Link::RouteWorkload,
        &[Edit::Value(
            part("*-external-istiod-gw.yaml|*-external-istiod-gw-*.yaml", "        host: ", ""),
            "istiod.istio-system.svc.cluster.local",
        )],
    ),
    row(
        "routes by TLS name behind a gateway that ends TLS",
        &[18],
        Link::RouteMode,
        &[text(WAY, "\n  http:\n", "\n  tls:\n")],
    ),
    row(
        "routes for one TLS name alone where clients send none",
        &[18],
        Link::RouteMode,
        &[text(WAY, "      sniHosts:\n      - \"*\"", "      sniHosts: []")],
    ),
    row(
        "another Gateway in the VirtualService",
        &[11],
        Link::RouteGateway,
        &[value(WAY, "  gateways:\n  - ", "other")],
    ),
    row("the guide's DestinationRule", &[43], Link::RuleCredential, &[lines(WAY, "        credentialName: ", 2)]),
    row(
        "DestinationRule for another host",
        &[12, 18],
        Link::RuleHost,
        &[value(WAY, "spec:\n  host: ", "istiod-other.external-istiod.svc.cluster.local")],
    ),
    row(
        "DestinationRule without port 443",
        &[18, 43],
        Link::RuleTls,
        &[text(WAY, "    - port:\n        number: 443", "    - port:\n        number: 15017")],
    ),
    row("no TLS to istiod", &[18, 43], Link::RuleTls, &[text(WAY, "        mode: SIMPLE", "        mode: DISABLE")]),
    row("no HTTP/2 to istiod", &[18], Link::RuleHttp2, &[lines(WAY, "      connectionPool:", 2)]),
    row("a CA secret that is not there", &[43], Link::RuleCredential, &[value(WAY, CREDENTIAL, "other")]),
    row(
        "the CA of istiod's own cluster",
        &[43],
        Link::RuleCa,
        &[Edit::Copy(part(INSTALL, "point_name ", " "), part(INSTALL, "copy_ca ", " "))],
    ),
    row("no CA brought to the gateway", &[43], Link::RuleCredential, &[skip("copy_ca ")]),
    row(
        "another name in istiod's certificate",
        &[12, 43],
        Link::RuleName,
        &[value(WAY, "subjectAltNames:\n        - ", "istiod.other.svc")],
    ),
    row("a CA of another ConfigMap", &[43], Link::Script, &[word("copy_ca ", " istio-ca-", "other-cert")]),
];
