//! Documentation made from the types: `docs/fields.md`, `docs/problems.md` and the JSON Schema. A stale file fails;
//! `MESHWRIGHT_BLESS=1` writes them anew.

mod scenarios;

use meshwright_core::draft::{Draft, schema};
use meshwright_core::field::{Field, Takes};
use meshwright_core::problem::{Problem, Severity};
use meshwright_core::{generate, version, yaml};
use std::fmt::Write;
use std::path::Path;

fn docs() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

fn same(name: &str, wanted: &str) {
    let path = docs().join(name);
    if std::env::var_os("MESHWRIGHT_BLESS").is_some() {
        std::fs::write(&path, wanted).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "docs/{name} is stale: run `make golden` and read what changed");
}

fn fields() -> String {
    let mut text = String::from(
        "# Fields\n\nEvery field of [meshwright.yaml](topology.md), in the order of the form. Made from `core/src/field.rs`.\n",
    );
    let [newest, ..] = &version::ALL;
    for field in Field::ALL {
        let info = field.info();
        let takes = match info.takes {
            Takes::Text(rule) => format!("{}; at most {} characters", rule.allowed(), rule.max()),
            Takes::Choice(choices) => {
                let choices: Vec<_> = choices.iter().map(|c| format!("`{}` ({})", c.value, c.label)).collect();
                choices.join(", ")
            }
            Takes::Clusters => "names of clusters".to_owned(),
        };
        let empty = match info.default {
            None => "has to be filled in".to_owned(),
            Some("") => "none".to_owned(),
            Some(default) => format!("`{default}`"),
        };
        write!(
            text,
            "\n## {}\n\n{}\n\n- in the file: `{}`\n- takes: {takes}\n- when empty: {empty}\n- example: `{}`\n- Istio's documentation: <{}>\n",
            info.label,
            info.help,
            info.path,
            info.example,
            newest.docs(info.docs)
        )
        .unwrap();
    }
    text
}

fn problems() -> String {
    let mut text = String::from(
        "# Problems\n\nEverything that `meshwright check` and the form can say of a topology: for example what, what it would break\non real clusters, and how to mend it. Made from `core/src/problem/`.\n",
    );
    for problem in Problem::examples() {
        let severity = match problem.severity() {
            Severity::Error => "an error: no files are made",
            Severity::Warning => "a warning: files are made",
        };
        let (name, path) = (problem.kind.name(), problem.at.field.info().path);
        let (what, breaks, mend) = (problem.what(), problem.breaks(), problem.mend());
        write!(
            text,
            "\n## {name}\n\n{what}\n\n- told at: `{path}`, as {severity}\n- breaks: {breaks}\n- mend: {mend}\n"
        )
        .unwrap();
    }
    text
}

#[test]
fn problems_md_is_true() {
    same("problems.md", &problems());
}

#[test]
fn fields_md_is_true() {
    same("fields.md", &fields());
}

#[test]
fn the_published_schema_is_the_types_own() {
    same("meshwright.schema.json", &format!("{}\n", schema()));
}

#[test]
fn the_example_of_topology_md_is_a_topology() {
    let text = std::fs::read_to_string(docs().join("topology.md")).unwrap();
    let example = text.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    let draft: Draft = yaml::read(example).unwrap();
    let outcome = generate(&draft);
    assert!(outcome.output.is_some(), "{:?}", outcome.problems);
    assert_eq!(outcome.problems, Vec::new());
}
