//! Every case's bundle against its tree under `tests/golden`, which a reviewer reads like any other
//! change. `MESHWRIGHT_BLESS=1` rewrites the trees.

use crate::case;
use crate::tree::{self, Tree};
use std::collections::BTreeSet;
use std::env;

#[test]
fn bundles_are_their_golden_trees() {
    let folder = case::root().join("tests/golden");
    let mut found = Tree::new();
    for case in case::all() {
        for file in case::output(&case.draft).bundle.files {
            let path = format!("{}/{}", case.name, file.path);
            assert!(found.insert(path.clone(), file.text).is_none(), "{path} is made twice");
        }
    }
    if env::var_os("MESHWRIGHT_BLESS").is_some_and(|value| value == "1") {
        tree::write(&folder, &found);
    }
    let report = tree::differences(&tree::read(&folder), &found);
    assert!(
        report.is_empty(),
        "bundles differ from tests/golden (- golden, + now); if this is meant: \
         MESHWRIGHT_BLESS=1 cargo test -p meshwright-tests golden, and read what git says\n{report}"
    );
}

/// The same draft twice, and once through its file: equal bytes.
#[test]
fn equal_input_gives_equal_bytes() {
    for case in case::all() {
        let first = case::output(&case.draft).bundle;
        assert_eq!(case::output(&case.draft).bundle, first, "{}", case.name);
        let saved = meshwright_core::yaml::write(&case.draft);
        let again = meshwright_core::yaml::read(&saved).unwrap();
        assert_eq!(case::output(&again).bundle, first, "{}: through its file", case.name);
        assert_eq!(first.zip("a").unwrap(), case::output(&again).bundle.zip("a").unwrap(), "{}", case.name);
    }
}

/// meshwright.yaml of a bundle, read back, makes that bundle.
#[test]
fn a_bundle_makes_itself_again() {
    for case in case::all() {
        let bundle = case::output(&case.draft).bundle;
        let source = &bundle.file("meshwright.yaml").unwrap().text;
        let again = meshwright_core::yaml::read(source).unwrap();
        assert_eq!(case::output(&again).bundle, bundle, "{}", case.name);
    }
}

/// Paths are unique, relative, and stay inside the bundle; texts end in one newline, without tabs or
/// spaces at the ends of lines.
#[test]
fn files_are_tidy() {
    for case in case::all() {
        let mut seen = BTreeSet::new();
        for file in case::output(&case.draft).bundle.files {
            let at = format!("{}/{}", case.name, file.path);
            assert!(seen.insert(file.path.to_lowercase()), "{at}: not unique");
            assert!(file.path.split('/').all(|part| !matches!(part, "" | "." | "..")), "{at}");
            assert!(file.text.ends_with('\n') && !file.text.ends_with("\n\n"), "{at}: its end");
            for line in file.text.lines() {
                assert!(!line.ends_with(' ') && !line.contains('\t') && !line.contains('\r'), "{at}: {line:?}");
            }
        }
    }
}
