//! 0.14 to 0.16, 0.21, 0.22 and 0.37: the pod of istiod, and what the config cluster has beside others.

use super::everywhere;
use crate::documents::{self, list, text};
use serde_json::{Value, json};

#[test]
fn inv_14_webhook_names_are_empty_by_dns_name_and_real_by_ip_address() {
    everywhere(|world| {
        let named = |name: &str| {
            if world.is_dns() { String::new() } else { format!("{}-{}", world.revised(name), world.namespace()) }
        };
        assert_eq!(world.env("INJECTION_WEBHOOK_CONFIG_NAME"), named("istio-sidecar-injector"));
        assert_eq!(world.env("VALIDATION_WEBHOOK_CONFIG_NAME"), named("istio-validator"));
    });
}

/// The patches of istiod's Deployment: path, and the value as data.
fn patches(overlay: &Value) -> Vec<(String, Value)> {
    let patch = |patch: &Value| {
        let value = documents::parse(text(patch, "/value")).unwrap().remove(0);
        (text(patch, "/path").to_owned(), value)
    };
    list(overlay, "/patches").iter().map(patch).collect()
}

#[test]
fn inv_15_istiod_mounts_its_own_configmaps() {
    const VOLUMES: &str = "spec.template.spec.volumes[100]";
    const MOUNTS: &str = "spec.template.spec.containers[0].volumeMounts[100]";
    everywhere(|world| {
        let overlays = list(world.istiod(), "/spec/components/pilot/k8s/overlays");
        assert_eq!(overlays.len(), 1);
        let volume = |name: &str, map: &str| json!({"name": name, "configMap": {"name": world.revised(map)}});
        let mount = |name: &str, path: &str| json!({"name": name, "mountPath": path});
        let expected = [
            (VOLUMES, volume("config-volume", "istio")),
            (VOLUMES, volume("inject-volume", "istio-sidecar-injector")),
            (MOUNTS, mount("config-volume", "/etc/istio/config")),
            (MOUNTS, mount("inject-volume", "/var/lib/istio/inject")),
        ];
        assert_eq!(patches(&overlays[0]), expected.map(|(path, value)| (path.to_owned(), value)));
    });
}

#[test]
fn inv_16_the_mesh_admins_configmap_is_the_config_clusters() {
    everywhere(|world| {
        assert_eq!(world.env("SHARED_MESH_CONFIG"), world.revised("istio"));
        let config = world.remote(&world.config().name);
        assert_eq!(config.pointer("/spec/values/pilot/configMap"), Some(&true.into()));
        assert_eq!(text(config, "/spec/revision"), world.plane().revision);
    });
}

#[test]
fn inv_21_only_the_config_cluster_holds_configuration() {
    everywhere(|world| {
        let revision = match world.plane().revision.as_str() {
            "" => "default",
            revision => revision,
        };
        let config = world.remote(&world.config().name);
        assert_eq!(config.pointer("/spec/values/global/configCluster"), Some(&true.into()));
        assert_eq!(text(config, "/spec/values/defaultRevision"), revision);
        for remote in world.remotes() {
            let remote = world.remote(&remote.name);
            for path in ["/global/configCluster", "/pilot", "/defaultRevision", "/base"] {
                assert_eq!(remote.pointer(&format!("/spec/values{path}")), None, "{path}");
            }
        }
    });
}

#[test]
fn inv_22_istiod_leaves_webhooks_to_the_remote_clusters() {
    everywhere(|world| {
        let global = world.istiod().pointer("/spec/values/global").unwrap();
        assert_eq!(global["operatorManageWebhooks"], true);
        assert_eq!(global["configValidation"], false);
    });
}

#[test]
fn inv_37_the_overlay_names_the_deployment_that_is_there() {
    everywhere(|world| {
        let overlay = &list(world.istiod(), "/spec/components/pilot/k8s/overlays")[0];
        assert_eq!(text(overlay, "/kind"), "Deployment");
        assert_eq!(text(overlay, "/name"), world.revised("istiod"));
        assert_eq!(text(world.istiod(), "/spec/revision"), world.plane().revision);
    });
}
