//! `components.pilot.k8s`, laid over what the chart made.

use super::Operator;
use crate::files::yaml;
use crate::value::{list, text};
use serde_json::Value;

impl Operator {
    pub(super) fn overlay(&self, objects: &mut [Value]) {
        let name = self.chart.revised("istiod");
        let is = |it: &&mut Value| text(it, "/kind") == "Deployment" && text(it, "/metadata/name") == name;
        let Some(deployment) = objects.iter_mut().find(is) else {
            return;
        };
        if let Some(all) = deployment.pointer_mut("/spec/template/spec/containers/0/env").and_then(Value::as_array_mut)
        {
            self.environment(all);
        }
        for overlay in list(&self.spec, "/components/pilot/k8s/overlays") {
            // One of another name is skipped silently (0.37).
            if text(overlay, "/kind") == "Deployment" && text(overlay, "/name") == name {
                for patch in list(overlay, "/patches") {
                    lay(deployment, patch);
                }
            }
        }
    }

    /// Variables of `k8s.env` replace those of the chart by name.
    fn environment(&self, all: &mut Vec<Value>) {
        for over in list(&self.spec, "/components/pilot/k8s/env") {
            let mut found = all.iter_mut().filter(|it| text(it, "/name") == text(over, "/name")).peekable();
            if found.peek().is_some() {
                found.for_each(|it| *it = over.clone());
            } else {
                all.push(over.clone());
            }
        }
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
