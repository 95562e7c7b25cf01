//! Primaries, and several control planes beside each other.

use super::table::{
    INSTALL, OPERATOR, PEER, PRIMARY, WAY, delay, line, lines, needs, part, row, skip, text, value, word,
};
use super::{Edit, Mutation};
use crate::link::Link;

const EXPOSE: &str = "*-expose-istiod.yaml";
const MESH: &str = "*-external-istiod-mesh1.yaml|*-external-istiod-mesh-ab.yaml";
const OTHER_MESH: &str = "*-external-istiod-mesh2.yaml|*-external-istiod-mesh-cd.yaml";
const MESH_WAY: &str = "*-external-istiod-gw-mesh1.yaml";
const SIGNS: &str = "signs certificates for them, by this secret";
const CLUSTER: &str = "clusterName: ";
const ROOT: &str = "ensure_cacerts ";

pub(super) const ALL: &[Mutation] = &[
    row(
        "another name for a primary with remote clusters",
        &[3, 7],
        Link::InCharge,
        &[needs(INSTALL, SIGNS), value(PRIMARY, CLUSTER, "other")],
    ),
    row(
        "another name for one of several primaries",
        &[2, 3],
        Link::InjectedCluster,
        &[needs(INSTALL, PEER), value(PRIMARY, CLUSTER, "other")],
    ),
    row(
        "a primary's name for another cluster",
        &[5],
        Link::ClusterUnique,
        &[Edit::Copy(
            line("*/10-cluster*.yaml|cluster1/*-istiod-values.yaml", CLUSTER),
            part(INSTALL, " --name=", " "),
        )],
    ),
    row(
        "another network for a primary",
        &[26],
        Link::NamespaceNetwork,
        &[value(PRIMARY, "\n      network: ", "other")],
    ),
    row(
        "a primary in a namespace without its network",
        &[26],
        Link::NamespaceNetwork,
        &[needs(PRIMARY, OPERATOR), skip("# Home of istiod. Pods in it")],
    ),
    row(
        "no EXTERNAL_ISTIOD for a primary with remote clusters",
        &[9],
        Link::External,
        &[lines(PRIMARY, "externalIstiod: ", 0)],
    ),
    row(
        "another istioNamespace for a primary with remote clusters",
        &[8, 11],
        Link::Namespace,
        &[value(PRIMARY, "externalIstiod: true\n      istioNamespace: ", "other")],
    ),
    row(
        "another istioNamespace for one of several primaries",
        &[8, 10, 11],
        Link::SecretPlace,
        &[needs(INSTALL, PEER), value(PRIMARY, "spec:\n  values:\n    global:\n      istioNamespace: ", "other")],
    ),
    row(
        "another meshID for one of several primaries",
        &[30],
        Link::MeshId,
        &[needs(INSTALL, PEER), value(PRIMARY, "meshID: ", "other")],
    ),
    row(
        "the meshID of another mesh",
        &[30, 36],
        Link::MeshIdApart,
        &[Edit::Copy(line(OTHER_MESH, "meshID: "), line(MESH, "meshID: "))],
    ),
    row(
        "every control plane in charge of a cluster",
        &[7],
        Link::InCharge,
        &[
            needs("primary*/10-*.yaml", "externalIstiod: "),
            value("remote-a/*-namespace-*.yaml", "topology.istio.io/controlPlaneClusters: ", "\"*\""),
        ],
    ),
    row(
        "the host of another mesh",
        &[17, 36],
        Link::HostOnce,
        &[text(MESH_WAY, "\n    hosts:\n    - mesh1", "\n    hosts:\n    - mesh2")],
    ),
    row(
        "the remote secret beside another mesh's istiod",
        &[10, 36],
        Link::SecretPlace,
        &[needs(MESH, "meshID: mesh1"), word("--type=remote", "--namespace=", "external-istiod-2")],
    ),
    row(
        "the CA secret of another mesh",
        &[36, 43],
        Link::RuleCredential,
        &[word("external-istiod-2 istio-ca-root-cert", " istio-system ", "external-istiod-1-ca")],
    ),
    row(
        "a root for each control plane",
        &[31],
        Link::Root,
        &[text(INSTALL, "\"certs/${mesh}\"", "\"certs/${cluster}\"")],
    ),
    row("the root of another mesh", &[31], Link::Root, &[word(ROOT, " istio-system cluster1 ", "other")]),
    row("no certificate for one of several control planes", &[31], Link::Root, &[skip(ROOT)]),
    row("a certificate beside another istiod", &[11, 31], Link::Root, &[word(ROOT, "}\" ", "default")]),
    row(
        "a certificate after its control plane",
        &[31, 41],
        Link::RootFirst,
        &[delay(ROOT, "'Install the control plane'")],
    ),
    row("a certificate that may not sign", &[31], Link::CaChain, &[text(INSTALL, "CA:true, pathlen:0", "CA:false")]),
    row(
        "a chain that begins with the root",
        &[31],
        Link::CaChain,
        &[text(INSTALL, "cat \"${folder}/ca-cert.new\"", "cat")],
    ),
    row("istiod exposed to no remote cluster", &[17, 27], Link::RemoteAddress, &[skip("Expose istiod to")]),
    row(
        "istiod exposed in another namespace",
        &[11, 29],
        Link::RouteService,
        &[Edit::Value(part(EXPOSE, "host: istiod", ""), ".other.svc.cluster.local")],
    ),
    row(
        "istiod exposed by another revision's name",
        &[12, 29],
        Link::RouteService,
        &[Edit::Value(part(EXPOSE, "host: istiod", "."), "-other")],
    ),
    row(
        "istiod's routes for another TLS name",
        &[18, 29],
        Link::RouteName,
        &[text(WAY, "      sniHosts:\n      - \"*\"", "      sniHosts:\n      - istiod.other.svc")],
    ),
    row(
        "no port for webhooks at the east-west gateway",
        &[19],
        Link::GatewayPort,
        &[needs(EXPOSE, "15017"), lines("*/15-eastwest-gateway-*.yaml", "- port: 15017", 2)],
    ),
    row(
        "the address of another gateway",
        &[17],
        Link::RemoteAddress,
        &[needs(PRIMARY, OPERATOR), word("discover_address ", " istio-system istio-", "ingressgateway")],
    ),
];
