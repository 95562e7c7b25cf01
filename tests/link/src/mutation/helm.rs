//! Values and releases of Helm: what can be wrong in them otherwise than in an IstioOperator.

use super::table::{CONFIG, INSTALL, PRIMARY, REMOTE, line, lines, needs, part, row, silent, skip, text, value, word};
use super::{Edit, Mutation};
use crate::link::Link;

const ISTIOD: &str = "*-istiod-external-values*.yaml";
const VALUES: &str = "*-istiod-values.yaml";
const BASE: &str = "*-base-values.yaml";
const UNINSTALL: &str = "uninstall.sh";
/// What the values of a cluster with no configuration begin with.
const FURTHER: &str = "profile: remote\nglobal:\n";
const MESH: &str = "name: config-volume\n  configMap:\n    name: ";
const INJECTOR: &str = "name: inject-volume\n  configMap:\n    name: ";

pub(super) const ALL: &[Mutation] = &[
    row("clusterName after the external cluster", &[3], Link::ClusterId, &[value(ISTIOD, "clusterName: ", "external")]),
    silent(
        row(
            "CLUSTER_ID in values beside the chart's own",
            &[4],
            Link::ClusterIdOnce,
            &[text(ISTIOD, "\nenv:\n", "\nenv:\n  CLUSTER_ID: other\n")],
        ),
        "of two variables of one name the last counts, which is the chart's",
    ),
    row(
        "a remote cluster with the config cluster's name in values",
        &[5],
        Link::ClusterUnique,
        &[Edit::Copy(line(ISTIOD, "clusterName: "), part(INSTALL, " --name=", " "))],
    ),
    row("no externalIstiod", &[9], Link::External, &[lines(ISTIOD, "externalIstiod: ", 0)]),
    row(
        "no LOCAL_CLUSTER_SECRET_WATCHER in values",
        &[10],
        Link::SecretWatcher,
        &[value(ISTIOD, "LOCAL_CLUSTER_SECRET_WATCHER: ", "\"false\""), needs(INSTALL, "--type=remote")],
    ),
    row(
        "another name for LOCAL_CLUSTER_SECRET_WATCHER in values",
        &[10],
        Link::SecretWatcher,
        &[text(ISTIOD, "LOCAL_CLUSTER_SECRET_WATCHER", "LOCAL_SECRET_WATCHER"), needs(INSTALL, "--type=remote")],
    ),
    row(
        "a shared mesh configuration in values that is not there",
        &[12, 16],
        Link::SharedMeshConfig,
        &[value(ISTIOD, "SHARED_MESH_CONFIG: ", "absent")],
    ),
    row(
        "another name for SHARED_MESH_CONFIG in values",
        &[16],
        Link::SharedMeshConfig,
        &[text(ISTIOD, "SHARED_MESH_CONFIG", "SHARED_CONFIG")],
    ),
    row(
        "no configMap on the config cluster",
        &[16, 21],
        Link::SharedMeshConfig,
        &[lines(CONFIG, "configMap: true", 0), needs(VALUES, "configCluster: ")],
    ),
    row(
        "a webhook name in values where clients take public certificates",
        &[14, 18],
        Link::WebhookNames,
        &[text(ISTIOD, "INJECTION_WEBHOOK_CONFIG_NAME: \"\"", "INJECTION_WEBHOOK_CONFIG_NAME: istio-sidecar-injector")],
    ),
    row(
        "no injection webhook's name in values where istiod has to patch it",
        &[14, 18],
        Link::WebhookNames,
        &[text(ISTIOD, "INJECTION_WEBHOOK_CONFIG_NAME: istio-", "INJECTION_WEBHOOK_CONFIG_NAME: \"\" #")],
    ),
    row("a mesh ConfigMap in values that is not there", &[15], Link::Volume, &[value(ISTIOD, MESH, "absent")]),
    row(
        "the mesh ConfigMap of another revision in values",
        &[12, 15],
        Link::MeshVolume,
        &[value(ISTIOD, MESH, "istio-other")],
    ),
    row(
        "the injector's ConfigMap of another revision in values",
        &[12, 15],
        Link::InjectorVolume,
        &[value(ISTIOD, INJECTOR, "istio-sidecar-injector-other")],
    ),
    row("another revision in istiod's values", &[12], Link::MeshVolume, &[value(ISTIOD, "\nrevision: ", "other")]),
    row(
        "another revision in the config cluster's values",
        &[12],
        Link::Revision,
        &[needs(CONFIG, "configCluster: "), value(CONFIG, "\nrevision: ", "other")],
    ),
    row(
        "another revision in a remote cluster's values",
        &[12],
        Link::Revision,
        &[value(REMOTE, "profile: remote\nrevision: ", "other")],
    ),
    row(
        "another port for discoveryAddress in values",
        &[19],
        Link::DiscoveryAddress,
        &[text(ISTIOD, ":15012\n    proxy", ":15010\n    proxy")],
    ),
    row(
        "another host in base's validation URL",
        &[17],
        Link::ValidationGateway,
        &[Edit::Value(part(BASE, "validationURL: https://", ":"), "other.example.com")],
    ),
    row(
        "no validation URL for base",
        &[17],
        Link::WebhookService,
        &[needs(BASE, "validationURL: "), lines(BASE, "base:", 1)],
    ),
    row(
        "another default revision for base",
        &[12],
        Link::WebhookService,
        &[text(
            BASE,
            "defaultRevision: default\nglobal:\n  istioNamespace: istio-system",
            "defaultRevision: other\nglobal:\n  istioNamespace: istio-system",
        )],
    ),
    silent(
        row(
            "a default revision for base on a further remote cluster",
            &[21],
            Link::ConfigOnly,
            &[text(BASE, "defaultRevision: \"\"", "defaultRevision: default")],
        ),
        "nobody applies Istio's configuration to such a cluster",
    ),
    row(
        "configCluster in a further remote cluster's values",
        &[21],
        Link::ConfigOnly,
        &[text(VALUES, FURTHER, "profile: remote\nglobal:\n  configCluster: true\n")],
    ),
    row("another network in istiod's values", &[26], Link::IstiodNetwork, &[value(ISTIOD, "\n  network: ", "other")]),
    row(
        "another network in a primary's values",
        &[26],
        Link::NamespaceNetwork,
        &[value(PRIMARY, "\n  network: ", "other")],
    ),
    row(
        "another istioNamespace in base's values",
        &[11, 41],
        Link::NamespaceFirst,
        &[value(BASE, "istioNamespace: ", "other")],
    ),
    row(
        "another istioNamespace in istiod's values",
        &[11],
        Link::ServiceAccount,
        &[value(ISTIOD, "istioNamespace: ", "other")],
    ),
    row(
        "another istioNamespace in a primary's values",
        &[11],
        Link::ServiceAccount,
        &[needs(PRIMARY, "clusterName: "), value(PRIMARY, "\n  istioNamespace: ", "other")],
    ),
    row(
        "another istioNamespace in the config cluster's values",
        &[11, 23],
        Link::SecretAccount,
        &[needs(CONFIG, "configCluster: "), value(CONFIG, "\n  istioNamespace: ", "other")],
    ),
    silent(
        row(
            "another istioNamespace in a further remote cluster's values",
            &[11],
            Link::ReleaseNamespace,
            &[value(VALUES, "profile: remote\nglobal:\n  istioNamespace: ", "other")],
        ),
        "no template that such a cluster gets asks for it",
    ),
    row(
        "another namespace for istiod's release",
        &[11, 41],
        Link::ReleaseNamespace,
        &[needs(ISTIOD, ""), word("'Install istiod'", "--namespace=", "istio-system")],
    ),
    row("no namespace for a release", &[11, 41], Link::NamespaceFirst, &[needs(BASE, ""), skip("# Home of ")]),
    row(
        "no address for a remote cluster's release",
        &[17, 20],
        Link::WebhookService,
        &[text(INSTALL, "--set=global.remotePilotAddress=", "--set=global.pilotAddress=")],
    ),
    row(
        "the address of a gateway that is no release yet",
        &[17, 41],
        Link::Script,
        &[needs(BASE, ""), word("discover_address ", " istio-system istio-", "ingressgateway")],
    ),
    silent(
        row(
            "two documents for helm",
            &[34],
            Link::Document,
            &[Edit::Append { file: BASE, text: "---\nprofile: remote\n" }],
        ),
        "helm reads the first",
    ),
    row(
        "istiod's release on the config cluster",
        &[41],
        Link::FileContext,
        &[Edit::Copy(
            part(INSTALL, "create-remote-secret --context=", " "),
            part(INSTALL, "'Install istiod'\nhelm upgrade --install istiod istiod --kube-context=", " "),
        )],
    ),
    silent(
        row(
            "a release stays",
            &[35],
            Link::Leftover,
            &[text(UNINSTALL, "helm uninstall istio-base ", "helm uninstall other ")],
        ),
        "install.sh does not call it",
    ),
];
