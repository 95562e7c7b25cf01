//! Preset by release by install method: docs/scenarios.md, and what the lab adds to it.

use crate::case::Case;
use crate::report::{Reached, Report};
use anyhow::{Context, Result};
use meshwright_core::preset::Preset;
use std::fs;

/// Where the table of the tests is.
const SCENARIOS: &str = "docs/scenarios.md";

const HEAD: &str = "\
## Presets

Every preset for every minor of Istio and every install method, and how it is proven. What the tests without clusters
say is as in [scenarios.md](scenarios.md).

- `lab`: installed as the next table says.
- `dry run`: taken by API servers and rendered by the charts, as the next table says.
- `rendered`: as that, without the API servers.
- `8/6`: equal to the guide's own files of that era, 8 objects, but for 6 values, which differ for a reason.
- `links`: rendered, and every reference followed from file to file; no guide has it.
- a name: refused, with that [problem](problems.md).

";

/// The table, with what these runs say of presets.
pub(super) fn matrix(runs: &[Report]) -> Result<String> {
    let scenarios = fs::read_to_string(SCENARIOS).with_context(|| format!("failed to read {SCENARIOS}"))?;
    let mut table = scenarios.lines().filter(|line| line.starts_with('|'));
    let head = cells(table.next().with_context(|| format!("{SCENARIOS} has no table"))?);
    let rows = table.map(|line| row(&head, cells(line), runs));
    let lines: Vec<String> = std::iter::once(head.clone()).chain(rows).map(|cells| line(&cells)).collect();
    Ok(format!("{HEAD}{}\n\n", lines.join("\n")))
}

fn cells(line: &str) -> Vec<String> {
    line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
}

fn line(cells: &[String]) -> String {
    format!("| {} |", cells.join(" | "))
}

/// A row of the table: preset, method, and a cell for each minor, of which the head has the names.
fn row(head: &[String], mut cells: Vec<String>, runs: &[Report]) -> Vec<String> {
    let run = |name: &str, method: &str| {
        let case = Preset::named(name).and_then(|_| Case::named(name).ok())?;
        let run = runs.iter().find(|run| run.case == name && run.failure.is_none())?;
        (case.draft.install_method == method).then_some((case.draft.version, run.reached.proof()))
    };
    let [preset, method, ..] = cells.as_slice() else { return cells };
    if let Some((version, proof)) = run(preset.trim_matches('`'), method) {
        let is_its = |minor: &String| version.strip_prefix(minor.as_str()).is_some_and(|rest| rest.starts_with('.'));
        let at = head.iter().position(is_its);
        if let Some(cell) = at.and_then(|at| cells.get_mut(at)) {
            *cell = format!("{proof}, {cell}");
        }
    }
    cells
}

impl Reached {
    /// What a cell says of it.
    const fn proof(self) -> &'static str {
        match self {
            Reached::Installed => "lab",
            Reached::DryRun => "dry run",
            Reached::Rendered => "rendered",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{cells, row};
    use crate::report::{Reached, Report};

    fn run(case: &str, reached: Reached, failure: Option<&str>) -> Report {
        Report { case: case.to_owned(), reached, failure: failure.map(str::to_owned), ..Report::default() }
    }

    #[test]
    fn what_was_installed_is_told_from_what_was_not() {
        let head = cells("| preset | by | 1.31 | 1.30 | 1.3 |");
        let table = |line: &str, runs: &[Report]| row(&head, cells(line), runs).join("|");
        let (line, same) =
            ("| `primary-remote` | istioctl | 3/6 | links | x |", "`primary-remote`|istioctl|3/6|links|x");
        let passed = run("primary-remote", Reached::Installed, None);
        assert_eq!(table(line, std::slice::from_ref(&passed)), same.replace("3/6", "lab, 3/6"));
        assert_eq!(table(line, &[run("primary-remote", Reached::Installed, Some("it broke"))]), same);
        assert_eq!(table(line, &[run("primary-remote-helm", Reached::Installed, None)]), same);
        assert_eq!(table(&line.replace("istioctl", "sail"), &[passed]), same.replace("istioctl", "sail"));
        let sail = "| `sail-primary-remote` | sail | sail-has-not | 2/3 | x |";
        let dry = run("sail-primary-remote", Reached::DryRun, None);
        assert_eq!(table(sail, &[dry]), "`sail-primary-remote`|sail|sail-has-not|dry run, 2/3|x");
    }
}
