//! What is true of every draft, looked for in random ones that shrink to the smallest that fails.
//! The seed is fixed, so that a run says something about a change; `PROPTEST_RNG_SEED` takes another.

mod draw;
mod mend;

use crate::commands;
use crate::documents::{self, text};
use draw::Typed;
use meshwright_core::check::check;
use meshwright_core::draft::{At, Draft, File};
use meshwright_core::field::Field;
use meshwright_core::problem::{Kind, Severity};
use meshwright_core::{generate, yaml};
use proptest::prelude::{Strategy, TestCaseError};
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde_json::Value;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

fn always<S: Strategy>(cases: u32, strategy: &S, test: impl Fn(S::Value) -> Result<(), TestCaseError>)
where
    S::Value: Debug,
{
    let seeded = std::env::var_os("PROPTEST_RNG_SEED").is_some();
    let default = Config { cases, failure_persistence: None, ..Config::default() };
    let config = if seeded { default } else { Config { rng_seed: RngSeed::Fixed(3), ..default } };
    if let Err(error) = TestRunner::new(config).run(strategy, test) {
        panic!("{error}");
    }
}

#[test]
fn any_draft_is_answered_and_equally_so() {
    always(300, &draw::tangled(), |draft| {
        let first = generate(&draft);
        assert_eq!(first, generate(&draft));
        let errors = first.problems.iter().any(|it| it.severity() == Severity::Error);
        assert_eq!(first.output.is_none(), errors, "{:?}", first.problems);
        Ok(())
    });
}

#[test]
fn any_draft_comes_back_from_its_file() {
    always(150, &draw::any(), |Typed { draft, .. }| {
        assert_eq!(yaml::read(yaml::write(&draft)), Ok(draft));
        Ok(())
    });
}

#[test]
fn problems_are_told_at_fields_that_are_there_in_the_order_of_the_form() {
    always(300, &draw::tangled(), |draft| {
        let file = serde_json::to_value(File::from(&draft)).unwrap();
        let problems = check(&draft).problems;
        for problem in &problems {
            let path = draft.path(problem.at);
            let pointer = |path: &str| {
                let pointer = path.trim_end_matches('.').replace(['.', '['], "/").replace(']', "");
                if pointer.is_empty() { pointer } else { format!("/{pointer}") }
            };
            // A control plane that is missing is missing from a list.
            let found = match path.strip_suffix(problem.at.field.info().path) {
                Some(owner) => file.pointer(&pointer(owner)).is_some_and(Value::is_object),
                None => file.pointer(&pointer(&path)).is_some_and(Value::is_array),
            };
            assert!(found, "{path}");
            assert!(!problem.what().is_empty() && !problem.breaks().is_empty() && !problem.mend().is_empty());
        }
        let place = |at: At| draft.clusters.iter().position(|it| it.key == at.key).map_or(0, |index| index + 1);
        assert!(problems.is_sorted_by_key(|it| (place(it.at), it.at.field)), "{problems:?}");
        let apart: BTreeSet<String> = problems.iter().map(|it| format!("{it:?}")).collect();
        assert_eq!(apart.len(), problems.len(), "one told twice");
        Ok(())
    });
}

/// Problems of a text or choice by itself.
fn own(draft: &Draft) -> BTreeMap<At, Kind> {
    let all = check(draft).problems.into_iter();
    let own = all.filter(|it| matches!(it.kind, Kind::Text { .. } | Kind::Choice { .. }));
    own.map(|it| (it.at, it.kind)).collect()
}

/// Each wrong text is told, whatever else is wrong; taking one back takes its problem away and no other.
#[test]
fn a_cause_removed_is_a_problem_removed() {
    // These say whether other fields are read.
    const GATES: [Field; 2] = [Field::AddressType, Field::Sample];
    always(100, &draw::any(), |Typed { draft, right, changed }| {
        let told = own(&draft);
        for at in changed.into_iter().filter(|at| told.contains_key(at) && !GATES.contains(&at.field)) {
            let mut mended = draft.clone();
            mended.set_text(at, right.text(at).to_owned());
            let mut rest = told.clone();
            rest.remove(&at);
            assert_eq!(own(&mended), rest, "{}", draft.path(at));
        }
        Ok(())
    });
}

