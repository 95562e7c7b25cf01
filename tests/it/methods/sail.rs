//! What the Sail operator gets is what Helm gets, where its resource has it: the mapping from the resource's CRD,
//! by which the charts' values of its own are below `pilot`.

use crate::documents::{Document, text};
use crate::sail;
use meshwright_core::draft::Draft;
use serde_json::{Map, Value, json};

fn helm(draft: &Draft) -> Vec<Document> {
    let mut draft = draft.clone();
    draft.install_by("helm");
    // What differs there is not in the charts' values.
    draft.clusters.iter_mut().filter(|it| it.platform == "openshift").for_each(|it| it.platform.clear());
    sail::documents(&draft)
}

/// What a resource has to say where Helm's values for chart `istiod` are these.
fn resource(values: &Value) -> (String, Option<Value>, Value) {
    let mut values = values.as_object().unwrap().clone();
    let (revision, profile) = (values.remove("revision"), values.remove("profile"));
    let mut pilot = Map::new();
    for below in ["configMap", "env", "volumes", "volumeMounts"] {
        if let Some(value) = values.remove(below) {
            pilot.insert(below.to_owned(), value);
        }
    }
    // An istiod outside of its mesh: the operator's profile without anything, and that has to say so.
    let outside = pilot.contains_key("volumes");
    if outside {
        pilot.insert("enabled".to_owned(), json!(true));
    }
    if !pilot.is_empty() {
        values.insert("pilot".to_owned(), pilot.into());
    }
    let name = revision.as_ref().and_then(Value::as_str).unwrap_or("default").to_owned();
    (name, if outside { Some(json!("empty")) } else { profile }, values.into())
}

#[test]
fn sail_gets_the_values_that_helm_gets() {
    for case in sail::cases() {
        println!("case {}", case.name);
        let (ours, theirs) = (sail::documents(&case.draft), helm(&case.draft));
        let istios: Vec<&Document> = ours.iter().filter(|it| it.value["kind"] == "Istio").collect();
        let charts = theirs.iter().filter(|it| it.stem == "istiod-values" || it.stem.starts_with("istiod-external"));
        let charts: Vec<&Document> = charts.collect();
        assert_eq!(istios.len(), charts.len());
        assert!(!istios.is_empty());
        for (istio, chart) in istios.iter().zip(charts) {
            let (name, profile, values) = resource(&chart.value);
            let spec = &istio.value["spec"];
            assert_eq!((&istio.cluster, text(&istio.value, "/metadata/name")), (&chart.cluster, name.as_str()));
            assert_eq!(spec["values"], values, "{}", istio.stem);
            assert_eq!(spec.get("profile"), profile.as_ref(), "{}", istio.stem);
            assert_eq!(spec["namespace"], values["global"]["istioNamespace"]);
        }
    }
}

/// All that is neither a resource nor values of what it installs is the same file, but for its number.
#[test]
fn all_but_the_operators_own_is_helms_too() {
    let rest = |documents: Vec<Document>| -> Vec<(String, String, Value)> {
        let others = documents.into_iter().filter(|it| {
            let charts = ["base-values", "istiod-values"].contains(&it.stem.as_str());
            let cni = it.stem == "namespace-istio-cni";
            !charts && !cni && !it.stem.starts_with("istiod-external") && !it.stem.starts_with("istio-default")
        });
        let others = others.filter(|it| !text(&it.value, "/apiVersion").starts_with("sailoperator.io/"));
        others.map(|it| (it.cluster, it.stem, it.value)).collect()
    };
    for case in sail::cases() {
        assert_eq!(rest(sail::documents(&case.draft)), rest(helm(&case.draft)), "{}", case.name);
    }
}
