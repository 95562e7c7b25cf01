//! Who manages a cluster, and the secrets by which istiod does.

use super::table::{INSTALL, ISTIOD, delay, lines, needs, part, row, silent, skip, text, value, word};
use super::{Edit, Mutation};
use crate::link::Link;

const ANNOTATED: &str = "annotation says which istiod";
const CONFIG: &str = "--type=config";
const REMOTE: &str = "--type=remote";

pub(super) const ALL: &[Mutation] = &[
    row(
        "no controlPlaneClusters",
        &[7],
        Link::InCharge,
        &[
            lines("*-namespace-*.yaml", "topology.istio.io/controlPlaneClusters: ", 0),
            lines("*-namespace-*.yaml", "  annotations:", 0),
        ],
    ),
    row(
        "another istiod in controlPlaneClusters",
        &[7],
        Link::InCharge,
        &[value("*-namespace-*.yaml", "topology.istio.io/controlPlaneClusters: ", "other")],
    ),
    row("controlPlaneClusters after the remote secret", &[7, 41], Link::InChargeFirst, &[delay(ANNOTATED, REMOTE)]),
    row(
        "no EXTERNAL_ISTIOD",
        &[9],
        Link::External,
        &[value(ISTIOD, "name: EXTERNAL_ISTIOD\n          value: ", "\"false\"")],
    ),
    row(
        "no LOCAL_CLUSTER_SECRET_WATCHER",
        &[10],
        Link::SecretWatcher,
        &[
            value(ISTIOD, "name: LOCAL_CLUSTER_SECRET_WATCHER\n          value: ", "\"false\""),
            // Of a mesh with one remote cluster, which is the config cluster, there is no secret to be missed.
            needs(INSTALL, REMOTE),
        ],
    ),
    row(
        "remote secret in another namespace",
        &[10, 24],
        Link::SecretPlace,
        &[word(REMOTE, "--namespace=", "istio-system")],
    ),
    row(
        "istio-kubeconfig on the config cluster itself",
        &[23],
        Link::ConfigSecret,
        &[Edit::Copy(
            part(INSTALL, "istioctl create-remote-secret --context=", " "),
            part(INSTALL, "\n  kubectl apply --context=", " "),
        )],
    ),
    row("another name in the remote secret", &[2, 24], Link::InjectedCluster, &[word(REMOTE, "--name=", "other")]),
    row("no remote secret", &[2, 24], Link::InjectedCluster, &[skip(REMOTE)]),
    row(
        "another ServiceAccount for istiod",
        &[23],
        Link::SecretAccount,
        &[word(CONFIG, "--service-account=", "other")],
    ),
    row(
        "istio-kubeconfig of another namespace",
        &[11, 23],
        Link::SecretAccount,
        &[word(CONFIG, "--namespace=", "other")],
    ),
    row("no istio-kubeconfig", &[23], Link::ConfigSecret, &[skip(CONFIG)]),
    row("istiod before istio-kubeconfig", &[23, 41], Link::ConfigSecretFirst, &[delay(CONFIG, "'Install istiod'")]),
    row(
        "API server that istiod cannot reach",
        &[25],
        Link::ApiServer,
        &[text(INSTALL, "--name=", "--server=https://127.0.0.1:6443 --name=")],
    ),
    row(
        "istio-kubeconfig with the label of remote secrets",
        &[42],
        Link::ConfigSecretLabel,
        &[text(INSTALL, "istio/multiCluster- ", "istio/multiCluster=true --overwrite ")],
    ),
    row(
        "no configCluster",
        &[21, 23],
        Link::SecretAccount,
        &[lines("*-remote-config-cluster.yaml", "configCluster: ", 0)],
    ),
    row(
        "configCluster on a further remote cluster",
        &[21],
        Link::ConfigOnly,
        &[text("*-second-remote-cluster.yaml", "    global:\n", "    global:\n      configCluster: true\n")],
    ),
    row(
        "a default revision on a further remote cluster",
        &[21],
        Link::ConfigOnly,
        &[text("*-second-remote-cluster.yaml", "  values:\n", "  values:\n    defaultRevision: default\n")],
    ),
    silent(
        row(
            "uninstall that purges",
            &[35],
            Link::Purge,
            &[text("uninstall.sh", "istioctl uninstall ", "istioctl uninstall --purge ")],
        ),
        "install.sh does not call it",
    ),
];
