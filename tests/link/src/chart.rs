//! What Istio's charts make of their values, whoever hands them over: the objects that links lead through,
//! with the fields that they look at. Facts are of the charts of 1.15 to 1.31 (`manifests/charts` of
//! istio/istio).

mod gateway;
mod istiod;
mod remote;
mod webhook;

use crate::value::{at, is_true, merge, set, text};
use serde_json::{Value, json};

pub(crate) use webhook::default_tag;

/// A release of a chart.
#[derive(Clone, Copy, Debug)]
pub struct Release<'a> {
    /// `base`, `istiod`, `cni` or `gateway`.
    pub chart: &'a str,
    /// The release's own name.
    pub name: &'a str,
    /// Where its objects go.
    pub namespace: &'a str,
    /// That of Istio 1.
    pub minor: u32,
}

impl Release<'_> {
    /// The objects, without those that no link leads to; `None` for a chart that is not known.
    pub(crate) fn render(&self, values: &Value) -> Option<Vec<Value>> {
        let chart = |defaults: Value| {
            let mut all = defaults;
            merge(&mut all, values);
            Chart::new(self.namespace, all)
        };
        match self.chart {
            "base" => Some(chart(json!({"defaultRevision": "default"})).base()),
            "istiod" => Some(chart(json!({})).pilot()),
            "cni" => Some(chart(json!({})).cni()),
            "gateway" => Some(gateway::render(self, values).to_vec()),
            _ => None,
        }
    }
}

/// Values of the charts `base` and `istiod`, and the namespace of their releases.
pub(crate) struct Chart {
    namespace: String,
    values: Value,
}

impl Chart {
    pub(crate) fn new(namespace: &str, mut values: Value) -> Self {
        // Values of chart `istiod` may be below `pilot`, where operators have them.
        if let Some(pilot) = values.as_object_mut().and_then(|values| values.remove("pilot")) {
            merge(&mut values, &pilot);
        }
        Chart { namespace: namespace.to_owned(), values }
    }

    /// What chart `base` makes of them.
    pub(crate) fn base(&self) -> Vec<Value> {
        let mut objects = vec![account(self.istio_namespace(), "istio-reader-service-account")];
        objects.extend(self.default_validator());
        objects
    }

    /// What chart `istiod` makes of them.
    pub(crate) fn pilot(&self) -> Vec<Value> {
        if self.is_remote() { self.remote() } else { self.istiod() }
    }

    /// What chart `cni` makes of them.
    fn cni(&self) -> Vec<Value> {
        let namespace = self.namespace.as_str();
        let config = object("v1", "ConfigMap", namespace, "istio-cni-config", &json!({}));
        vec![account(namespace, "istio-cni"), config]
    }

    fn text(&self, path: &str) -> &str {
        text(&self.values, path)
    }

    fn is(&self, path: &str) -> bool {
        is_true(&self.values, path)
    }

    fn is_remote(&self) -> bool {
        // Called so up to 1.15.
        matches!(self.text("/profile"), "remote" | "external")
    }

    /// Whether there is a ConfigMap of the mesh.
    fn has_mesh(&self) -> bool {
        at(&self.values, "/configMap").and_then(Value::as_bool).unwrap_or(!self.is_remote())
    }

    /// Istio's namespace, as the values say. A part of the templates asks for this one.
    pub(crate) fn istio_namespace(&self) -> &str {
        istio_namespace(&self.values)
    }

    pub(crate) fn revision(&self) -> &str {
        self.text("/revision")
    }

    /// A name with the revision behind it (0.12).
    pub(crate) fn revised(&self, name: &str) -> String {
        revised(name, self.revision())
    }
}

/// Whether a ConfigMap of this name only shows the charts' values, in releases that have it.
pub(crate) fn shows_values(name: &str) -> bool {
    name == "values" || name.starts_with("values-")
}

/// Istio's namespace, by the charts' values.
pub(crate) fn istio_namespace(values: &Value) -> &str {
    match text(values, "/global/istioNamespace") {
        "" => "istio-system",
        namespace => namespace,
    }
}

/// `name`, with the revision behind it where there is one.
fn revised(name: &str, revision: &str) -> String {
    if revision.is_empty() { name.to_owned() } else { format!("{name}-{revision}") }
}

pub(crate) fn account(namespace: &str, name: &str) -> Value {
    object("v1", "ServiceAccount", namespace, name, &json!({}))
}

/// An object with `rest` beside its head.
pub(crate) fn object(api: &str, kind: &str, namespace: &str, name: &str, rest: &Value) -> Value {
    let mut object = json!({"apiVersion": api, "kind": kind, "metadata": {"name": name}});
    if !namespace.is_empty() {
        set(&mut object, "metadata.namespace", json!(namespace));
    }
    merge(&mut object, rest);
    object
}
