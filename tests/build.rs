//! Lists `tests/cases` and `tests/golden` for the tests that run in a browser, where there is no disk.
#![allow(clippy::unwrap_used, reason = "a build that cannot go on stops")]

use std::env;
use std::fmt::Write;
use std::fs;
use std::path::Path;

fn main() {
    let here = env::var("CARGO_MANIFEST_DIR").unwrap();
    let root = Path::new(&here);
    let mut list = String::from("[\n");
    for golden in names(&root.join("golden")) {
        let case = root.join("cases").join(format!("{golden}.yaml"));
        let case =
            if case.exists() { format!("Some(include_str!({:?}))", case.to_str().unwrap()) } else { "None".to_owned() };
        writeln!(list, "Case {{ name: {golden:?}, file: {case}, golden: &[").unwrap();
        files(&root.join("golden").join(&golden), "", &mut list);
        list.push_str("] },\n");
    }
    list.push_str("]\n");
    fs::write(Path::new(&env::var("OUT_DIR").unwrap()).join("cases.rs"), list).unwrap();
    for folder in ["cases", "golden"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn files(folder: &Path, prefix: &str, list: &mut String) {
    for name in names(folder) {
        let path = folder.join(&name);
        if path.is_dir() {
            files(&path, &format!("{prefix}{name}/"), list);
        } else {
            let inside = format!("{prefix}{name}");
            writeln!(list, "({inside:?}, include_str!({:?})),", path.to_str().unwrap()).unwrap();
        }
    }
}
