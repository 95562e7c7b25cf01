//! The references of a bundle, followed by meshwright-link, which shares no code with core: nothing is
//! broken in any bundle, and every mistake of its table is found.

use crate::case;
use crate::tree;
use meshwright_core::draft::Draft;
use meshwright_core::generate;
use meshwright_core::problem::Kind;
use meshwright_link::{Broken, Files, Link, Mutation, WITHOUT, check, mutations};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::LazyLock;
use std::thread;

/// Every golden tree by its name.
static TREES: LazyLock<Vec<(String, Files)>> = LazyLock::new(|| {
    let golden = tree::read(&case::root().join("tests/golden"));
    let of = |name: &str| {
        let prefix = format!("{name}/");
        let files = golden.iter().filter_map(|(path, text)| Some((path.strip_prefix(&prefix)?, text)));
        files.collect::<Files>()
    };
    let names: BTreeSet<&str> = golden.keys().filter_map(|path| path.split('/').next()).collect();
    names.into_iter().map(|name| (name.to_owned(), of(name))).collect()
});

fn told(broken: &[Broken]) -> String {
    broken.iter().fold(String::new(), |mut text, broken| {
        let _ = writeln!(text, "{broken}");
        text
    })
}

/// Nothing is broken in what core makes of a draft.
pub(crate) fn hold(draft: &Draft) {
    let outcome = generate(draft);
    // A network that cannot be reached is told by both, and by neither without the other.
    let warned = outcome.problems.iter().any(|it| matches!(it.kind, Kind::NoEastWestGateway { .. }));
    let files = case::output(draft).bundle.files.into_iter().map(|file| (file.path, file.text));
    let (cut, broken): (Vec<Broken>, Vec<Broken>) =
        check(&files.collect()).into_iter().partition(|it| it.link == Link::NetworkGateway);
    assert!(broken.is_empty(), "{}", told(&broken));
    assert_eq!(warned, !cut.is_empty(), "{}", told(&cut));
}

#[test]
fn no_link_of_a_golden_tree_is_broken() {
    let report = TREES.iter().map(|(name, files)| (name, check(files))).filter(|(_, broken)| !broken.is_empty());
    let report: Vec<String> = report.map(|(name, broken)| format!("{name}:\n{}", told(&broken))).collect();
    assert!(report.is_empty(), "{}", report.join("\n"));
}

/// What a mutation did to the trees that have its place: the trees in which its link was not told.
fn missed(mutation: &Mutation) -> (usize, String) {
    let (mut trees, mut report) = (0, String::new());
    for (name, files) in TREES.iter() {
        let mut files = files.clone();
        if !mutation.apply(&mut files) {
            continue;
        }
        trees += 1;
        let broken = check(&files);
        if !broken.iter().any(|it| it.link == mutation.breaks) {
            let wanted = mutation.breaks.words();
            let _ = writeln!(report, "{}, in {name}: not told: {wanted}; told:\n{}", mutation.name, told(&broken));
        }
    }
    (trees, report)
}

#[test]
fn every_mutation_is_found_in_every_golden_tree() {
    let all = mutations();
    let (one, other) = all.split_at(all.len() / 2);
    let missed = |some: &[Mutation]| -> Vec<String> {
        let each = some.iter().map(|it| {
            let (trees, report) = missed(it);
            if trees == 0 { format!("{}: no tree has its place", it.name) } else { report }
        });
        each.filter(|report| !report.is_empty()).collect()
    };
    let missed = thread::scope(|scope| {
        let other = scope.spawn(|| missed(other));
        [missed(one), other.join().unwrap()].concat()
    });
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// A link that no mutation breaks may not be looked at, for all that is known.
#[test]
fn every_link_has_a_mutation() {
    let broken: BTreeSet<Link> = mutations().iter().map(|it| it.breaks).collect();
    let without: Vec<&Link> = Link::ALL.iter().filter(|link| !broken.contains(link)).collect();
    assert!(without.is_empty(), "{without:?}");
    let names: BTreeSet<&str> = mutations().iter().map(|it| it.name).collect();
    assert_eq!(names.len(), mutations().len(), "names tell mutations apart");
}

/// Section 0 has 43 invariants: each is broken by a mutation, or there is a reason why none can.
#[test]
fn every_invariant_has_a_mutation_or_a_reason() {
    let broken: BTreeSet<u8> = mutations().iter().flat_map(|it| it.invariants).copied().collect();
    let reasons: BTreeSet<u8> = WITHOUT.iter().map(|(number, _)| *number).collect();
    assert!(broken.is_disjoint(&reasons), "{broken:?} {reasons:?}");
    let all: BTreeSet<u8> = broken.union(&reasons).copied().collect();
    assert_eq!(all, (1..=43).collect());
}
