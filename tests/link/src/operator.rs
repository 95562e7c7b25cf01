//! What istioctl renders from an IstioOperator: the objects that links lead through, with the fields
//! that they look at. `compare` holds it against the real one. Facts are of the charts and profiles of
//! 1.24 to 1.31 (`manifests/` of istio/istio).

mod gateway;
mod helm;
mod istiod;
mod remote;
mod webhook;

use crate::value::{is_true, set, text};
use serde_json::{Value, json};

pub(crate) use helm::gateway_chart;

/// An IstioOperator with what the command line sets in it.
pub(crate) struct Operator {
    spec: Value,
}

impl Operator {
    /// `sets` are pairs of a path, as `--set` has it, and a value.
    pub(crate) fn new(document: &Value, sets: &[(String, String)]) -> Self {
        let mut spec = document.pointer("/spec").cloned().unwrap_or(json!({}));
        for (path, value) in sets {
            let typed = value.parse::<bool>().map_or_else(|_| json!(value), Value::Bool);
            set(&mut spec, path, typed);
        }
        Operator { spec }
    }

    fn text(&self, path: &str) -> &str {
        text(&self.spec, path)
    }

    fn is(&self, path: &str) -> bool {
        is_true(&self.spec, path)
    }

    fn profile(&self) -> &str {
        match self.text("/profile") {
            "" => "default",
            profile => profile,
        }
    }

    fn is_remote(&self) -> bool {
        self.profile() == "remote"
    }

    /// Whether a component is installed, which a profile or the file says.
    fn has(&self, component: &str) -> bool {
        let said = self.spec.pointer(&format!("/components/{component}/enabled")).and_then(Value::as_bool);
        said.unwrap_or(self.profile() != "empty")
    }

    /// Istio's namespace: this wins over the file's own (0.11).
    pub(crate) fn namespace(&self) -> &str {
        match self.text("/values/global/istioNamespace") {
            "" => "istio-system",
            namespace => namespace,
        }
    }

    pub(crate) fn revision(&self) -> &str {
        match self.text("/revision") {
            "" => self.text("/values/revision"),
            revision => revision,
        }
    }

    /// A name with the revision behind it (0.12).
    fn revised(&self, name: &str) -> String {
        revised(name, self.revision())
    }

    /// The objects, without those that no link leads to.
    pub(crate) fn render(&self) -> Vec<Value> {
        let mut objects = Vec::new();
        if self.has("base") {
            objects.push(account(self.namespace(), "istio-reader-service-account"));
            objects.extend(self.default_validator());
        }
        if self.has("pilot") {
            objects.extend(if self.is_remote() { self.remote() } else { self.istiod() });
        }
        objects.extend(self.gateways());
        objects
    }
}

/// `name`, with the revision behind it where there is one.
pub(crate) fn revised(name: &str, revision: &str) -> String {
    if revision.is_empty() { name.to_owned() } else { format!("{name}-{revision}") }
}

fn account(namespace: &str, name: &str) -> Value {
    object("v1", "ServiceAccount", namespace, name, &json!({}))
}

/// An object with `rest` beside its head.
fn object(api: &str, kind: &str, namespace: &str, name: &str, rest: &Value) -> Value {
    let mut object = json!({"apiVersion": api, "kind": kind, "metadata": {"name": name}});
    if !namespace.is_empty() {
        set(&mut object, "metadata.namespace", json!(namespace));
    }
    crate::value::merge(&mut object, rest);
    object
}