/// Whatever the problem is: once its cause is removed, as its own words say, it is told no more.
#[test]
fn a_problem_mended_is_a_problem_removed() {
    always(300, &draw::tangled(), |draft| {
        for problem in check(&draft).problems {
            let left = check(&mend::mend(&draft, &problem)).problems;
            assert!(!left.contains(&problem), "{}: {problem:?}\n{left:#?}", draft.path(problem.at));
        }
        Ok(())
    });
}

/// Who mends the first error until there is none has something that can be installed, and installs right.
#[test]
fn mending_leads_to_a_bundle() {
    always(60, &draw::tangled(), |mut draft| {
        let error = |draft: &Draft| check(draft).problems.into_iter().find(|it| it.severity() == Severity::Error);
        let mut told = Vec::new();
        while let Some(problem) = error(&draft) {
            draft = mend::mend(&draft, &problem);
            told.push(format!("{}: {:?}", draft.path(problem.at), problem.kind));
            assert!(told.len() < 500, "{:#?}", &told[490..]);
        }
        crate::links::hold(&draft);
        Ok(())
    });
}

#[test]
fn a_right_draft_breaks_no_link() {
    always(100, &draw::right(), |draft| {
        crate::links::hold(&draft);
        Ok(())
    });
}

/// By the Sail operator too, wherever that can be.
#[test]
fn a_right_draft_by_sail_breaks_no_link() {
    let held = Cell::new(0);
    always(80, &draw::right(), |draft| {
        if let Some(draft) = crate::sail::by_sail(&draft) {
            crate::links::hold(&draft);
            held.set(held.get() + 1);
        }
        Ok(())
    });
    assert!(held.get() > 20, "{}", held.get());
}

#[test]
fn a_right_draft_makes_files_of_its_own_names_alone() {
    always(40, &draw::right(), |draft| {
        let bundle = generate(&draft).output.unwrap_or_else(|| panic!("{:?}", check(&draft).problems)).bundle;
        let clusters: BTreeSet<&str> = draft.clusters.iter().map(|it| it.name.as_str()).collect();
        let networks: BTreeSet<&str> = draft.clusters.iter().map(|it| it.network.as_str()).collect();
        let sample = if draft.sample.namespace.is_empty() { "sample" } else { &draft.sample.namespace };
        let mut namespaces = BTreeSet::from([sample, "istio-system", ""]);
        namespaces.extend(draft.control_planes().map(|plane| plane.namespace.as_str()));
        for document in documents::of(&bundle) {
            assert!(clusters.contains(document.cluster.as_str()), "{}", document.cluster);
            let value = &document.value;
            let all = ["/metadata/namespace", "/spec/values/global/istioNamespace", "/spec/meshConfig/rootNamespace"];
            assert!(all.iter().all(|path| namespaces.contains(text(value, path))), "{value}");
            let label = "/metadata/labels/topology.istio.io~1network";
            let all = [label, "/networkGateway", "/spec/values/global/network"].map(|path| text(value, path));
            assert!(all.iter().all(|found| found.is_empty() || networks.contains(found)), "{value}");
            let remote = "/spec/values/istiodRemote";
            let paths =
                [text(value, &format!("{remote}/injectionURL")), text(value, &format!("{remote}/injectionPath"))];
            for path in paths.into_iter().filter(|path| !path.is_empty()) {
                let mut parts = path.rsplit('/');
                assert!(networks.contains(parts.next().unwrap()), "{path}");
                assert_eq!(parts.nth(1), Some(document.cluster.as_str()), "{path}");
            }
        }
        let known: BTreeSet<String> = draft.clusters.iter().map(crate::world::context).collect();
        for script in bundle.files.iter().filter(|file| file.is_script()) {
            for word in commands::of(&script.text).iter().flat_map(|command| command.split([' ', '='])) {
                assert!(!word.contains("${CTX_") || known.contains(word), "{word}");
            }
        }
        Ok(())
    });
}
