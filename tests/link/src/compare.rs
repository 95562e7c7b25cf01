//! What this crate takes for rendered, held against what istioctl and helm render.

use crate::chart::{Release, shows_values};
use crate::operator::Operator;
use crate::value::text;
use serde_json::Value;

/// A place where the two are not the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Kind and name of the object, and the field where there is one.
    pub place: String,
    /// What this crate has; empty where that is nothing.
    pub ours: String,
    /// What the tool has.
    pub theirs: String,
}

/// The kinds of which both sides have to have the same objects.
const KINDS: [&str; 7] = [
    "ServiceAccount",
    "ConfigMap",
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
    "Deployment",
    "Service",
    "EndpointSlice",
];

/// Where what is rendered from an IstioOperator here is not what `istioctl manifest generate` rendered
/// from it: an object that one side lacks, or a field that says something else. Fields that no link
/// leads through are absent here, which is no difference.
pub fn compare(operator: &Value, rendered: &[Value]) -> Vec<Difference> {
    differences(&Operator::new(operator, &[]).render(), rendered)
}

/// As `compare`, for what `helm template` rendered from values and a chart; `None` for a chart that is not
/// known.
pub fn compare_chart(release: &Release, values: &Value, rendered: &[Value]) -> Option<Vec<Difference>> {
    Some(differences(&release.render(values)?, rendered))
}

fn differences(ours: &[Value], rendered: &[Value]) -> Vec<Difference> {
    let counts = |it: &&Value| KINDS.contains(&text(it, "/kind")) && !shows_values(text(it, "/metadata/name"));
    let mut differences = Vec::new();
    let theirs: Vec<&Value> = rendered.iter().filter(counts).collect();
    for object in ours {
        match theirs.iter().find(|it| head(it) == head(object)) {
            Some(found) => within(object, found, &head(object), &mut differences),
            None => differences.push(difference(head(object), "rendered", "")),
        }
    }
    for object in theirs.iter().filter(|it| !ours.iter().any(|ours| head(ours) == head(it))) {
        differences.push(difference(head(object), "", "rendered"));
    }
    differences
}

fn difference(place: String, ours: impl Into<String>, theirs: impl Into<String>) -> Difference {
    Difference { place, ours: ours.into(), theirs: theirs.into() }
}

fn head(object: &Value) -> String {
    let [kind, namespace, name] = ["/kind", "/metadata/namespace", "/metadata/name"].map(|path| text(object, path));
    format!("{kind} {namespace}/{name}")
}

/// Adds every place of `ours` that `theirs` has otherwise.
fn within(ours: &Value, theirs: &Value, place: &str, differences: &mut Vec<Difference>) {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(_)) => {
            for (key, value) in ours {
                let other = theirs.get(key).unwrap_or(&Value::Null);
                within(value, other, &format!("{place} {key}"), differences);
            }
        }
        (Value::Array(ours), Value::Array(theirs)) => list_within(ours, theirs, place, differences),
        (Value::String(text), Value::String(other)) if text != other => {
            // The mesh's configuration and the injector's values are documents inside of a text.
            match (parsed(text), parsed(other)) {
                (Some(ours @ Value::Object(_)), Some(theirs)) => within(&ours, &theirs, place, differences),
                _ => differences.push(difference(place.to_owned(), text, other)),
            }
        }
        // The charts print nothing for what is empty.
        (Value::String(text), Value::Null) if text.is_empty() => {}
        (Value::Array(list), Value::Null) if list.is_empty() => {}
        (ours, theirs) if ours != theirs => {
            differences.push(difference(place.to_owned(), ours.to_string(), theirs.to_string()));
        }
        _ => {}
    }
}

/// Items with a name are held against those of the same name in order, others against that of the same place.
fn list_within(ours: &[Value], theirs: &[Value], place: &str, differences: &mut Vec<Difference>) {
    for (index, item) in ours.iter().enumerate() {
        let name = text(item, "/name");
        let other = if name.is_empty() || !text(item, "/mountPath").is_empty() {
            theirs.iter().find(|it| *it == item).or_else(|| theirs.get(index))
        } else {
            let same = |it: &&Value| text(it, "/name") == name;
            let before = ours.iter().take(index).filter(same).count();
            theirs.iter().filter(same).nth(before)
        };
        let place = format!("{place}[{}]", if name.is_empty() { index.to_string() } else { name.to_owned() });
        match other {
            Some(other) => within(item, other, &place, differences),
            None => differences.push(difference(place, item.to_string(), "")),
        }
    }
}

fn parsed(text: &str) -> Option<Value> {
    crate::files::yaml(text).ok()?.into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::{Difference, compare};
    use serde_json::json;

    #[test]
    fn each_difference_is_told() {
        let operator = json!({"spec": {"profile": "remote", "values": {
            "global": {"istioNamespace": "mesh"},
            "istiodRemote": {"injectionURL": "https://a:1/inject/cluster/b/net/c"},
        }}});
        let mut ours = crate::operator::Operator::new(&operator, &[]).render();
        assert_eq!(compare(&operator, &ours), []);
        let url = ours.last_mut().and_then(|it| it.pointer_mut("/webhooks/1/clientConfig/url"));
        *url.into_iter().next().unwrap_or(&mut json!(null)) = json!("https://b");
        ours.push(json!({"kind": "Service", "metadata": {"namespace": "mesh", "name": "istiod"}}));
        ours.push(json!({"kind": "Role", "metadata": {"name": "not looked at"}}));
        let told = |place: &str, ours: &str, theirs: &str| Difference {
            place: place.to_owned(),
            ours: ours.to_owned(),
            theirs: theirs.to_owned(),
        };
        let webhook = "MutatingWebhookConfiguration /istio-sidecar-injector-mesh \
                       webhooks[rev.object.sidecar-injector.istio.io] clientConfig url";
        assert_eq!(
            compare(&operator, ours.get(1..).unwrap_or_default()),
            [
                told("ServiceAccount mesh/istio-reader-service-account", "rendered", ""),
                told(webhook, "https://a:1/inject/cluster/b/net/c", "https://b"),
                told("Service mesh/istiod", "", "rendered"),
            ]
        );
    }
}
