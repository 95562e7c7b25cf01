//! `docs/scenarios.md`: what every preset is known to be, for every minor and install method.

use super::{docs, same};
use crate::{links, reference};
use meshwright_core::check::check;
use meshwright_core::draft::Draft;
use meshwright_core::field::Field;
use meshwright_core::preset::Preset;
use meshwright_core::problem::Severity;
use meshwright_core::version::{self, Facts};
use reference::scenario;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

/// A cell that needs the reference, where that is not there.
const UNKNOWN: &str = "?";

const HEAD: &str = "# Scenarios\n
Every preset for every minor of Istio (its newest release; by Sail the newest that the operator has) and every install method. Made by `tests/it/docs/scenarios.rs`.\n
- `9/12`: equal to the guide's own files of that era but for what is listed with a reason in
  [differences.yaml](../tests/reference/differences.yaml): how many objects are compared, and how many values differ.
- `links`: no guide has it. Every reference of the bundle is followed from file to file, and its scripts run against
  stand-ins, by `tests/link`: nothing is broken.
- a name: refused, with that [problem](problems.md).\n
What ran on real API servers is in `docs/lab.md`, which `make lab-full` writes.\n\n";

/// A preset, or a preset installed by another method than its own.
struct Row {
    preset: Preset,
    method: &'static str,
    draft: Draft,
}

fn rows() -> Vec<Row> {
    let of = |preset: Preset| {
        // Those of Helm and of the Sail operator are for nothing else.
        let own = preset.draft().install_method;
        let methods = Field::InstallMethod.choices().iter().map(|choice| choice.value);
        methods.filter(move |method| own == "istioctl" || own == *method).filter_map(move |method| {
            let mut draft = preset.draft();
            if draft.install_method != method {
                draft.install_by(method);
                // It may be another preset.
                if Preset::ALL.iter().any(|other| other.draft() == draft) {
                    return None;
                }
            }
            Some(Row { preset, method, draft })
        })
    };
    Preset::ALL.into_iter().flat_map(of).collect()
}

/// What is known of a row's preset in one minor; in `report`, what should not be so.
fn cell(row: &Row, facts: &Facts, data: Option<&Path>, report: &mut String) -> String {
    let mut draft = row.draft.clone();
    draft.version = match facts.sail {
        Some([_, last]) if row.method == "sail" => format!("{}.{last}", facts.minor),
        _ => facts.newest.to_owned(),
    };
    let problems = check(&draft).problems;
    let errors = problems.iter().filter(|problem| problem.severity() == Severity::Error);
    let errors: BTreeSet<&str> = errors.map(|problem| problem.kind.name()).collect();
    if !errors.is_empty() {
        return errors.into_iter().collect::<Vec<_>>().join(", ");
    }
    match (scenario::comparison(row.preset, row.method, facts, draft.clone()), data) {
        (None, _) => {
            links::hold(&draft);
            "links".to_owned()
        }
        (Some(_), None) => UNKNOWN.to_owned(),
        (Some(comparison), Some(data)) => {
            let counted = scenario::count(&comparison, data);
            let (objects, differences) = counted.unwrap_or_else(|unlisted| {
                let _ = writeln!(report, "{} of {} by {}:\n{unlisted}", row.preset.name(), facts.minor, row.method);
                (0, 0)
            });
            format!("{objects}/{differences}")
        }
    }
}

fn table(data: Option<&Path>) -> String {
    let mut text = HEAD.to_owned();
    let minors = version::ALL.each_ref().map(|facts| facts.minor);
    let _ = writeln!(text, "| preset | by | {} |", minors.join(" | "));
    let _ = writeln!(text, "| --- | --- |{}", " --- |".repeat(minors.len()));
    let mut report = String::new();
    for row in rows() {
        let cells = version::ALL.each_ref().map(|facts| cell(&row, facts, data, &mut report));
        let _ = writeln!(text, "| `{}` | {} | {} |", row.preset.name(), row.method, cells.join(" | "));
    }
    assert!(report.is_empty(), "{report}");
    text
}

#[test]
fn scenarios_md_is_true() {
    if let Some(data) = reference::data() {
        let table = table(Some(&data));
        has_no_empty_cell(&table);
        same("scenarios.md", &table);
        return;
    }
    // `reference::data` has said what is skipped: the numbers. All the rest has to be so.
    let found = std::fs::read_to_string(docs().join("scenarios.md")).unwrap();
    let wanted = table(None);
    let cells = |text: &str| text.lines().flat_map(|line| line.split('|')).map(|cell| cell.trim().to_owned()).collect();
    let (found, wanted): (Vec<String>, Vec<String>) = (cells(&found), cells(&wanted));
    assert_eq!(found.len(), wanted.len(), "docs/scenarios.md is stale");
    for (found, wanted) in found.iter().zip(&wanted) {
        let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let numbers = found.split_once('/').is_some_and(|(objects, differ)| number(objects) && number(differ));
        assert!(found == wanted || (wanted == UNKNOWN && numbers), "docs/scenarios.md is stale: {found} for {wanted}");
    }
}

fn has_no_empty_cell(text: &str) {
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| `")).collect();
    assert!(rows.len() >= Preset::ALL.len());
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        assert_eq!(cells.len(), version::ALL.len() + 2, "{row}");
        assert!(cells.iter().all(|cell| !cell.is_empty() && *cell != UNKNOWN), "{row}");
    }
}
