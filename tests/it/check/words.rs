//! The wording: every problem says what is wrong and allowed, what breaks, and how to mend it.

use meshwright_core::draft::{At, Key};
use meshwright_core::field::{Field, Takes};
use meshwright_core::problem::{Kind, Problem};
use meshwright_core::value::{Fault, Rule};

const RULES: [Rule; 9] = [
    Rule::Label(63),
    Rule::Revision,
    Rule::LabelValue,
    Rule::DnsName,
    Rule::Host,
    Rule::Line,
    Rule::ServerUrl,
    Rule::Address,
    Rule::Release,
];

fn faults() -> Vec<Fault> {
    vec![
        Fault::Empty,
        Fault::TooLong { max: 63 },
        Fault::Character('_'),
        Fault::Character(' '),
        Fault::Character('\u{202e}'),
        Fault::Edge('-'),
        Fault::Edge(' '),
        Fault::Form,
        Fault::NotText,
        Fault::Unreachable,
    ]
}

/// Every kind of problem, at a field where it occurs; texts at each field, in each way that they can be wrong.
fn all() -> Vec<Problem> {
    let mut all = Problem::examples();
    for field in Field::ALL {
        if let Takes::Text(rule) = field.info().takes {
            let kinds = faults().into_iter().map(|fault| Kind::Text { rule, fault });
            all.extend(kinds.map(|kind| Problem { at: At { field, key: Key::TOPOLOGY }, kind }));
        }
    }
    all
}

/// A name of its own each: `explain` finds it by that.
#[test]
fn every_kind_has_an_example_and_a_name() {
    let names: Vec<&str> = Problem::examples().iter().map(|problem| problem.kind.name()).collect();
    let distinct: std::collections::BTreeSet<&&str> = names.iter().collect();
    assert_eq!(distinct.len(), names.len(), "{names:?}");
    let source = std::fs::read_to_string(crate::case::root().join("core/src/problem/name.rs")).unwrap();
    let kinds = source.lines().filter(|line| line.trim_start().starts_with("Kind::")).count();
    assert_eq!(names.len(), kinds, "each kind has one example");
}

/// Begins with a capital, or a program's name; ends with a full stop, or with an example that is to be copied.
fn is_prose(text: &str) -> bool {
    let begins = text.starts_with(char::is_uppercase) || text.starts_with("istio");
    begins && !text.contains("  ") && text.trim() == text
}

#[test]
fn every_problem_is_told_in_three_sentences() {
    for problem in all() {
        let field = problem.at.field;
        let (what, breaks, mend) = (problem.what(), problem.breaks(), problem.mend());
        assert!(is_prose(&what) && what.ends_with('.'), "{problem:?}: {what}");
        assert!(is_prose(breaks) && breaks.ends_with('.'), "{problem:?}: {breaks}");
        assert!(is_prose(&mend) && (mend.ends_with('.') || mend.contains(": ")), "{problem:?}: {mend}");
        // A problem of the topology or of a cluster as a whole is not its field's.
        let whole = matches!(problem.kind, Kind::NoControlPlane | Kind::ClusterNotUsed);
        assert!(what.starts_with(field.info().label) || whole, "{what}");
        let typed: Vec<String> =
            format!("{:?}", problem.kind).split('"').skip(1).step_by(2).map(str::to_owned).collect();
        for word in typed.iter().filter(|_| !matches!(problem.kind, Kind::Text { .. })) {
            assert!(what.contains(&format!("“{word}”")), "what was typed is quoted: {what}");
        }
    }
}

#[test]
fn what_is_allowed_is_said() {
    for problem in all() {
        let field = problem.at.field;
        let what = problem.what();
        if let Kind::Text { fault: Fault::TooLong { max }, .. } = &problem.kind {
            assert!(what.contains(&max.to_string()), "{what}");
        } else if let Kind::Text { rule, .. } = &problem.kind {
            assert!(what.contains(rule.allowed()), "{what}");
            assert!(problem.mend().ends_with(field.info().example), "{}", problem.mend());
        } else if let Kind::Choice { .. } = &problem.kind {
            assert!(field.choices().iter().all(|choice| what.contains(choice.value)), "{what}");
        } else if let Kind::ReleaseTooEarly { .. } | Kind::ReleaseNotSupported { .. } = &problem.kind {
            let minors = meshwright_core::version::ALL.each_ref().map(|facts| facts.minor);
            let ends = [minors.first().unwrap(), minors.last().unwrap()];
            assert!(ends.iter().all(|minor| what.contains(**minor)), "{what}");
        }
    }
}

/// An invisible character is named by its number: printed, it would not be seen, or would act.
#[test]
fn no_problem_prints_what_acts() {
    for c in ['\0', '\u{1b}', '\n', '\u{202e}', '\u{200b}', '\u{2028}', '\u{feff}', '\u{85}'] {
        let kind = Kind::Text { rule: Rule::Line, fault: Fault::Character(c) };
        let what = Problem { at: At { field: Field::Context, key: Key::TOPOLOGY }, kind }.what();
        assert!(!what.contains(c) && what.contains(&format!("U+{:04X}", u32::from(c))), "{what:?}");
    }
}

#[test]
fn rules_say_what_they_allow() {
    for rule in RULES {
        let allowed = rule.allowed();
        assert!(!allowed.is_empty() && !allowed.ends_with('.') && rule.max() > 0, "{allowed}");
    }
    for field in Field::ALL {
        if let Takes::Text(rule) = field.info().takes {
            assert!(RULES.contains(&rule), "{field:?}");
            assert_eq!(rule.check(field.info().example), Ok(()), "{field:?}");
        }
        let info = field.info();
        assert!(!info.label.is_empty() && info.help.ends_with('.') && !info.example.is_empty(), "{field:?}");
        assert!(info.docs.ends_with('/') && !info.docs.starts_with('/'), "{field:?}");
    }
}

/// Nor one that was typed: a topology file may come from anybody, and `check` prints to a terminal.
#[test]
fn no_problem_prints_what_acts_in_a_name() {
    let typed = "a\u{1b}[2J\u{202e}\n".to_owned();
    let kinds = [
        (Field::Platform, Kind::Choice { typed: typed.clone() }),
        (Field::ConfigCluster, Kind::NoSuchCluster { name: typed.clone() }),
        (Field::ClusterName, Kind::SameName { name: typed.clone() }),
        (Field::Context, Kind::SameContext { other: typed.clone() }),
        (Field::RemoteClusters, Kind::ManagedTwice { name: typed.clone() }),
        (Field::Namespace, Kind::NamespaceTaken { namespace: typed.clone() }),
        (Field::EastWestGateway, Kind::NoEastWestGateway { network: typed.clone() }),
        (Field::EastWestGateway, Kind::SeveralEastWestGateways { network: typed }),
    ];
    let acts = |c: char| c.is_control() || c == '\u{202e}';
    let told = kinds.map(|(field, kind)| Problem { at: At { field, key: Key::TOPOLOGY }, kind }.what());
    let wrong: Vec<&String> = told.iter().filter(|what| what.contains(acts)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
