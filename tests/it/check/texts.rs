//! Fields of free text: what each takes, and how what it does not take is told.

use super::{kinds, with};
use meshwright_core::field::{Field, Takes};
use meshwright_core::problem::Kind;
use meshwright_core::value::Fault::{Character, Edge, Empty, Form, TooLong};
use meshwright_core::value::{Fault, Rule};

pub(super) fn fine(field: Field, texts: &[&str]) {
    for text in texts {
        assert_eq!(kinds(field, with(field, text)), [], "{field:?}: {text:?}");
    }
}

pub(super) fn wrong(field: Field, table: &[(&str, Fault)]) {
    let Takes::Text(rule) = field.info().takes else {
        panic!("{field:?} takes no text");
    };
    for (text, fault) in table {
        let kind = Kind::Text { rule, fault: fault.clone() };
        assert_eq!(kinds(field, with(field, text)), [kind], "{field:?}: {text:?}");
    }
}

/// An empty text is told where there is no default, and only there.
#[test]
fn empty() {
    for field in Field::ALL {
        if let Takes::Text(rule) = field.info().takes {
            let told = kinds(field, with(field, ""));
            let expected = Kind::Text { rule, fault: Empty };
            assert_eq!(told, if field.info().default.is_some() { vec![] } else { vec![expected] }, "{field:?}");
        }
    }
}

#[test]
fn examples_are_fine() {
    for field in Field::ALL {
        if matches!(field.info().takes, Takes::Text(_)) {
            fine(field, &[field.info().example]);
        }
    }
}

/// Characters that hide, act or reorder what is read; none is let into a file or script.
#[test]
fn hidden_characters_are_refused_everywhere() {
    let hidden = [
        "\0", "\u{7}", "\u{1b}", "\r", "\n", "\t", "\u{7f}", "\u{85}", "\u{200b}", "\u{202e}", "\u{2066}", "\u{2028}",
        "\u{feff}",
    ];
    for field in Field::ALL {
        let Takes::Text(rule) = field.info().takes else {
            continue;
        };
        for c in hidden {
            let told = kinds(field, with(field, &format!("a{c}b")));
            let [Kind::Text { rule: found, fault }] = told.as_slice() else {
                panic!("{field:?}: {c:?}: {told:?}");
            };
            assert_eq!(*found, rule);
            assert!(matches!(fault, Character(_) | Form), "{field:?}: {c:?}: {fault:?}");
        }
    }
}

#[test]
fn lengths() {
    let table = [
        (Field::ClusterName, 63),
        (Field::Namespace, 63),
        (Field::SampleNamespace, 63),
        (Field::Revision, 56),
        (Field::Network, 63),
        (Field::MeshId, 63),
        (Field::Context, 512),
    ];
    for (field, max) in table {
        fine(field, &[&"a".repeat(max)]);
        wrong(field, &[(&"a".repeat(max + 1), TooLong { max })]);
    }
    let part = "a".repeat(63);
    let longest = format!("{part}.{part}.{part}.{}", &part[..61]);
    assert_eq!(longest.len(), 253);
    for field in [Field::Host, Field::TlsSecret, Field::TrustDomain] {
        fine(field, &[&longest]);
        wrong(field, &[(&format!("{longest}b"), TooLong { max: 253 }), (&format!("{part}a.b"), TooLong { max: 63 })]);
    }
}

#[test]
fn labels() {
    for field in [Field::ClusterName, Field::Namespace, Field::SampleNamespace, Field::Revision] {
        fine(field, &["a", "a-b", "a--b", "x1", "west-2"]);
        wrong(
            field,
            &[
                ("A", Character('A')),
                ("a_b", Character('_')),
                ("a.b", Character('.')),
                ("a b", Character(' ')),
                ("a/b", Character('/')),
                ("ä", Character('ä')),
                ("$(x)", Character('$')),
                ("-a", Edge('-')),
                ("a-", Edge('-')),
                ("-", Edge('-')),
            ],
        );
    }
    for field in [Field::ClusterName, Field::Namespace, Field::SampleNamespace] {
        fine(field, &["1", "on", "null", "1e3", "0x1f", "2024-01-01"]);
    }
}

#[test]
fn label_values() {
    for field in [Field::Network, Field::MeshId] {
        fine(
            field,
            &["a", "A", "1", "a.b", "a_b", "A-1_b.C", "on", "1e3", "2024-01-01", "1_000", "null", "0x1f", "1.5"],
        );
        wrong(
            field,
            &[
                ("a b", Character(' ')),
                ("a/b", Character('/')),
                ("a:b", Character(':')),
                ("é", Character('é')),
                ("-a", Edge('-')),
                ("a_", Edge('_')),
                (".", Edge('.')),
            ],
        );
    }
}

#[test]
fn dns_names() {
    for field in [Field::TlsSecret, Field::TrustDomain] {
        fine(field, &["a", "a.b", "1.0", "a-b.c-d", "true"]);
        wrong(
            field,
            &[
                ("A.b", Character('A')),
                ("a..b", Edge('.')),
                (".a", Edge('.')),
                ("a.", Edge('.')),
                ("a.-b", Edge('-')),
                ("a_b", Character('_')),
                ("*.a", Character('*')),
            ],
        );
    }
}

#[test]
fn contexts_are_any_line() {
    fine(
        Field::Context,
        &[
            "a",
            "kind-a",
            "arn:aws:eks:eu-west-1:1:cluster/x",
            "it's \"x\" $(y) `z` \\ | & ; * ? # ~",
            "日本語",
            "a  b",
            "-x",
        ],
    );
    wrong(
        Field::Context,
        &[(" a", Edge(' ')), ("a ", Edge(' ')), ("\u{a0}a", Edge('\u{a0}')), ("a\nb", Character('\n'))],
    );
}

#[test]
fn releases() {
    fine(Field::IstioVersion, &["1.31.1", "1.24.0", "1.30.99", "1.27.3"]);
    let not =
        ["1.31", "v1.31.1", "1.31.1-rc.0", "1.31.1.0", "1.031.1", "1..1", "1.31.99999999999", "latest", " 1.31.1"];
    wrong(Field::IstioVersion, &not.map(|text| (text, Form)));
    assert_eq!(Field::IstioVersion.info().takes, Takes::Text(Rule::Release));
}

/// Charts print a revision without quotes.
#[test]
fn revisions_are_text_without_quotes() {
    fine(Field::Revision, &["stable", "1-31-1", "v1-31-1", "canary", "a1"]);
    for text in ["1", "1e3", "on", "null", "true", "y", "no", "0x1f", "2024-01-01"] {
        let told = kinds(Field::Revision, with(Field::Revision, text));
        assert_eq!(told.len(), 1, "{text}");
    }
}
