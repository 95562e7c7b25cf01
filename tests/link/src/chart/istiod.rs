//! istiod itself.

use super::{Chart, account, object};
use crate::value::{at, entries, labels, list, merge};
use serde_json::{Value, json};

impl Chart {
    pub(super) fn istiod(&self) -> Vec<Value> {
        let (namespace, name) = (self.namespace.as_str(), self.revised("istiod"));
        let selector = match self.revision() {
            "" => labels([("app", "istiod"), ("istio", "pilot")]),
            revision => labels([("app", "istiod"), ("istio.io/rev", revision)]),
        };
        let service = json!({"spec": {"selector": selector, "ports": [
            {"name": "grpc-xds", "port": 15010},
            {"name": "https-dns", "port": 15012},
            {"name": "https-webhook", "port": 443, "targetPort": 15017},
            {"name": "http-monitoring", "port": 15014},
        ]}});
        let mut objects = vec![
            account(self.istio_namespace(), &name),
            self.injector_config(),
            self.deployment(&name),
            object("v1", "Service", namespace, &name, &service),
        ];
        if !self.is("/global/operatorManageWebhooks") {
            objects.push(self.injector());
        }
        objects.extend(self.validator());
        objects.extend(self.mesh());
        objects
    }

    /// The mesh's configuration, in a ConfigMap as JSON, which is YAML too.
    pub(super) fn mesh(&self) -> Option<Value> {
        if !self.has_mesh() {
            return None;
        }
        let namespace = self.namespace.as_str();
        // With remotePilotAddress the chart leaves the revision out.
        let local = match self.text("/global/remotePilotAddress") {
            "" => self.revised("istiod"),
            _ => "istiod".to_owned(),
        };
        let mut mesh = json!({
            "rootNamespace": self.istio_namespace(),
            "trustDomain": "cluster.local",
            "defaultConfig": {"discoveryAddress": format!("{local}.{namespace}.svc:15012")},
        });
        let id = self.text("/global/meshID");
        if !id.is_empty() {
            merge(&mut mesh, &json!({"defaultConfig": {"meshId": id}}));
        }
        if let Some(said) = at(&self.values, "/meshConfig") {
            merge(&mut mesh, said);
        }
        let data = json!({"data": {"mesh": mesh.to_string()}});
        Some(object("v1", "ConfigMap", namespace, &self.revised("istio"), &data))
    }

    /// What the injector puts into pods, of which only the values differ between meshes.
    fn injector_config(&self) -> Value {
        let global = |key: &str| self.text(&format!("/global/{key}"));
        let values = json!({"global": {
            "caAddress": global("caAddress"),
            "istioNamespace": self.istio_namespace(),
            "meshID": global("meshID"),
            "network": global("network"),
            "multiCluster": {"clusterName": global("multiCluster/clusterName")},
        }});
        let data = json!({"data": {"values": values.to_string()}});
        object("v1", "ConfigMap", &self.namespace, &self.revised("istio-sidecar-injector"), &data)
    }

    fn deployment(&self, name: &str) -> Value {
        let revision = self.revision();
        let (chosen, pods) = if revision.is_empty() {
            (labels([("istio", "pilot")]), labels([("app", "istiod"), ("istio", "pilot")]))
        } else {
            let chosen = labels([("app", "istiod"), ("istio.io/rev", revision)]);
            (chosen.clone(), chosen)
        };
        let mut deployment = json!({"spec": {
            "selector": {"matchLabels": chosen},
            "template": {
                "metadata": {"labels": pods},
                "spec": {
                    "serviceAccountName": name,
                    "containers": [{"name": "discovery", "env": self.environment(), "volumeMounts": list(&self.values, "/volumeMounts")}],
                    "volumes": list(&self.values, "/volumes"),
                },
            },
        }});
        merge(
            &mut deployment,
            &json!({"spec": {"template": {"metadata": {"labels": {
                "sidecar.istio.io/inject": "false",
            }}}}}),
        );
        object("apps/v1", "Deployment", &self.namespace, name, &deployment)
    }

    fn environment(&self) -> Vec<Value> {
        let variable = |name: &str, value: &str| json!({"name": name, "value": value});
        let chosen = |text: &str, or: &str| if text.is_empty() { or.to_owned() } else { text.to_owned() };
        let mut all = vec![variable("REVISION", &chosen(self.revision(), "default"))];
        let given = "/env";
        all.extend(entries(&self.values, given).map(|(name, value)| variable(name, value)));
        if self.is("/global/externalIstiod") && self.text(&format!("{given}/EXTERNAL_ISTIOD")).is_empty() {
            all.push(variable("EXTERNAL_ISTIOD", "true"));
        }
        all.push(variable("CLUSTER_ID", &chosen(self.text("/global/multiCluster/clusterName"), "Kubernetes")));
        all
    }
}
