//! Networks and the gateways between them.

use super::table::{
    CONFIG, EAST_WEST, INSTALL, ISTIOD, REMOTE, line, lines, needs, part, row, silent, skip, text, value,
};
use super::{Edit, Mutation};
use crate::link::Link;

const NETWORK: &str = "topology.istio.io/network: ";
const EXPOSE: &str = "*-expose-services.yaml";
/// Why names matter to nobody yet.
const PRUNED: &str = "istioctl prunes what it installed, and gateways are generated and applied";
const HELM: &str = "*-istio-eastwestgateway-values.yaml";

pub(super) const ALL: &[Mutation] = &[
    row(
        "another network in the config cluster's injection path",
        &[26],
        Link::IstiodNetwork,
        &[Edit::Value(part(CONFIG, "/net/", ""), "other")],
    ),
    row(
        "another network in a remote cluster's injection path",
        &[26],
        Link::NamespaceNetwork,
        &[Edit::Value(part(REMOTE, "/net/", ""), "other")],
    ),
    silent(
        row(
            "another network in a namespace's label",
            &[26],
            Link::NamespaceNetwork,
            &[value("*-namespace-*.yaml", NETWORK, "other")],
        ),
        "injected pods have theirs from the injection path, and a network without a gateway counts as one's own",
    ),
    row(
        "no network in a namespace's label",
        &[26],
        Link::NamespaceNetwork,
        &[lines("*-namespace-*.yaml", NETWORK, 0), lines("*-namespace-*.yaml", "  labels:", 0)],
    ),
    row("another network for istiod", &[26], Link::IstiodNetwork, &[value(ISTIOD, "      network: ", "other")]),
    row(
        "another network in the east-west gateway's labels",
        &[26],
        Link::GatewayNetwork,
        &[value(EAST_WEST, NETWORK, "other")],
    ),
    row(
        "another network in the east-west gateway's view",
        &[26],
        Link::GatewayView,
        &[value(EAST_WEST, "name: ISTIO_META_REQUESTED_NETWORK_VIEW\n          value: ", "other")],
    ),
    silent(
        row(
            "another network in the east-west gateway's values",
            &[26],
            Link::GatewayNetwork,
            &[value(EAST_WEST, "      network: ", "other")],
        ),
        "an injected gateway has its network from the injection path",
    ),
    row(
        "another network for an east-west gateway by Helm",
        &[26],
        Link::ServiceNetwork,
        &[value(HELM, "networkGateway: ", "other")],
    ),
    row(
        "no network for an east-west gateway by Helm",
        &[26, 27],
        Link::ExposedPort,
        &[needs(INSTALL, "Expose the mesh"), lines(HELM, "networkGateway: ", 0)],
    ),
    row(
        "no east-west gateway on a network",
        &[27],
        Link::NetworkGateway,
        &[skip("workloads on network2"), skip("await_load_balancer \"${CTX_CLUSTER2}\"")],
    ),
    row("services that are not exposed", &[27], Link::Exposed, &[skip("Expose the mesh")]),
    row(
        "services exposed at a port that the gateway has not",
        &[27],
        Link::ExposedPort,
        &[text(EXPOSE, "number: 15443", "number: 15444")],
    ),
    row("services exposed at no gateway", &[28], Link::GatewayWorkload, &[value(EXPOSE, "    istio: ", "other")]),
    row(
        "an east-west gateway that the exposed services do not know",
        &[28],
        Link::Exposed,
        &[value(EAST_WEST, "        istio: ", "other")],
    ),
    row("another name for an east-west gateway by Helm", &[28], Link::Script, &[value(HELM, "name: ", "eastwest")]),
    row(
        "no port 15443 at the east-west gateway",
        &[19, 27],
        Link::ExposedPort,
        &[needs(EXPOSE, "AUTO_PASSTHROUGH"), lines(EAST_WEST, "- port: 15443", 2)],
    ),
    silent(
        row(
            "a gateway with the name of what the config cluster has",
            &[33],
            Link::OperatorName,
            &[Edit::Copy(line(CONFIG, "  name: "), line("*-istio-egressgateway.yaml", "  name: "))],
        ),
        PRUNED,
    ),
    silent(
        row(
            "a gateway without a name of its own",
            &[33],
            Link::OperatorName,
            &[value("*-istio-ingressgateway.yaml", "metadata:\n  name: ", "\"\"")],
        ),
        PRUNED,
    ),
];
