//! Webhook configurations.

use super::{Chart, object, revised};
use crate::value::{at, labels, text};
use serde_json::{Value, json};

impl Chart {
    /// The webhooks that inject pods: two with a revision, four without.
    pub(super) fn injector(&self) -> Value {
        let (namespace, revision) = (self.namespace.as_str(), self.revision());
        let name = match namespace {
            "istio-system" => self.revised("istio-sidecar-injector"),
            _ => format!("{}-{namespace}", self.revised("istio-sidecar-injector")),
        };
        let client = match self.text("/istiodRemote/injectionURL") {
            "" => {
                let path = match self.text("/istiodRemote/injectionPath") {
                    "" => "/inject",
                    path => path,
                };
                json!({"service": {"name": self.revised("istiod"), "namespace": namespace, "path": path, "port": 443}})
            }
            url => json!({ "url": url }),
        };
        let label = if revision.is_empty() { "default" } else { revision };
        let rest = json!({"metadata": {"labels": labels([("istio.io/rev", label)])},
            "webhooks": webhooks(&client, label, revision.is_empty())});
        object("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", "", &name, &rest)
    }

    /// The validator that belongs to a revision.
    pub(super) fn validator(&self) -> Option<Value> {
        let wanted = at(&self.values, "/global/configValidation").and_then(Value::as_bool);
        let name = format!("{}-{}", self.revised("istio-validator"), self.istio_namespace());
        let made = || self.validating(&name, "rev.validation.istio.io", &self.revised("istiod"));
        wanted.unwrap_or(true).then(made)
    }

    /// The validator of what names no revision.
    pub(super) fn default_validator(&self) -> Option<Value> {
        let service = match self.text("/defaultRevision") {
            "" => return None,
            "default" => "istiod".to_owned(),
            revision => revised("istiod", revision),
        };
        Some(self.validating("istiod-default-validator", "validation.istio.io", &service))
    }

    fn validating(&self, name: &str, webhook: &str, service: &str) -> Value {
        let client = match self.text("/base/validationURL") {
            "" => json!({"service": {"name": service, "namespace": self.istio_namespace(), "path": "/validate"}}),
            url => json!({ "url": url }),
        };
        validating(name, webhook, &client)
    }
}

/// What `istioctl install` makes beside a chart's release for tag `default`: the webhooks once more, and
/// their validator (istioctl/pkg/tag/generate.go).
pub(crate) fn default_tag(chart: &Chart) -> [Value; 2] {
    let injector = chart.injector();
    let client = injector.pointer("/webhooks/0/clientConfig").cloned().unwrap_or_default();
    let name = match chart.namespace.as_str() {
        "istio-system" => "istio-revision-tag-default".to_owned(),
        namespace => format!("istio-revision-tag-default-{namespace}"),
    };
    let label = if chart.revision().is_empty() { "default" } else { chart.revision() };
    let rest = json!({"metadata": {"labels": labels([("istio.io/rev", label), ("istio.io/tag", "default")])},
        "webhooks": webhooks(&client, "default", true)});
    let tag = object("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", "", &name, &rest);
    let asked = match text(&client, "/url") {
        "" => json!({"service": {
            "name": chart.revised("istiod"), "namespace": chart.namespace.as_str(), "path": "/validate",
        }}),
        url => {
            let host = url.strip_prefix("https://").and_then(|url| url.split('/').next()).unwrap_or_default();
            json!({"url": format!("https://{host}/validate")})
        }
    };
    [tag, validating("istiod-default-validator", "validation.istio.io", &asked)]
}

fn validating(name: &str, webhook: &str, client: &Value) -> Value {
    let rest = json!({"webhooks": [{"name": webhook, "clientConfig": client}]});
    object("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", "", name, &rest)
}

/// The webhooks for a revision or a tag: those that are asked by that name and, for the default one, those
/// that no name asks for.
fn webhooks(client: &Value, label: &str, default: bool) -> Vec<Value> {
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
    if default {
        webhooks.push(webhook("namespace", &[is(injection, "enabled")], &[allowed]));
        let pods = [is("sidecar.istio.io/inject", "true"), absent(rev)];
        webhooks.push(webhook("object", &[absent(injection), absent(rev)], &pods));
    }
    webhooks
}
