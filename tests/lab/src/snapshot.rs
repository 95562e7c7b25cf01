//! All that the API servers hold, to be compared with what they hold later.

use crate::cluster::Cluster;
use crate::kube::Kube;
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// What changes by itself.
const VOLATILE: [&str; 4] = ["events", "leases", "componentstatuses", "endpoints"];

/// An object's cluster, resource, and place in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) cluster: String,
    /// As in `deployments.apps`.
    pub(crate) resource: String,
    pub(crate) namespace: String,
    pub(crate) name: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { cluster, resource, namespace, name } = self;
        let slash = if namespace.is_empty() { "" } else { "/" };
        write!(f, "{cluster}: {resource} {namespace}{slash}{name}")
    }
}

/// All objects.
#[derive(Debug, Clone, Default)]
pub(crate) struct Snapshot {
    objects: BTreeMap<Place, Value>,
}

impl Snapshot {
    /// What these clusters hold now.
    pub(crate) fn take(clusters: &[Arc<Cluster>]) -> Result<Snapshot> {
        let mut objects = BTreeMap::new();
        for cluster in clusters {
            for (path, resource) in resources(&cluster.kube)? {
                for mut object in cluster.kube.list(&path)? {
                    let text = |pointer| object.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
                    let place = Place {
                        cluster: cluster.name.clone(),
                        resource: resource.clone(),
                        namespace: text("/metadata/namespace"),
                        name: text("/metadata/name"),
                    };
                    still(&mut object, &resource);
                    objects.insert(place, object);
                }
            }
        }
        Ok(Snapshot { objects })
    }

    /// What is different `later`, a line each, but for what may be.
    pub(crate) fn compare(&self, later: &Snapshot, may: impl Fn(&Place) -> bool) -> Vec<String> {
        let mut different = Vec::new();
        for (place, object) in self.objects.iter().filter(|(place, _)| !may(place)) {
            match later.objects.get(place) {
                None => different.push(format!("{place} is gone")),
                Some(now) => {
                    changes("", object, now, &mut |path| different.push(format!("{place} has another {path}")));
                }
            }
        }
        let new = later.objects.keys().filter(|place| !self.objects.contains_key(place) && !may(place));
        different.extend(new.map(|place| format!("{place} is new")));
        different
    }
}

/// The list of each kind, with the kind's name.
fn resources(kube: &Kube) -> Result<Vec<(String, String)>> {
    let mut groups = vec![("/api/v1".to_owned(), String::new())];
    let list = kube.get("/apis")?;
    for group in list.get("groups").and_then(Value::as_array).context("/apis lists no groups")? {
        let text = |pointer| group.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
        groups.push((format!("/apis/{}", text("/preferredVersion/groupVersion")), format!(".{}", text("/name"))));
    }
    let mut found = Vec::new();
    for (path, group) in groups {
        let list = kube.get(&path)?;
        for resource in list.get("resources").and_then(Value::as_array).into_iter().flatten() {
            let name = resource.get("name").and_then(Value::as_str).unwrap_or_default();
            let verbs = resource.get("verbs").and_then(Value::as_array);
            let listed = verbs.is_some_and(|verbs| verbs.iter().any(|verb| verb == "list"));
            if listed && !VOLATILE.contains(&name) {
                found.push((format!("{path}/{name}"), format!("{name}{group}")));
            }
        }
    }
    Ok(found)
}

/// Takes away what changes without a change: versions, owners of fields, status, and who leads.
fn still(object: &mut Value, resource: &str) {
    if let Some(object) = object.as_object_mut() {
        object.remove("status");
    }
    if resource == "validatingwebhookconfigurations.admissionregistration.k8s.io" {
        validator(object);
    }
    let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) else { return };
    metadata.remove("managedFields");
    metadata.remove("resourceVersion");
    // istioctl applies webhooks as its charts have them, and istiod puts its CA into them again.
    if resource.ends_with("webhookconfigurations.admissionregistration.k8s.io") {
        metadata.remove("generation");
    }
    if let Some(annotations) = metadata.get_mut("annotations").and_then(Value::as_object_mut) {
        annotations.remove("control-plane.alpha.kubernetes.io/leader");
    }
}

/// Takes away of what validates that which others than the scripts decide.
fn validator(object: &mut Value) {
    // With a revision, istioctl makes this one twice: from the base chart, and for the tag `default` where
    // there is no such tag yet. So it is the tag's after one install.sh and the chart's after two. Both
    // lead to the same istiod; they differ in labels, and in which objects they leave to others.
    let is_default = object.pointer("/metadata/name").is_some_and(|name| name == "istiod-default-validator");
    if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut).filter(|_| is_default) {
        metadata.remove("labels");
    }
    for webhook in object.get_mut("webhooks").and_then(Value::as_array_mut).into_iter().flatten() {
        // istiod sees to these once it finds that they reach it, which may be after install.sh.
        if let Some(client) = webhook.get_mut("clientConfig").and_then(Value::as_object_mut) {
            client.remove("caBundle");
        }
        if let Some(webhook) = webhook.as_object_mut() {
            webhook.remove("failurePolicy");
            if is_default {
                webhook.remove("objectSelector");
            }
        }
    }
}

/// Tells the path of each part that differs.
fn changes(path: &str, before: &Value, now: &Value, tell: &mut impl FnMut(String)) {
    match (before, now) {
        (Value::Object(before), Value::Object(now)) => {
            for key in before.keys().chain(now.keys().filter(|key| !before.contains_key(*key))) {
                let part = |object: &serde_json::Map<String, Value>| object.get(key).cloned().unwrap_or_default();
                changes(&format!("{path}.{key}"), &part(before), &part(now), tell);
            }
        }
        (Value::Array(before), Value::Array(now)) if before.len() == now.len() => {
            for (index, (before, now)) in before.iter().zip(now).enumerate() {
                changes(&format!("{path}[{index}]"), before, now, tell);
            }
        }
        _ if before == now => {}
        _ => tell(format!("{path}: {} instead of {}", short(now), short(before))),
    }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() > 80 { format!("{}…", text.chars().take(80).collect::<String>()) } else { text }
}
