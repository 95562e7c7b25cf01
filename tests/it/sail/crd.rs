//! The resources against the operator's own CRDs, strictly: a field that the schema does not have is refused.

use crate::documents::{self, text};
use crate::{case, sail};
use serde_json::{Map, Value};
use std::fs;
use std::path::{Path, PathBuf};

/// Every place of a value that a schema refuses.
fn refused(value: &Value, schema: &Value, path: &str) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(choices) = schema.get("enum").and_then(Value::as_array)
        && !choices.contains(value)
    {
        found.push(format!("{path}: {value} is no choice"));
    }
    let is = matches!(
        (text(schema, "/type"), value),
        ("", _)
            | ("object", Value::Object(_))
            | ("array", Value::Array(_))
            | ("string", Value::String(_))
            | ("boolean", Value::Bool(_))
            | ("integer" | "number", Value::Number(_))
    );
    if !is {
        found.push(format!("{path}: {value} is no {}", text(schema, "/type")));
    }
    for name in documents::list(schema, "/required").iter().filter_map(Value::as_str) {
        if value.get(name).is_none() {
            found.push(format!("{path}/{name}: is needed"));
        }
    }
    let none = Map::new();
    let known = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
    let free = schema.get("x-kubernetes-preserve-unknown-fields") == Some(&Value::Bool(true));
    for (name, inner) in value.as_object().unwrap_or(&none) {
        let path = format!("{path}/{name}");
        match known.get(name).or_else(|| schema.get("additionalProperties")) {
            Some(schema) => found.extend(refused(inner, schema, &path)),
            None if free => {}
            None => found.push(format!("{path}: unknown field")),
        }
    }
    for inner in value.as_array().into_iter().flatten() {
        found.extend(refused(inner, &schema["items"], &format!("{path}[]")));
    }
    found
}

fn data() -> Option<PathBuf> {
    let folder = case::root().join("../shared/reference/istio/data");
    if !folder.is_dir() {
        println!("skipped: no {}, where the operator's CRDs are", folder.display());
        return None;
    }
    Some(folder)
}

fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    documents::parse(&text).unwrap().remove(0)
}

/// The schema of a kind, of a release of the operator.
fn schema(data: &Path, operator: &str, kind: &str) -> Value {
    let plural = format!("{}s", kind.to_lowercase());
    let crd = read(&data.join(format!("schema/sail-operator/{operator}/sailoperator.io_{plural}.yaml")));
    let versions = documents::list(&crd, "/spec/versions");
    let mut schema = versions.iter().find(|it| it["name"] == "v1").unwrap()["schema"]["openAPIV3Schema"].clone();
    // The API server looks at every object's metadata itself.
    schema["properties"]["metadata"] = serde_json::json!({"x-kubernetes-preserve-unknown-fields": true});
    schema
}

#[test]
fn every_resource_is_what_the_operators_crds_take() {
    let Some(data) = data() else {
        return;
    };
    let kinds = ["Istio", "IstioCNI"];
    let all = ["1.30.3", "head", "1.0.0"].map(|operator| (operator, kinds.map(|kind| schema(&data, operator, kind))));
    let mut looked = 0;
    for case in sail::cases() {
        for document in sail::resources(&sail::documents(&case.draft)) {
            let kind = text(&document.value, "/kind");
            let number = kinds.iter().position(|it| *it == kind).unwrap_or_else(|| panic!("{kind}"));
            // OpenShift Service Mesh 3.0 has the first release.
            let old = case.name.starts_with("openshift");
            for (operator, schemas) in all.iter().filter(|(operator, _)| old || *operator != "1.0.0") {
                let refused = refused(&document.value, &schemas[number], "");
                assert!(refused.is_empty(), "{}, {operator}: {kind} of {}: {refused:#?}", case.name, document.cluster);
                looked += 1;
            }
            let namespace = document.value.pointer("/spec/values/global/istioNamespace");
            assert!(namespace.is_none_or(|it| *it == document.value["spec"]["namespace"]), "as the CRD's rule has it");
        }
    }
    assert!(looked > 100, "{looked}");
}

/// What the guides print is refused where it is wrong (3-1, 10.1), and nowhere else.
#[test]
fn the_schema_finds_what_the_guides_have_wrong() {
    let Some(data) = data() else {
        return;
    };
    let wrong = |path: &str, operator: &str| {
        let value = read(&data.join(path));
        refused(&value, &schema(&data, operator, "Istio"), "")
    };
    let printed = "ossm3/external-control-plane/as-printed/control-plane-cluster/01-istio.default.yaml";
    assert_eq!(wrong(printed, "1.0.0"), ["/spec/value: unknown field"]);
    let head = "sail-operator/head/external-control-plane/cluster1/01-istio.default.yaml";
    assert_eq!(wrong(head, "head"), ["/spec/global: unknown field"]);
    let right = "sail-operator/head/external-control-plane/cluster2/01-istio.external-istiod.yaml";
    assert_eq!(wrong(right, "head"), Vec::<String>::new());
}

/// The releases that the operator's CRDs name are those that version.rs has, from 1.24 on.
#[test]
fn the_operators_releases_are_known() {
    let Some(data) = data() else {
        return;
    };
    let schema = schema(&data, "1.30.3", "Istio");
    let named = documents::list(&schema, "/properties/spec/properties/version/enum");
    for facts in &meshwright_core::version::ALL {
        let prefix = format!("v{}.", facts.minor);
        let mut patches: Vec<u32> =
            named.iter().filter_map(|it| it.as_str()?.strip_prefix(&prefix)?.parse().ok()).collect();
        patches.sort_unstable();
        let known = facts.sail.map_or_else(Vec::new, |[first, last]| (first..=last).collect());
        let wanted = if facts.minor < "1.24" { Vec::new() } else { patches };
        assert_eq!(known, wanted, "{}", facts.minor);
    }
}
