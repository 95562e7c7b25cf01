//! YAML text as data, and a bundle as the objects that are in it.

use meshwright_core::bundle::Bundle;
use serde_json::Value;

/// One document of a bundle's manifest.
pub(crate) struct Document {
    /// Folder of the file: its cluster.
    pub(crate) cluster: String,
    /// The file's name without its number and ending: `external-istiod`.
    pub(crate) stem: String,
    /// What it says.
    pub(crate) value: Value,
}

/// The documents of a YAML 1.2 text, without the empty ones.
pub(crate) fn parse(text: &str) -> Result<Vec<Value>, String> {
    let options = serde_yaml::options! { strict_booleans: true };
    let documents: Vec<Value> =
        serde_yaml::from_multiple_with_options(text, options).map_err(|error| error.to_string())?;
    Ok(documents.into_iter().filter(|document| !document.is_null()).collect())
}

/// `cluster1/10-remote-config-cluster.yaml` as `cluster1` and `remote-config-cluster`.
pub(crate) fn place(path: &str) -> Option<(&str, &str)> {
    let (cluster, file) = path.split_once('/')?;
    let (_, name) = file.split_once('-')?;
    Some((cluster, name.strip_suffix(".yaml")?))
}

/// Every document of every manifest, in the order of the files.
pub(crate) fn of(bundle: &Bundle) -> Vec<Document> {
    let mut documents = Vec::new();
    for file in &bundle.files {
        let Some((cluster, stem)) = place(&file.path) else {
            continue;
        };
        for value in parse(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path)) {
            documents.push(Document { cluster: cluster.to_owned(), stem: stem.to_owned(), value });
        }
    }
    documents
}

/// The text at `path`, a JSON pointer; empty where there is none.
pub(crate) fn text<'a>(value: &'a Value, path: &str) -> &'a str {
    value.pointer(path).and_then(Value::as_str).unwrap_or_default()
}

/// The list at `path`; empty where there is none.
pub(crate) fn list<'a>(value: &'a Value, path: &str) -> &'a [Value] {
    value.pointer(path).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

#[test]
fn a_reader_of_yaml_1_2_reads() {
    let found = parse("# a comment\n---\na: on\nb: 1\nc: \"1\"\n---\n---\n[x]\n").unwrap();
    assert_eq!(found, [serde_json::json!({"a": "on", "b": 1, "c": "1"}), serde_json::json!(["x"])]);
    assert_eq!(place("a/05-namespace-b.yaml"), Some(("a", "namespace-b")));
    assert_eq!(place("install.sh"), None);
}
