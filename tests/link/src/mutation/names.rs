//! Names of clusters, namespaces and revisions.

use super::table::{
    CONFIG, EAST_WEST, INSTALL, ISTIOD, OPERATOR, REMOTE, WAY, line, lines, needs, part, row, silent, skip, text,
    value, word,
};
use super::{Edit, Mutation};
use crate::link::Link;

const ID: &str = "name: CLUSTER_ID\n          value: ";
const PATH: &str = "/inject/cluster/";

pub(super) const ALL: &[Mutation] = &[
    row("injection path of another shape", &[1], Link::InjectionPath, &[text(REMOTE, "/net/", "/network/")]),
    silent(
        row(
            "another shape of the config cluster's injection path",
            &[1],
            Link::InjectionPath,
            &[text(CONFIG, "/net/", "/network/")],
        ),
        "istiod's own network stands in, which is the config cluster's",
    ),
    row(
        "another cluster in the config cluster's injection path",
        &[1, 2, 3],
        Link::ClusterId,
        &[Edit::Value(part(CONFIG, PATH, "/"), "other")],
    ),
    row(
        "another cluster in a remote cluster's injection path",
        &[1, 2, 24],
        Link::InjectedCluster,
        &[Edit::Value(part(REMOTE, PATH, "/"), "other")],
    ),
    row("CLUSTER_ID after the external cluster", &[3], Link::ClusterId, &[value(ISTIOD, ID, "external")]),
    silent(
        row(
            "another clusterName than CLUSTER_ID",
            &[4],
            Link::ClusterName,
            &[needs(ISTIOD, OPERATOR), value(ISTIOD, "clusterName: ", "other")],
        ),
        "k8s.env gives CLUSTER_ID its value, and every injection path names its cluster",
    ),
    silent(
        row(
            "CLUSTER_ID twice in istiod's environment",
            &[4],
            Link::ClusterIdOnce,
            &[
                needs(ISTIOD, OPERATOR),
                text(ISTIOD, "\n  values:\n", "\n  values:\n    pilot:\n      env:\n        CLUSTER_ID: other\n"),
            ],
        ),
        "k8s.env gives both the same value",
    ),
    row(
        "a remote cluster with the config cluster's name",
        &[5],
        Link::ClusterUnique,
        &[Edit::Copy(line(ISTIOD, ID), part(INSTALL, " --name=", " "))],
    ),
    row(
        "a cluster's name that is no DNS label",
        &[6],
        Link::ClusterLabel,
        &[word("--type=remote", "--name=", "Cluster_2")],
    ),
    row(
        "another istioNamespace on a remote cluster",
        &[8, 11],
        Link::Namespace,
        &[value(REMOTE, "profile: remote\n  values:\n    global:\n      istioNamespace: ", "other")],
    ),
    row(
        "another istioNamespace on the config cluster",
        &[8, 11],
        Link::Namespace,
        &[value(CONFIG, "      istioNamespace: ", "other")],
    ),
    row(
        "another istioNamespace for istiod",
        &[8, 11],
        Link::ConfigSecret,
        &[needs(ISTIOD, OPERATOR), value(ISTIOD, "      istioNamespace: ", "other")],
    ),
    silent(
        row(
            "another metadata.namespace than istioNamespace",
            &[11],
            Link::OperatorNamespace,
            &[value(CONFIG, "\n  namespace: ", "other")],
        ),
        "istioNamespace wins since 1.24",
    ),
    silent(
        row(
            "another istioNamespace for the ingress gateway",
            &[11],
            Link::OperatorNamespace,
            &[value("*-istio-ingressgateway.yaml", "istioNamespace: ", "other")],
        ),
        "the component's namespace wins",
    ),
    row(
        "the east-west gateway in another namespace",
        &[11],
        Link::Script,
        &[value(EAST_WEST, "istioNamespace: ", "other")],
    ),
    row("another rootNamespace", &[11], Link::RootNamespace, &[value(ISTIOD, "rootNamespace: ", "other")]),
    row(
        "route to another namespace",
        &[11],
        Link::RouteService,
        &[Edit::Value(part(WAY, "host: istiod", "\n"), ".other.svc.cluster.local")],
    ),
    row(
        "Gateway in another namespace than its VirtualService",
        &[11],
        Link::RouteGateway,
        &[value(WAY, "namespace: ", "istio-system")],
    ),
    row(
        "services exposed in a namespace that is not there",
        &[11],
        Link::NamespaceFirst,
        &[word("Expose the mesh", "--namespace=", "other")],
    ),
    row(
        "no namespace for istiod",
        &[11, 41],
        Link::NamespaceFirst,
        &[needs(INSTALL, "--type=config"), skip("# Home of istiod.\n")],
    ),
    row(
        "no namespace on the config cluster",
        &[11, 26, 41],
        Link::NamespaceNetwork,
        &[needs(CONFIG, OPERATOR), skip("# Home of the mesh's configuration.")],
    ),
    row("another revision on the config cluster", &[12], Link::Revision, &[value(CONFIG, "  revision: ", "other")]),
    row("another revision on a remote cluster", &[12], Link::Revision, &[value(REMOTE, "  revision: ", "other")]),
    row("another revision for istiod alone", &[12], Link::RouteService, &[value(ISTIOD, "  revision: ", "other")]),
    row("no revision on a remote cluster", &[12], Link::Revision, &[lines(REMOTE, "  revision: ", 0)]),
    row(
        "another revision for the ingress gateway",
        &[12],
        Link::Injected,
        &[value("*-istio-ingressgateway.yaml", "  revision: ", "other")],
    ),
    row(
        "another revision for a gateway by Helm",
        &[12],
        Link::Injected,
        &[value("*gateway-values.yaml", "revision: ", "other")],
    ),
    row(
        "another revision for the sample",
        &[12, 38],
        Link::Injected,
        &[value("*-namespace-*.yaml", "istio.io/rev: ", "other")],
    ),
    row(
        "a revision for the sample of a mesh without one",
        &[12, 38],
        Link::Injected,
        &[text("*-namespace-*.yaml", "istio-injection: enabled", "istio.io/rev: other")],
    ),
    row(
        "the sample's namespace without a label",
        &[38],
        Link::Injected,
        &[lines("*-namespace-*.yaml", "istio-injection: ", 0)],
    ),
    row(
        "a probe that no webhook takes",
        &[12, 38],
        Link::Injected,
        &[text(INSTALL, " sidecar.istio.io/inject=true", " sidecar.istio.io/inject=false")],
    ),
];
