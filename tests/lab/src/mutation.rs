//! Mutations: bundles with a mistake are installed too, and the lab has to fail, and to say which link is
//! broken. One that passes is a hole in the lab.

mod report;
mod table;

use crate::bundle::Bundle;
use crate::case::Case;
use crate::hurry;
use crate::lab::Lab;
use crate::probe;
use crate::progress::say;
use crate::sail;
use anyhow::{Context, Result, ensure};
use meshwright_link::{Mutation, mutations};
use report::Report;
use std::path::Path;
use std::time::{Duration, Instant};
pub(crate) use table::{Row, TABLE};

/// How long the probes wait for a mesh of which a script has said already that it does not work.
const SHORT: Duration = Duration::from_secs(3);

/// How a mutation was found.
#[derive(Debug)]
pub(crate) struct Found {
    /// What failed first: a script, the probes, an API server, or the checker.
    pub(crate) failed: &'static str,
    /// All that was said then.
    pub(crate) said: String,
}

/// The mutations of the table with these names; all, where there are none.
pub(crate) fn chosen(names: &[String]) -> Result<Vec<&'static Row>> {
    let row = |name: &String| {
        let found = TABLE.iter().find(|row| row.name == name);
        found.with_context(|| format!("{name:?} is not in the lab's table of mutations"))
    };
    if names.is_empty() { Ok(TABLE.iter().collect()) } else { names.iter().map(row).collect() }
}

/// Some of them, spread over the table from a place that the seed says.
pub(crate) fn some(count: usize, seed: usize) -> Vec<&'static Row> {
    let step = (TABLE.len() / count.max(1)).max(1);
    TABLE.iter().cycle().skip(seed % TABLE.len()).step_by(step).take(count.min(TABLE.len())).collect()
}

/// Installs a bundle with a mistake. Gives whether the lab tells it, and adds that to the file of reports.
pub(crate) fn mutate(row: &Row, reports: Option<&Path>) -> Result<bool> {
    let start = Instant::now();
    let mutation = mutation(row.name)?;
    let case = Case::named(row.case)?;
    let mut files = case.files()?;
    ensure!(mutation.apply(&mut files), "{}: {} has no such place", row.name, row.case);
    let lab = Lab::start(&case)?;
    let mut bundle = Bundle::of(&files)?;
    let found = if case.by_operator() {
        sail::find(&lab, &case, &bundle, &files)?
    } else {
        probe::prepare(&lab, &case)?;
        bundle.path = Some(hurry::path()?);
        install(&lab, &case, &bundle)
    };
    let report = Report::new(row, mutation, found.as_ref(), start.elapsed());
    say!("{report}");
    if let Some(file) = reports {
        report.append(file)?;
    }
    Ok(report.is_told())
}

/// What fails of a bundle, if anything does. Where a script failed, the probes say more of it.
fn install(lab: &Lab, case: &Case, bundle: &Bundle) -> Option<Found> {
    let scripts = [("install.sh", "install"), ("verify.sh", "verify")];
    let mut failed = None;
    let mut said = Vec::new();
    for (script, log) in scripts {
        if let Err(error) = bundle.run(lab, script, &[], log) {
            failed = Some(script);
            said.push(format!("{error:#}"));
            break;
        }
    }
    let patience = if failed.is_some() { SHORT } else { probe::PATIENCE };
    if let Err(error) = probe::probe(lab, case, patience) {
        said.push(format!("{error:#}"));
        failed = failed.or(Some("the probes"));
    }
    failed.map(|failed| Found { failed, said: said.join("\n") })
}

fn mutation(name: &str) -> Result<&'static Mutation> {
    mutations().iter().find(|it| it.name == name).with_context(|| format!("{name:?} is no mutation"))
}

#[cfg(test)]
mod tests {
    use super::{TABLE, chosen, mutation, some};
    use crate::case::Case;
    use meshwright_link::{Seen, WITHOUT, mutations};
    use std::collections::BTreeSet;

    #[test]
    fn every_row_is_a_mutation_of_a_bundle_that_has_its_place() {
        for row in TABLE {
            let found = mutation(row.name).unwrap();
            let case = Case::named(row.case).unwrap();
            assert_eq!(found.seen == Seen::Clusters, !case.by_operator(), "{}", row.name);
            assert!(!matches!(found.seen, Seen::Files(_)), "{}", row.name);
            let mut files = case.files().unwrap();
            assert!(found.apply(&mut files), "{} has no place for {}", row.case, row.name);
        }
    }

    /// Every invariant is broken in the lab, but for those that no mutation can break, and 0.33: istioctl prunes by
    /// the names of files that it installs, and of no cluster's files it installs two.
    #[test]
    fn every_invariant_has_a_row() {
        let rows = TABLE.iter().filter_map(|row| mutation(row.name).ok());
        let broken: BTreeSet<u8> = rows.flat_map(|it| it.invariants).copied().collect();
        let without: BTreeSet<u8> = WITHOUT.iter().map(|(number, _)| *number).chain([33]).collect();
        assert!(mutations().iter().all(|it| !it.invariants.contains(&33) || matches!(it.seen, Seen::Files(_))));
        assert_eq!(broken, (1..=43).filter(|number| !without.contains(number)).collect());
    }

    /// What only the Sail operator's bundles can have wrong is all in the table.
    #[test]
    fn every_mutation_of_a_resource_has_a_row() {
        let all = mutations().iter().filter(|it| matches!(it.seen, Seen::Rendered(_)));
        let missing: Vec<&str> =
            all.map(|it| it.name).filter(|name| TABLE.iter().all(|row| row.name != *name)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn some_are_as_many_as_are_asked_for_and_differ() {
        let names = |seed| some(5, seed).iter().map(|row| row.name).collect::<BTreeSet<_>>();
        assert_eq!((names(0).len(), names(7).len()), (5, 5));
        assert_eq!(names(3), names(3 + TABLE.len()));
        assert_eq!(some(1000, 0).len(), TABLE.len());
        assert_eq!(chosen(&[]).unwrap().len(), TABLE.len());
    }
}
