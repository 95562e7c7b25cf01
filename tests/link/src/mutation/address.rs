//! istiod's address, and the mode that goes with it.

use super::table::{CONFIG, ISTIOD, REMOTE, WAY, lines, needs, part, row, text, value};
use super::{Edit, Mutation};
use crate::link::Link;

const URL: &str = "injectionURL: https://";
const VALIDATION: &str = "validationURL: https://";
const ADDRESS: &str = "remotePilotAddress: ";

pub(super) const ALL: &[Mutation] = &[
    row(
        "another host in the config cluster's injection URL",
        &[17],
        Link::WebhookGateway,
        &[Edit::Value(part(CONFIG, URL, ":"), "other.example.com")],
    ),
    row(
        "another host in a remote cluster's injection URL",
        &[17],
        Link::WebhookGateway,
        &[Edit::Value(part(REMOTE, URL, ":"), "other.example.com")],
    ),
    row(
        "another port in the injection URL",
        &[19],
        Link::WebhookGateway,
        &[text(CONFIG, ":15017/inject", ":443/inject")],
    ),
    row(
        "another host in the validation URL",
        &[17],
        Link::ValidationGateway,
        &[Edit::Value(part(CONFIG, VALIDATION, ":"), "REMOTE_ISTIOD_ADDR")],
    ),
    row(
        "another path in the validation URL",
        &[17],
        Link::ValidationPath,
        &[text(CONFIG, ":15017/validate", ":15017/inject")],
    ),
    row(
        "another IP address on the config cluster",
        &[17],
        Link::RemoteAddress,
        &[value(CONFIG, ADDRESS, "203.0.113.99")],
    ),
    row(
        "another IP address on a remote cluster",
        &[17],
        Link::RemoteAddress,
        &[value(REMOTE, ADDRESS, "203.0.113.99")],
    ),
    row("a host name for an IP address", &[20], Link::RemoteAddress, &[value(CONFIG, ADDRESS, "istiod.example.com")]),
    row(
        "another host in discoveryAddress",
        &[17],
        Link::DiscoveryAddress,
        &[Edit::Value(part(ISTIOD, "discoveryAddress: ", ""), "other.example.com:15012")],
    ),
    row(
        "another port in discoveryAddress",
        &[19],
        Link::DiscoveryAddress,
        &[text(ISTIOD, ":15012\n      proxy", ":15010\n      proxy")],
    ),
    row(
        "another host in caAddress",
        &[17],
        Link::CaAddress,
        &[value(ISTIOD, "caAddress: ", "other.example.com:15012")],
    ),
    row(
        "an IPv6 address without quotes in caAddress",
        &[17],
        Link::CaAddress,
        &[text(ISTIOD, r#""\"[2001:db8::10]:15012\"""#, r#""[2001:db8::10]:15012""#)],
    ),
    row("istiod's own Service for caAddress", &[17], Link::CaAddress, &[lines(ISTIOD, "caAddress: ", 0)]),
    row("no root certificates for istiod's DNS name", &[18], Link::ProxyTrust, &[lines(ISTIOD, "proxyMetadata:", 2)]),
    row("root certificates for one of two connections", &[18], Link::ProxyTrust, &[lines(ISTIOD, "XDS_ROOT_CA: ", 0)]),
    row(
        "public root certificates for istiod's IP address",
        &[18],
        Link::ProxyTrust,
        &[text(
            ISTIOD,
            ":15012\n  components:",
            ":15012\n      proxyMetadata:\n        XDS_ROOT_CA: /etc/ssl/certs/ca-certificates.crt\n  components:",
        )],
    ),
    row(
        "an injection path where the others have URLs",
        &[14, 18],
        Link::WebhookService,
        &[Edit::Text { file: REMOTE, from: URL, to: "injectionPath: /inject/cluster/a/net/b #" }],
    ),
    row(
        "an injection URL where the others have paths",
        &[18],
        Link::WebhookTrust,
        &[
            needs("*-external-istiod-gw*.yaml", "mode: PASSTHROUGH"),
            Edit::Copy(part(ISTIOD, "caAddress: ", ""), part(REMOTE, "injectionPath: ", "/")),
            text(REMOTE, "injectionPath: ", "injectionURL: https://"),
            text(REMOTE, ":15012/inject", ":15017/inject"),
        ],
    ),
    row(
        "a gateway that passes TLS on where clients take public certificates",
        &[18],
        Link::WebhookTrust,
        &[text(WAY, "mode: SIMPLE\n      credentialName", "mode: PASSTHROUGH\n      credentialName")],
    ),
    row(
        "a gateway that passes webhooks' TLS on where they take public certificates",
        &[18],
        Link::ValidationTrust,
        &[text(WAY, "https-WEBHOOK\n    tls:\n      mode: SIMPLE", "https-WEBHOOK\n    tls:\n      mode: PASSTHROUGH")],
    ),
    row(
        "a gateway that ends TLS where clients take istiod's certificate",
        &[18],
        Link::GatewayMode,
        &[text(WAY, "mode: PASSTHROUGH", "mode: SIMPLE")],
    ),
];
