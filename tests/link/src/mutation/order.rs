//! The order of install.sh, its tools, and what Kubernetes itself links.

use super::table::{INSTALL, delay, lines, needs, part, row, silent, skip, text, value};
use super::{Edit, Mutation};
use crate::link::Link;

const CURL: &str = "*-curl.yaml";
const SAMPLE: &str = "*-helloworld.yaml";
/// Why nothing is lost where injection is not waited for.
const WEBHOOK: &str = "a webhook that fails has Kubernetes make the pod again later";
const ROUTE: &str = "*-helloworld-gateway.yaml";

pub(super) const ALL: &[Mutation] = &[
    row(
        "another release of istioctl",
        &[32],
        Link::Script,
        &[text(INSTALL, "require_istioctl 1.", "require_istioctl 1.1")],
    ),
    row("another release of a chart", &[32], Link::Release, &[text(INSTALL, "--version=1.", "--version=1.1")]),
    row(
        "two documents for istioctl",
        &[34],
        Link::Document,
        &[Edit::Append {
            file: "*-remote-config-cluster.yaml",
            text: "---\napiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata:\n  name: second\n",
        }],
    ),
    silent(
        row(
            "the ingress gateway before injection works",
            &[38, 41],
            Link::InjectedFirst,
            &[delay("await_injection", "Install the ingress gateway")],
        ),
        WEBHOOK,
    ),
    silent(
        row(
            "no wait for injection",
            &[38, 41],
            Link::InjectedFirst,
            &[
                skip("await_injection"),
                // Where nothing follows that would be injected, nothing is missed.
                needs(INSTALL, "kubectl rollout status deployment/"),
            ],
        ),
        WEBHOOK,
    ),
    row(
        "the wait for injection before the way to istiod",
        &[41],
        Link::InjectedFirst,
        &[delay("Route the gateway to istiod", "await_injection")],
    ),
    row(
        "the wait for injection before istiod is exposed",
        &[41],
        Link::InjectedFirst,
        &[delay("Expose istiod", "await_injection")],
    ),
    row("the mesh's CA before istiod", &[41, 43], Link::CaFirst, &[delay("'Install istiod'", "copy_ca ")]),
    row(
        "istiod installed on the config cluster",
        &[41],
        Link::FileContext,
        &[Edit::Copy(
            part(INSTALL, "create-remote-secret --context=", " "),
            part(INSTALL, "'Install istiod'\nistioctl install --context=", " "),
        )],
    ),
    row("no contexts", &[41], Link::Context, &[lines("env.sh", "export CTX_", 0)]),
    row(
        "pods without their ServiceAccount",
        &[],
        Link::ServiceAccount,
        &[value(CURL, "serviceAccountName: ", "absent")],
    ),
    row(
        "pods without the labels that their Deployment looks for",
        &[],
        Link::PodLabels,
        &[text(CURL, "      labels:\n        app: curl", "      labels:\n        app: other")],
    ),
    row("a Service of no pods", &[], Link::ServicePods, &[value(SAMPLE, "  selector:\n    app: ", "other")]),
    row(
        "the sample at a port that its gateway has not",
        &[],
        Link::GatewayPort,
        &[text(ROUTE, "number: 80\n", "number: 81\n")],
    ),
    row(
        "the sample at a gateway that is not there",
        &[],
        Link::GatewayWorkload,
        &[value(ROUTE, "    istio: ", "other")],
    ),
    row(
        "a route to a port that the sample has not",
        &[],
        Link::RouteServicePort,
        &[text(ROUTE, "number: 5000", "number: 5001")],
    ),
    row(
        "a Gateway API route to a port that the sample has not",
        &[],
        Link::RouteServicePort,
        &[text(ROUTE, "port: 5000", "port: 5001")],
    ),
    row(
        "a Gateway API route of a Gateway that is not there",
        &[],
        Link::ParentGateway,
        &[value(ROUTE, "parentRefs:\n  - name: ", "other")],
    ),
];
