//! What Helm gets is what istioctl gets: the values that an `IstioOperator` has, where the charts have them.
//! The mapping is written here a second time, from the charts.

mod sail;

use crate::case;
use crate::documents::{self, Document, list, text};
use meshwright_core::check::check;
use meshwright_core::draft::Draft;
use serde_json::{Map, Value, json};

/// Every case that istioctl installs and Helm could.
fn cases() -> Vec<case::Case> {
    let both = |draft: &Draft| {
        !matches!(draft.install_method.as_str(), "helm" | "sail") && check(&by_helm(draft)).topology.is_some()
    };
    let cases: Vec<_> = case::all().into_iter().filter(|case| both(&case.draft)).collect();
    assert!(cases.len() > 15, "most cases are of releases that Helm can install");
    cases
}

fn by_helm(draft: &Draft) -> Draft {
    let mut draft = draft.clone();
    draft.install_by("helm");
    draft
}

fn documents(draft: &Draft) -> Vec<Document> {
    documents::of(&case::output(draft).bundle)
}

fn is_operator(document: &Document) -> bool {
    text(&document.value, "/kind") == "IstioOperator"
}

/// The operators of control planes and of what leads to them, each with the files of its values.
fn installations(all: &[Document]) -> impl Iterator<Item = (&Document, String, String)> {
    const REMOTE: [&str; 4] = ["remote-config-cluster", "second-remote-cluster", "remote-cluster", "primary"];
    all.iter().filter(|document| is_operator(document)).filter_map(|document| {
        let name = text(&document.value, "/metadata/name");
        if let Some(mesh) = document.stem.strip_prefix("external-istiod") {
            return Some((document, String::new(), format!("istiod-external-values{mesh}")));
        }
        let counted = name.starts_with("remote-cluster-");
        (REMOTE.contains(&name) || counted).then(|| (document, "base-values".to_owned(), "istiod-values".to_owned()))
    })
}

fn values<'a>(all: &'a [Document], cluster: &str, stem: &str) -> &'a Value {
    let mut found = all.iter().filter(|document| document.cluster == cluster && document.stem == stem);
    let one = found.next().unwrap_or_else(|| panic!("no {stem} on {cluster}"));
    assert!(found.next().is_none(), "{stem} twice on {cluster}");
    &one.value
}

/// The values of chart `istiod` that say what an operator says.
fn istiod(spec: &Value) -> Value {
    let mut values = spec["values"].as_object().cloned().unwrap_or_default();
    values.remove("defaultRevision");
    if let Some(pilot) = values.remove("pilot") {
        values.extend(pilot.as_object().unwrap().clone());
    }
    for same in ["revision", "meshConfig"] {
        if let Some(value) = spec.get(same) {
            values.insert(same.to_owned(), value.clone());
        }
    }
    if spec["profile"] == "remote" {
        values.insert("profile".to_owned(), json!("remote"));
    }
    let env: Map<String, Value> = list(spec, "/components/pilot/k8s/env")
        .iter()
        .map(|env| (text(env, "/name").to_owned(), env["value"].clone()))
        .filter(|(name, _)| name != "CLUSTER_ID" && name != "EXTERNAL_ISTIOD")
        .collect();
    if !env.is_empty() {
        values.insert("env".to_owned(), env.into());
    }
    for patch in list(spec, "/components/pilot/k8s/overlays/0/patches") {
        let path = text(patch, "/path");
        let key = if path.contains("volumeMounts") { "volumeMounts" } else { "volumes" };
        let value = documents::parse(text(patch, "/value")).unwrap().remove(0);
        let all = values.entry(key).or_insert_with(|| json!([]));
        all.as_array_mut().unwrap().push(value);
    }
    values.into()
}

/// Those of chart `base`. An istiod is its own cluster's validator; `istioctl install` sees to that by itself.
fn base(spec: &Value) -> Value {
    let remote = spec["profile"] == "remote";
    let own = if remote { "" } else { spec["revision"].as_str().unwrap_or("default") };
    let mut values = json!({
        "defaultRevision": spec.pointer("/values/defaultRevision").cloned().unwrap_or_else(|| json!(own)),
        "global": { "istioNamespace": spec["values"]["global"]["istioNamespace"] },
    });
    if remote {
        values["profile"] = json!("remote");
    }
    if let Some(base) = spec.pointer("/values/base") {
        values["base"] = base.clone();
    }
    values
}

#[test]
fn helm_gets_the_values_that_istioctl_gets() {
    for case in cases() {
        println!("case {}", case.name);
        let (theirs, ours) = (documents(&case.draft), documents(&by_helm(&case.draft)));
        let mut compared = 0;
        for (operator, base_file, istiod_file) in installations(&theirs) {
            let spec = &operator.value["spec"];
            assert_eq!(values(&ours, &operator.cluster, &istiod_file), &istiod(spec), "{istiod_file}");
            if !base_file.is_empty() {
                assert_eq!(values(&ours, &operator.cluster, &base_file), &base(spec), "{base_file}");
            }
            compared += 1;
        }
        let expected: usize = case
            .draft
            .control_planes()
            .map(|plane| {
                let primary = plane.cluster == plane.config_cluster;
                plane.remote_clusters.len() + if primary { 1 } else { 2 }
            })
            .sum();
        assert_eq!(compared, expected, "control planes, and clusters that have theirs elsewhere");
    }
}

/// All that is neither an operator nor values is the same file, but for its number.
#[test]
fn all_else_is_equal() {
    let rest = |draft: &Draft| -> Vec<(String, String, Value)> {
        let documents = documents(draft).into_iter();
        let objects = documents.filter(|document| !is_operator(document) && document.value.get("kind").is_some());
        objects.map(|document| (document.cluster, document.stem, document.value)).collect()
    };
    for case in cases() {
        assert_eq!(rest(&by_helm(&case.draft)), rest(&case.draft), "{}", case.name);
    }
}

/// Gateways go with the control planes; those that another method installs stay with that.
#[test]
fn gateways_follow() {
    let mut draft = meshwright_core::preset::Preset::ExternalControlPlaneMulticluster.draft();
    draft.clusters[1].egress = "helm".to_owned();
    let before = draft.clone();
    draft.install_by("helm");
    let gateways = |draft: &Draft| -> Vec<String> {
        draft.clusters.iter().flat_map(|it| [it.ingress.clone(), it.egress.clone(), it.east_west.clone()]).collect()
    };
    assert_eq!(gateways(&draft), ["", "", "", "helm", "helm", "helm", "", "", "helm"]);
    draft.install_by("istioctl");
    draft.clusters[1].egress = "helm".to_owned();
    assert_eq!(draft, before);
    // The operator has none of its own.
    draft.install_by("sail");
    assert_eq!(gateways(&draft), ["", "", "", "helm", "helm", "helm", "", "", "helm"]);
}
