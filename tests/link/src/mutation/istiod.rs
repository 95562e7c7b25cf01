//! istiod's own pod, and what is mounted into it.

use super::Mutation;
use super::table::{CONFIG, ISTIOD, lines, row, text, value};
use crate::link::Link;

const MESH: &str = "name: config-volume\n              configMap:\n                name: ";
const INJECTOR: &str = "name: inject-volume\n              configMap:\n                name: ";
const SHARED: &str = "name: SHARED_MESH_CONFIG\n          value: ";

pub(super) const ALL: &[Mutation] = &[
    row(
        "a webhook name for istiod where clients take public certificates",
        &[14, 18],
        Link::WebhookNames,
        &[text(
            ISTIOD,
            "name: INJECTION_WEBHOOK_CONFIG_NAME\n          value: \"\"",
            "name: INJECTION_WEBHOOK_CONFIG_NAME\n          value: istio-sidecar-injector",
        )],
    ),
    row(
        "no injection webhook's name where istiod has to patch it",
        &[14, 18],
        Link::WebhookNames,
        &[text(
            ISTIOD,
            "name: INJECTION_WEBHOOK_CONFIG_NAME\n          value: istio-",
            "name: INJECTION_WEBHOOK_CONFIG_NAME\n          value: \"\" #",
        )],
    ),
    row(
        "no validation webhook's name where istiod has to patch it",
        &[14, 18],
        Link::WebhookNames,
        &[text(
            ISTIOD,
            "name: VALIDATION_WEBHOOK_CONFIG_NAME\n          value: istio-",
            "name: VALIDATION_WEBHOOK_CONFIG_NAME\n          value: \"\" #",
        )],
    ),
    row("a mesh ConfigMap that is not there", &[15], Link::Volume, &[value(ISTIOD, MESH, "absent")]),
    row("the mesh ConfigMap of another revision", &[12, 15], Link::MeshVolume, &[value(ISTIOD, MESH, "istio-other")]),
    row(
        "the injector's ConfigMap of another revision",
        &[12, 15],
        Link::InjectorVolume,
        &[value(ISTIOD, INJECTOR, "istio-sidecar-injector-other")],
    ),
    row(
        "the injector's ConfigMap mounted elsewhere",
        &[15],
        Link::InjectorVolume,
        &[value(ISTIOD, "mountPath: /var/lib/istio/inject", "ion")],
    ),
    row(
        "an overlay for a Deployment of another name",
        &[12, 37],
        Link::MeshVolume,
        &[value(ISTIOD, "- kind: Deployment\n          name: ", "istiod-other")],
    ),
    row(
        "a shared mesh configuration that is not there",
        &[12, 16],
        Link::SharedMeshConfig,
        &[value(ISTIOD, SHARED, "absent")],
    ),
    row(
        "no mesh configuration on the config cluster",
        &[16, 21],
        Link::SharedMeshConfig,
        &[value(CONFIG, "configMap: ", "false")],
    ),
    row(
        "webhooks on istiod's own cluster",
        &[22],
        Link::ForeignWebhook,
        &[value(ISTIOD, "operatorManageWebhooks: ", "false")],
    ),
    row("a validator on istiod's own cluster", &[22], Link::ForeignWebhook, &[lines(ISTIOD, "configValidation: ", 0)]),
];
