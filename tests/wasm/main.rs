//! The same bytes from Wasm as natively: every case's bundle is its golden tree, and its archive the one
//! that native code recorded in archives.txt. Runs in a browser, as the page does.
#![cfg(target_family = "wasm")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use meshwright_core::preset::Preset;
use meshwright_core::{Output, generate, yaml};
use std::collections::BTreeMap;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

struct Case {
    name: &'static str,
    /// `None` for a preset.
    file: Option<&'static str>,
    golden: &'static [(&'static str, &'static str)],
}

const CASES: &[Case] = &include!(concat!(env!("OUT_DIR"), "/cases.rs"));
const ARCHIVES: &str = include_str!("archives.txt");

impl Case {
    fn output(&self) -> Output {
        let draft = match self.file {
            Some(file) => yaml::read(file).unwrap(),
            None => Preset::named(self.name).expect(self.name).draft(),
        };
        generate(&draft).output.expect(self.name)
    }
}

#[wasm_bindgen_test]
fn bundles_are_their_golden_trees() {
    assert!(CASES.len() >= Preset::ALL.len());
    for case in CASES {
        let bundle = case.output().bundle;
        let made: BTreeMap<&str, &str> = bundle.files.iter().map(|f| (f.path.as_str(), f.text.as_str())).collect();
        let golden: BTreeMap<&str, &str> = case.golden.iter().copied().collect();
        let paths = |tree: &BTreeMap<&str, &str>| tree.keys().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(paths(&made), paths(&golden), "{}", case.name);
        for (path, text) in made {
            assert!(golden.get(path) == Some(&text), "{}/{path} differs from natively made", case.name);
        }
    }
}

#[wasm_bindgen_test]
fn archives_are_those_that_native_code_makes() {
    let found = CASES.iter().map(|case| {
        let output = case.output();
        let bytes = output.bundle.zip(&output.plan.folder()).unwrap();
        format!("{} {} {:016x}\n", case.name, bytes.len(), meshwright_tests::sum(&bytes))
    });
    assert_eq!(found.collect::<String>(), ARCHIVES);
}
