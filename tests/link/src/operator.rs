//! What istioctl renders from an IstioOperator: what the charts make of its values, its overlays laid
//! over that, and gateways. `compare` holds it against the real one. Facts are of the profiles of 1.15 to
//! 1.31 (`manifests/` of istio/istio).

mod gateway;
mod overlay;

use crate::chart::{Chart, default_tag, istio_namespace};
use crate::value::{at, is_true, set, text};
use serde_json::{Value, json};

/// An IstioOperator with what the command line sets in it.
pub(crate) struct Operator {
    spec: Value,
    chart: Chart,
}

impl Operator {
    /// `sets` are pairs of a path, as `--set` has it, and a value.
    pub(crate) fn new(document: &Value, sets: &[(String, Value)]) -> Self {
        let mut spec = at(document, "/spec").cloned().unwrap_or(json!({}));
        for (path, value) in sets {
            set(&mut spec, path, value.clone());
        }
        let mut values = at(&spec, "/values").cloned().unwrap_or(json!({}));
        // Some values of both charts are outside of `values` here.
        for outside in ["profile", "revision", "meshConfig"] {
            if let Some(said) = spec.get(outside) {
                set(&mut values, outside, said.clone());
            }
        }
        let namespace = istio_namespace(&values).to_owned();
        Operator { spec, chart: Chart::new(&namespace, values) }
    }

    fn text(&self, path: &str) -> &str {
        text(&self.spec, path)
    }

    fn profile(&self) -> &str {
        match self.text("/profile") {
            "" => "default",
            profile => profile,
        }
    }

    /// Whether a component is installed, which a profile or the file says.
    fn has(&self, component: &str) -> bool {
        let said = at(&self.spec, &format!("/components/{component}/enabled")).and_then(Value::as_bool);
        said.unwrap_or(self.profile() != "empty")
    }

    /// Istio's namespace: this wins over the file's own (0.11).
    pub(crate) fn namespace(&self) -> &str {
        self.chart.istio_namespace()
    }

    /// The objects, without those that no link leads to.
    pub(crate) fn render(&self) -> Vec<Value> {
        let mut objects = Vec::new();
        if self.has("base") {
            objects.extend(self.chart.base());
        }
        if self.has("pilot") {
            let mut pilot = self.chart.pilot();
            self.overlay(&mut pilot);
            objects.extend(pilot);
        }
        objects.extend(self.gateways());
        objects
    }

    /// What `istioctl install` makes beside for tag `default`, on a cluster that has none or by a file
    /// without a revision.
    pub(crate) fn default_tag(&self, has_one: bool) -> Vec<Value> {
        let unwanted = has_one && !self.chart.revision().is_empty();
        let managed = is_true(&self.spec, "/values/global/operatorManageWebhooks");
        if unwanted || managed || !self.has("pilot") { Vec::new() } else { default_tag(&self.chart).to_vec() }
    }
}
