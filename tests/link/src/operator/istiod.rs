//! istiod itself.

use super::{Operator, account, object};
use crate::files::yaml;
use crate::value::{entries, labels, list, merge, text};
use serde_json::{Value, json};

impl Operator {
    pub(super) fn istiod(&self) -> Vec<Value> {
        let (namespace, name) = (self.namespace(), self.revised("istiod"));
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
            account(namespace, &name),
            self.mesh(),
            self.injector_config(),
            self.deployment(&name),
            object("v1", "Service", namespace, &name, &service),
        ];
        if !self.is("/values/global/operatorManageWebhooks") {
            objects.push(self.injector());
        }
        objects.extend(self.validator());
        objects
    }

    /// The mesh's configuration, in a ConfigMap as JSON, which is YAML too.
    pub(super) fn mesh(&self) -> Value {
        let namespace = self.namespace();
        // With remotePilotAddress the chart leaves the revision out.
        let local = match self.text("/values/global/remotePilotAddress") {
            "" => self.revised("istiod"),
            _ => "istiod".to_owned(),
        };
        let mut mesh = json!({
            "rootNamespace": namespace,
            "trustDomain": "cluster.local",
            "defaultConfig": {"discoveryAddress": format!("{local}.{namespace}.svc:15012")},
        });
        let id = self.text("/values/global/meshID");
        if !id.is_empty() {
            merge(&mut mesh, &json!({"defaultConfig": {"meshId": id}}));
        }
        if let Some(said) = self.spec.pointer("/meshConfig") {
            merge(&mut mesh, said);
        }
        let data = json!({"data": {"mesh": mesh.to_string()}});
        object("v1", "ConfigMap", namespace, &self.revised("istio"), &data)
    }

    /// What the injector puts into pods, of which only the values differ between meshes.
    fn injector_config(&self) -> Value {
        let global = |key: &str| self.text(&format!("/values/global/{key}"));
        let values = json!({"global": {
            "caAddress": global("caAddress"),
            "istioNamespace": self.namespace(),
            "meshID": global("meshID"),
            "network": global("network"),
            "multiCluster": {"clusterName": global("multiCluster/clusterName")},
        }});
        let data = json!({"data": {"values": values.to_string()}});
        object("v1", "ConfigMap", self.namespace(), &self.revised("istio-sidecar-injector"), &data)
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
                    "containers": [{"name": "discovery", "env": self.environment(), "volumeMounts": []}],
                    "volumes": [],
                },
            },
        }});
        merge(
            &mut deployment,
            &json!({"spec": {"template": {"metadata": {"labels": {
                "sidecar.istio.io/inject": "false",
            }}}}}),
        );
        for overlay in list(&self.spec, "/components/pilot/k8s/overlays") {
            // One of another name is skipped silently (0.37).
            if text(overlay, "/kind") == "Deployment" && text(overlay, "/name") == name {
                for patch in list(overlay, "/patches") {
                    lay(&mut deployment, patch);
                }
            }
        }
        object("apps/v1", "Deployment", self.namespace(), name, &deployment)
    }

    /// The chart's variables, then those of `k8s.env`, which replace them by name.
    fn environment(&self) -> Vec<Value> {
        let variable = |name: &str, value: &str| json!({"name": name, "value": value});
        let chosen = |text: &str, or: &str| if text.is_empty() { or.to_owned() } else { text.to_owned() };
        let mut all = vec![variable("REVISION", &chosen(self.revision(), "default"))];
        let given = "/values/pilot/env";
        all.extend(entries(&self.spec, given).map(|(name, value)| variable(name, value)));
        if self.is("/values/global/externalIstiod") && self.text(&format!("{given}/EXTERNAL_ISTIOD")).is_empty() {
            all.push(variable("EXTERNAL_ISTIOD", "true"));
        }
        all.push(variable("CLUSTER_ID", &chosen(self.text("/values/global/multiCluster/clusterName"), "Kubernetes")));
        for over in list(&self.spec, "/components/pilot/k8s/env") {
            let mut found = all.iter_mut().filter(|it| text(it, "/name") == text(over, "/name")).peekable();
            if found.peek().is_some() {
                found.for_each(|it| *it = over.clone());
            } else {
                all.push(over.clone());
            }
        }
        all
    }
}

/// Lays one patch over an object. `a.b[0].c` is its path; an index past the end adds to the list.
fn lay(object: &mut Value, patch: &Value) {
    let value = patch.pointer("/value").cloned().unwrap_or_default();
    let parsed = value.as_str().and_then(|text| yaml(text).ok()).and_then(|found| found.into_iter().next());
    let mut place = object;
    for part in text(patch, "/path").split('.') {
        let (name, index) = part
            .trim_end_matches(']')
            .split_once('[')
            .map_or((part, None), |(name, index)| (name, index.parse::<usize>().ok()));
        let Some(inside) = place.get_mut(name) else {
            return;
        };
        place = match (index, inside) {
            (None, inside) => inside,
            (Some(index), Value::Array(list)) => {
                if index >= list.len() {
                    list.push(Value::Null);
                }
                let index = index.min(list.len().saturating_sub(1));
                let Some(item) = list.get_mut(index) else {
                    return;
                };
                item
            }
            (Some(_), _) => return,
        };
    }
    *place = parsed.unwrap_or(value);
}
