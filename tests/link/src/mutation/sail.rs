//! Resources of the Sail operator: what can be wrong in them otherwise than in an IstioOperator or in values.

use super::table::{INSTALL, lines, needs, rendered, row, skip, text, value, word};
use super::{Edit, Mutation};
use crate::link::Link;

const ISTIO: &str = "*-istio-*.yaml";
/// What only such a resource says.
const KIND: Edit = needs(ISTIO, "kind: Istio\n");
const MESH: &str = "- name: config-volume\n        configMap:\n          name: ";

const fn sail(name: &'static str, invariants: &'static [u8], breaks: Link, edits: &'static [Edit]) -> Mutation {
    rendered(row(name, invariants, breaks, edits), "the lab has no image of the operator")
}

pub(super) const ALL: &[Mutation] = &[
    sail(
        "another name for the resource of istiod",
        &[13],
        Link::Volume,
        &[
            text(
                ISTIO,
                "name: external-istiod\nspec:\n  version: v1.30.3\n  namespace: external-istiod\n  profile: empty",
                "name: other\nspec:\n  version: v1.30.3\n  namespace: external-istiod\n  profile: empty",
            ),
            word("'Install istiod'", " istios/", "other"),
        ],
    ),
    sail(
        "another name for the config cluster's resource",
        &[13, 23],
        Link::SecretAccount,
        &[
            text(
                ISTIO,
                "name: external-istiod\nspec:\n  version: v1.30.3\n  namespace: external-istiod\n  profile: remote",
                "name: other\nspec:\n  version: v1.30.3\n  namespace: external-istiod\n  profile: remote",
            ),
            word("=Reconciled", " istios/", "other"),
        ],
    ),
    sail(
        "no account for istiods elsewhere",
        &[40],
        Link::SecretAccount,
        &[needs(ISTIO, "name: stable\n"), skip("'See to the account that istiod reads by'")],
    ),
    sail("another release in a resource", &[32], Link::Release, &[KIND, value(ISTIO, "  version: v", "1.29.0")]),
    sail(
        "a wait for an istiod that is not there yet",
        &[41],
        Link::Script,
        &[text(INSTALL, "condition=Reconciled", "condition=Ready")],
    ),
    sail(
        "another istioNamespace in a resource",
        &[11],
        Link::Script,
        &[KIND, value(ISTIO, "      istioNamespace: ", "other")],
    ),
    sail(
        "CLUSTER_ID in a resource beside the chart's own",
        &[4],
        Link::ClusterIdOnce,
        &[text(ISTIO, "      env:\n        INJECTION", "      env:\n        CLUSTER_ID: other\n        INJECTION")],
    ),
    sail(
        "clusterName in a resource after the external cluster",
        &[3],
        Link::ClusterId,
        &[text(
            ISTIO,
            "clusterName: cluster2\n      network: network1\n    pilot:\n      enabled",
            "clusterName: cluster1\n      network: network1\n    pilot:\n      enabled",
        )],
    ),
    sail(
        "the shared mesh configuration of no revision in a resource",
        &[12, 16],
        Link::SharedMeshConfig,
        &[KIND, value(ISTIO, "        SHARED_MESH_CONFIG: ", "istio")],
    ),
    sail(
        "no injection webhook's name in a resource",
        &[14, 18],
        Link::WebhookNames,
        &[text(
            ISTIO,
            "        INJECTION_WEBHOOK_CONFIG_NAME: istio-",
            "        INJECTION_WEBHOOK_CONFIG_NAME: \"\" #",
        )],
    ),
    sail(
        "a mesh ConfigMap in a resource that is not there",
        &[15],
        Link::Volume,
        &[KIND, value(ISTIO, MESH, "absent")],
    ),
    sail(
        "a resource that makes webhooks on istiod's own cluster",
        &[22],
        Link::ForeignWebhook,
        &[KIND, lines(ISTIO, "      operatorManageWebhooks: true", 0)],
    ),
    sail(
        "no configCluster in a resource",
        &[21, 23],
        Link::SecretAccount,
        &[KIND, lines(ISTIO, "      configCluster: true", 0)],
    ),
    sail(
        "another cluster in a resource's injection path",
        &[1, 2],
        Link::InjectedCluster,
        &[KIND, value(ISTIO, "      injectionPath: /inject/cluster/", "other/net/network1")],
    ),
    sail(
        "no address laid into a resource",
        &[17, 20],
        Link::WebhookService,
        &[text(INSTALL, "{\"remotePilotAddress\":", "{\"pilotAddress\":")],
    ),
    sail(
        "a resource stays",
        &[35],
        Link::Leftover,
        &[text("uninstall.sh", "cluster2/10-istio-external-istiod.yaml", "cluster2/05-namespace-external-istiod.yaml")],
    ),
];
