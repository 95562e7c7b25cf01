//! Who manages a cluster, and the secrets by which istiod does.

use super::table::{
    CONFIG as CONFIG_FILE, FURTHER, INSTALL, ISTIOD, PEER, REMOTE as FILE, delay, lines, needs, part, row, silent,
    skip, text, value, word,
};
use super::{Edit, Mutation};
use crate::link::Link;

const ANNOTATED: &str = "annotation says which istiod";
const CONFIG: &str = "--type=config";
const REMOTE: &str = "--type=remote";
const UNINSTALL: &str = "uninstall.sh";
const NOT_CALLED: &str = "install.sh does not call it";

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
    row("remote secret in another namespace", &[10, 24], Link::SecretPlace, &[word(REMOTE, "--namespace=", "other")]),
    row(
        "istio-kubeconfig on the config cluster itself",
        &[23],
        Link::ConfigSecret,
        &[
            needs(INSTALL, CONFIG),
            Edit::Copy(
                part(INSTALL, "istioctl create-remote-secret --context=", " "),
                part(INSTALL, "\n  kubectl apply --context=", " "),
            ),
        ],
    ),
    row("another name in the remote secret", &[2, 24], Link::InjectedCluster, &[word(REMOTE, "--name=", "other")]),
    row("no remote secret", &[2, 24], Link::InjectedCluster, &[skip("signs certificates for them, by this secret")]),
    row("no remote secret for another control plane", &[2, 24], Link::Peer, &[skip(PEER)]),
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
    row("no configCluster", &[21, 23], Link::SecretAccount, &[lines(CONFIG_FILE, "configCluster: ", 0)]),
    row(
        "configCluster on a further remote cluster",
        &[21],
        Link::ConfigOnly,
        &[text(FILE, FURTHER, "profile: remote\n  values:\n    global:\n      configCluster: true\n")],
    ),
    silent(
        row(
            "a default revision on a further remote cluster",
            &[21],
            Link::ConfigOnly,
            &[text(FILE, FURTHER, "profile: remote\n  values:\n    defaultRevision: default\n    global:\n")],
        ),
        "istioctl makes the same validator beside every file",
    ),
    silent(
        row(
            "uninstall that purges",
            &[35],
            Link::Purge,
            &[text(UNINSTALL, "istioctl uninstall ", "istioctl uninstall --purge ")],
        ),
        NOT_CALLED,
    ),
    silent(
        row(
            "the default tag stays",
            &[35],
            Link::Leftover,
            &[text(UNINSTALL, "configuration istio-revision-tag-default", "configuration other")],
        ),
        NOT_CALLED,
    ),
    silent(
        row(
            "the default validator stays",
            &[35],
            Link::Leftover,
            &[text(UNINSTALL, "\nremove_validator \"", "\ntrue \"")],
        ),
        NOT_CALLED,
    ),
    silent(
        row(
            "a remote secret stays",
            &[35],
            Link::Leftover,
            &[text(UNINSTALL, "secret istio-remote-secret-", "secret istio-remote-secret-other-")],
        ),
        NOT_CALLED,
    ),
    silent(
        row(
            "a control plane's certificate stays",
            &[31, 35],
            Link::Leftover,
            &[text(UNINSTALL, "\nremove_cacerts \"", "\ntrue \"")],
        ),
        NOT_CALLED,
    ),
];
