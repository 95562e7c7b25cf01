//! What other people's YAML readers get from the files: exactly what was meant, whatever was typed.

pub(crate) mod reading;
pub(crate) mod text;
mod trial;

use crate::case;
use meshwright_core::draft::{Draft, File};
use meshwright_core::field::Field;
use meshwright_core::{bundle, yaml};
use reading::Readings;
use serde_json::Value;
use std::path::Path;
use trial::{Trial, every_file_has_the_text};

fn is_yaml(file: &bundle::File) -> bool {
    Path::new(&file.path).extension().is_some_and(|ending| ending == "yaml")
}

fn typed(draft: &Draft) -> Value {
    Value::Array(vec![serde_json::to_value(File::from(draft)).unwrap()])
}

#[test]
fn all_readers_agree_on_every_file() {
    let cases: Vec<_> = case::all().into_iter().map(|case| (case::output(&case.draft).bundle, case)).collect();
    let texts = || cases.iter().flat_map(|(bundle, _)| bundle.files.iter().filter(|file| is_yaml(file)));
    let readings = Readings::of(texts().map(|file| file.text.as_str()));
    for file in texts() {
        let documents = readings.agreed(&file.text).as_array().unwrap();
        assert!(!documents.is_empty() && documents.iter().all(Value::is_object), "{}", file.path);
    }
    for (bundle, case) in &cases {
        let source = &bundle.file("meshwright.yaml").unwrap().text;
        assert_eq!(*readings.agreed(source), typed(&case.draft), "{}", case.name);
    }
    let patches = readings.patches();
    let inner = Readings::of(patches.iter().map(String::as_str));
    assert!(patches.iter().all(|patch| inner.agreed(patch)[0].is_object()));
}

/// Also texts that nothing reads, such as a DNS name while the address is an IP address.
#[test]
fn the_topology_file_keeps_any_text() {
    let Some(strings) = text::strings() else {
        println!("skipped: ../shared is not beside this checkout");
        return;
    };
    let draft = case::file("revision-dns");
    let places = text::places(&draft);
    assert!(places.len() > 30, "{places:?}");
    let drafts: Vec<(Draft, String)> = strings
        .iter()
        .map(|string| {
            let mut draft = draft.clone();
            for &at in &places {
                draft.set_text(at, string.clone());
            }
            let text = yaml::write(&draft);
            (draft, text)
        })
        .collect();
    let readings = Readings::of(drafts.iter().map(|(_, text)| text.as_str()));
    for (draft, text) in &drafts {
        assert_eq!(*readings.agreed(text), typed(draft), "{text}");
        assert_eq!(yaml::read(text).as_ref(), Ok(draft), "{text}");
    }
}

#[test]
fn any_text_is_refused_or_is_in_every_file_as_typed() {
    let Some(strings) = text::strings() else {
        println!("skipped: ../shared is not beside this checkout");
        return;
    };
    let (by_name, by_address) = (case::file("revision-dns"), case::file("address-ipv6"));
    let mut tries = Vec::new();
    for field in Field::ALL {
        let draft = if field == Field::Ip { &by_address } else { &by_name };
        tries.extend(Trial::new(draft, field).into_iter().flat_map(|trial| trial.all(&strings)));
    }
    println!("{} bundles with a string of {}", tries.len(), strings.len());
    every_file_has_the_text(&tries);
}

/// The names that Kubernetes allows and YAML takes for something else. Istio's charts print a revision
/// bare, so its rule refuses those.
#[test]
fn names_that_look_like_numbers_dates_or_truths_stay_names() {
    use Field::{ClusterName, Context, MeshId, Namespace, Network, SampleNamespace, TlsSecret, TrustDomain};
    let draft = case::file("revision-dns");
    let mut tries = Vec::new();
    for field in [ClusterName, Context, MeshId, Namespace, Network, SampleNamespace, TlsSecret, TrustDomain] {
        let allowed = if matches!(field, MeshId | Network | Context) { &["1_000", "1.5"][..] } else { &[] };
        let names: Vec<String> = text::NAMES.iter().chain(allowed).map(|&name| name.to_owned()).collect();
        let taken = Trial::new(&draft, field).unwrap().all(&names);
        assert_eq!(taken.len(), names.len(), "{field:?} refuses one of {names:?}");
        tries.extend(taken);
    }
    every_file_has_the_text(&tries);
}

/// The readers are what they are said to be: they differ where YAML 1.1 and 1.2 do.
#[test]
fn readers_differ_on_bare_words() {
    let text = "[on, 2024-01-01, 1_000]";
    let readings = Readings::of([text]);
    let has = |reader: &str| readings.by(text, reader)[0].to_string();
    assert_eq!(has("PyYAML"), r#"[true,"!date 2024-01-01",1000]"#);
    assert_eq!(has("ruamel.yaml"), r#"["on","!date 2024-01-01",1000]"#);
}
