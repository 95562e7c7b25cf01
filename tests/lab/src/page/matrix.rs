//! Preset by release by install method: docs/scenarios.md, and what the lab adds to it.

use crate::report::Report;
use anyhow::{Context, Result};
use meshwright_core::preset::Preset;
use std::fs;

/// Where the table of the tests is.
const SCENARIOS: &str = "docs/scenarios.md";
/// What a cell says of a preset that the lab has installed, before what the tests say of it.
const INSTALLED: &str = "lab";

const HEAD: &str = "\
## Presets

Every preset for every minor of Istio and every install method, and how it is proven. What the tests without clusters
say is as in [scenarios.md](scenarios.md).

- `lab`: installed as the next table says, which is with the newest release.
- `8/6`: equal to the guide's own files of that era, 8 objects, but for 6 values, which differ for a reason.
- `links`: rendered, and every reference followed from file to file; no guide has it.
- a name: refused, with that [problem](problems.md).

";

/// The table, with the presets that these runs installed.
pub(super) fn matrix(runs: &[Report]) -> Result<String> {
    let scenarios = fs::read_to_string(SCENARIOS).with_context(|| format!("failed to read {SCENARIOS}"))?;
    let rows: Vec<String> =
        scenarios.lines().filter(|line| line.starts_with('|')).map(|line| row(line, runs)).collect();
    Ok(format!("{HEAD}{}\n\n", rows.join("\n")))
}

/// A row of the table: preset, method, and a cell for each minor, the newest first.
fn row(line: &str, runs: &[Report]) -> String {
    let mut cells: Vec<String> = line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    if let [preset, method, newest, ..] = &mut cells[..]
        && is_installed(preset.trim_matches('`'), method, runs)
    {
        *newest = format!("{INSTALLED}, {newest}");
    }
    format!("| {} |", cells.join(" | "))
}

fn is_installed(name: &str, method: &str, runs: &[Report]) -> bool {
    let own = Preset::named(name).is_some_and(|preset| preset.draft().install_method == method);
    own && runs.iter().any(|run| run.case == name && run.failure.is_none())
}

#[cfg(test)]
mod tests {
    use super::row;
    use crate::report::Report;

    fn run(case: &str, failure: Option<&str>) -> Report {
        Report { case: case.to_owned(), failure: failure.map(str::to_owned), ..Report::default() }
    }

    #[test]
    fn what_was_installed_is_told_from_what_was_not() {
        let line = "| `primary-remote` | istioctl | 3/6 | links |";
        assert_eq!(row(line, &[run("primary-remote", None)]), "| `primary-remote` | istioctl | lab, 3/6 | links |");
        assert_eq!(row(line, &[run("primary-remote", Some("it broke"))]), line);
        assert_eq!(row(line, &[run("primary-remote-helm", None)]), line);
        let other = line.replace("istioctl", "sail");
        assert_eq!(row(&other, &[run("primary-remote", None)]), other);
    }
}
