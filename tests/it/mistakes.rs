//! The guides' mistakes are not ours: guide-errors.md by its numbers (0-1), matrix.md, section 10, by its own (10.8).
//! `table` has them, each with an edit that makes it, so that nothing is looked for in vain.

mod made;
mod table;

use crate::case::{self, Case};
use crate::reference;
use made::Made;
use meshwright_core::preset::Preset;
use meshwright_core::version::{self, Facts};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;

/// A mistake, or several that are one.
struct Mistake {
    /// `0-1 4-1`.
    numbers: &'static str,
    /// Whether somebody made it.
    made: fn(&Made) -> bool,
    /// A text of some bundle, and what makes the mistake in its place.
    edit: (&'static str, &'static str),
}

/// Every case, and the largest external control plane of each minor.
static BUNDLES: LazyLock<Vec<Made>> = LazyLock::new(|| {
    let of = |facts: &Facts| {
        let mut draft = Preset::ExternalControlPlaneMulticluster.draft();
        facts.newest.clone_into(&mut draft.version);
        Case { name: format!("multicluster {}", facts.minor), draft }
    };
    case::all().into_iter().chain(version::ALL.iter().map(of)).map(Made::new).collect()
});

#[test]
fn no_mistake_of_a_guide_is_made() {
    let mut report = Vec::new();
    for mistake in table::ALL {
        let found = BUNDLES.iter().filter(|made| (mistake.made)(made));
        report.extend(found.map(|made| format!("{}: made in {}", mistake.numbers, made.name)));
    }
    assert!(report.is_empty(), "{report:#?}");
}

/// Each would be found.
#[test]
fn every_mistake_is_found_where_it_is_made() {
    for mistake in table::ALL {
        let mut edited = 0;
        let found = BUNDLES.iter().filter_map(|made| made.edited(mistake.edit)).any(|made| {
            edited += 1;
            (mistake.made)(&made)
        });
        assert!(found, "{}: not found in any of the {edited} bundles that have {:?}", mistake.numbers, mistake.edit.0);
    }
}

/// Those of chapter 3, and 10.1 to 10.7, are of operators that have files of their own.
fn is_of_an_operator(number: &str) -> bool {
    let of_sail = number.strip_prefix("10.").is_some_and(|rest| rest.parse::<u32>().unwrap() < 8);
    number.starts_with("3-") || of_sail
}

#[test]
fn every_mistake_of_the_reference_is_looked_for_or_has_a_reason() {
    let Some(data) = reference::data() else {
        return;
    };
    let read = |name: &str| fs::read_to_string(data.join("..").join(name)).unwrap();
    let (errors, matrix) = (read("guide-errors.md"), read("matrix.md"));
    let chapters = errors.lines().filter_map(|line| line.strip_prefix("| ")?.split(' ').next());
    let is_number =
        |text: &&str| text.split_once('-').is_some_and(|(a, b)| [a, b].iter().all(|it| it.parse::<u8>().is_ok()));
    let mut known: BTreeSet<String> = chapters.filter(is_number).map(str::to_owned).collect();
    let section = matrix.split("\n# 10.").nth(1).unwrap().split("\n# ").next().unwrap();
    let items = section.lines().filter_map(|line| line.split_once(". ")?.0.parse::<u8>().ok());
    known.extend(items.map(|number| format!("10.{number}")));
    known.retain(|number| !is_of_an_operator(number));
    assert!(known.len() > 60, "{known:?}");
    let reasons: BTreeMap<&str, &str> = table::WITHOUT.into_iter().collect();
    assert!(reasons.values().all(|reason| reason.ends_with('.')));
    let numbers = table::ALL.iter().flat_map(|mistake| mistake.numbers.split(' '));
    let pinned: BTreeSet<String> = numbers.chain(reasons.into_keys()).map(str::to_owned).collect();
    assert_eq!(pinned, known);
}
