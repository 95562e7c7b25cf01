//! Webhook configurations.

use super::{Operator, object, revised};
use serde_json::{Value, json};

impl Operator {
    /// The webhooks that inject pods: two with a revision, four without.
    pub(super) fn injector(&self) -> Value {
        let (namespace, revision) = (self.namespace(), self.revision());
        let name = match namespace {
            "istio-system" => self.revised("istio-sidecar-injector"),
            _ => format!("{}-{namespace}", self.revised("istio-sidecar-injector")),
        };
        let client = match self.text("/values/istiodRemote/injectionURL") {
            "" => {
                let path = match self.text("/values/istiodRemote/injectionPath") {
                    "" => "/inject",
                    path => path,
                };
                json!({"service": {"name": self.revised("istiod"), "namespace": namespace, "path": path, "port": 443}})
            }
            url => json!({ "url": url }),
        };
        let label = if revision.is_empty() { "default" } else { revision };
        let webhook = |prefix: &str, namespaces: &[Value], pods: &[Value]| {
            json!({
                "name": format!("{prefix}.sidecar-injector.istio.io"),
                "clientConfig": client,
                "namespaceSelector": {"matchExpressions": namespaces},
                "objectSelector": {"matchExpressions": pods},
            })
        };
        let is = |key: &str, value: &str| json!({"key": key, "operator": "In", "values": [value]});
        let absent = |key: &str| json!({"key": key, "operator": "DoesNotExist"});
        let allowed = json!({"key": "sidecar.istio.io/inject", "operator": "NotIn", "values": ["false"]});
        let (rev, injection) = ("istio.io/rev", "istio-injection");
        let mut webhooks = vec![
            webhook("rev.namespace", &[is(rev, label), absent(injection)], std::slice::from_ref(&allowed)),
            webhook("rev.object", &[absent(rev), absent(injection)], &[allowed.clone(), is(rev, label)]),
        ];
        if revision.is_empty() {
            webhooks.push(webhook("namespace", &[is(injection, "enabled")], &[allowed]));
            let pods = [is("sidecar.istio.io/inject", "true"), absent(rev)];
            webhooks.push(webhook("object", &[absent(injection), absent(rev)], &pods));
        }
        let rest = json!({"metadata": {"labels": {"istio.io/rev": label}}, "webhooks": webhooks});
        object("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", "", &name, &rest)
    }

    /// The validator that belongs to a revision.
    pub(super) fn validator(&self) -> Option<Value> {
        let wanted = self.spec.pointer("/values/global/configValidation").and_then(Value::as_bool);
        let name = format!("{}-{}", self.revised("istio-validator"), self.namespace());
        let made = || self.validating(&name, "rev.validation.istio.io", &self.revised("istiod"));
        wanted.unwrap_or(true).then(made)
    }

    /// The validator of what names no revision.
    pub(super) fn default_validator(&self) -> Option<Value> {
        let service = match self.text("/values/defaultRevision") {
            "" => return None,
            "default" => "istiod".to_owned(),
            revision => revised("istiod", revision),
        };
        Some(self.validating("istiod-default-validator", "validation.istio.io", &service))
    }

    fn validating(&self, name: &str, webhook: &str, service: &str) -> Value {
        let client = match self.text("/values/base/validationURL") {
            "" => json!({"service": {"name": service, "namespace": self.namespace(), "path": "/validate"}}),
            url => json!({ "url": url }),
        };
        let rest = json!({"webhooks": [{"name": webhook, "clientConfig": client}]});
        object("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", "", name, &rest)
    }
}
