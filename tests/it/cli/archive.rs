//! The archive, read by another program's eyes.

use super::program::{call, works};
use crate::case;
use crate::tool::{self, Folder};
use crate::tree::{self, Tree};
use meshwright_core::bundle::{Bundle, File};
use meshwright_core::yaml;
use serde_json::{Value, json};
use std::fs;
use std::io::{Cursor, Read};

/// Python's zipfile tells each entry: its name, its mode, how it is stored, and its text.
const READ: &str = "
import json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
json.dump([{'name': entry.filename, 'mode': entry.external_attr >> 16, 'date': list(entry.date_time),
  'text': archive.read(entry).decode()} for entry in archive.infolist()], sys.stdout)
";

fn read(path: &std::path::Path) -> Vec<Value> {
    let said = tool::python().args(["-c", READ]).arg(path).output().unwrap();
    assert!(said.status.success(), "{}", tool::err(&said));
    serde_json::from_slice(&said.stdout).unwrap()
}

#[test]
fn an_archive_is_the_bundle_in_one_folder() {
    let here = Folder::new();
    for case in case::all() {
        let file = format!("{}.zip", case.name);
        works(&here, &["generate", "-", "--zip", &file], &yaml::write(&case.draft));
        let path = here.path().join(&file);
        let output = case::output(&case.draft);
        assert!(fs::read(&path).unwrap() == output.bundle.zip(&output.plan.folder()).unwrap());
        let folder = format!("{}/", output.plan.folder());
        let mut tree = Tree::new();
        for entry in read(&path) {
            let name = entry["name"].as_str().unwrap();
            let inside = name.strip_prefix(&folder).unwrap_or_else(|| panic!("{name}"));
            assert!(inside.split('/').all(|part| !matches!(part, "" | "." | "..")), "{name}");
            let script = ["install.sh", "verify.sh", "uninstall.sh"].contains(&inside);
            assert_eq!(entry["mode"], if script { 0o100_755 } else { 0o100_644 }, "{name}");
            assert_eq!(entry["date"], json!([1980, 1, 1, 0, 0, 0]));
            let text = entry["text"].as_str().unwrap().to_owned();
            assert!(tree.insert(inside.to_owned(), text).is_none(), "{name} is there twice");
        }
        let golden = tree::read(&case::root().join("tests/golden").join(&case.name));
        assert_eq!(tree::differences(&golden, &tree), "");
    }
}

#[test]
fn equal_topologies_are_equal_archives() {
    let here = Folder::new();
    let topology = yaml::write(&case::file("revision-dns"));
    for name in ["first.zip", "second.zip"] {
        works(&here, &["generate", "-", "--zip", name], &topology);
    }
    assert!(fs::read(here.path().join("first.zip")).unwrap() == fs::read(here.path().join("second.zip")).unwrap());
}

#[test]
fn an_archive_replaces_nothing_unless_told() {
    let here = Folder::new();
    let mine = here.file("made.zip", "mine");
    let topology = yaml::write(&case::file("bare"));
    let said = call(&here, &["generate", "-", "--zip", "made.zip"], &topology);
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("made.zip is there already; --replace replaces it"), "{}", said.err);
    assert_eq!(fs::read_to_string(&mine).unwrap(), "mine");
    works(&here, &["generate", "-", "--zip", "made.zip", "--replace"], &topology);
    assert!(!read(&mine).is_empty());
}

/// unzip makes the scripts executable, as a person does it who downloads the archive.
#[test]
fn an_unpacked_archive_runs() {
    use std::os::unix::fs::PermissionsExt;
    let here = Folder::new();
    works(&here, &["generate", "-", "--zip", "made.zip"], &yaml::write(&case::file("bare")));
    let Ok(said) = std::process::Command::new("unzip").args(["-q", "made.zip"]).current_dir(here.path()).output()
    else {
        println!("skipped: there is no unzip");
        return;
    };
    assert!(said.status.success(), "{}", tool::err(&said));
    let script = here.path().join("meshwright-mesh1/install.sh");
    assert_eq!(fs::metadata(script).unwrap().permissions().mode() & 0o777, 0o755);
}

/// Python's zipfile reads the directory at the end; this crate compares it with what stands before each file.
#[test]
fn another_reader_finds_the_same() {
    let mut bundle = Bundle::default();
    for (path, text) in [("install.sh", "echo\n"), ("cluster1/05-é.yaml", ""), ("cluster1/10-a.yaml", "a: ü\n")] {
        bundle.files.push(File { path: path.to_owned(), text: text.to_owned() });
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bundle.zip("folder").unwrap())).unwrap();
    assert_eq!(archive.len(), bundle.files.len());
    for (index, file) in bundle.files.iter().enumerate() {
        let mut entry = archive.by_index(index).unwrap();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        assert_eq!(entry.name().unwrap(), format!("folder/{}", file.path));
        assert_eq!(text, file.text);
        assert_eq!(entry.unix_mode(), Some(if file.is_script() { 0o100_755 } else { 0o100_644 }));
    }
}

/// Each case's archive by length and sum, for the tests in Wasm. `MESHWRIGHT_BLESS=1` writes the list.
#[test]
fn golden_archives_are_as_recorded() {
    let mut cases = case::all();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    let lines = cases.iter().map(|case| {
        let output = case::output(&case.draft);
        let bytes = output.bundle.zip(&output.plan.folder()).unwrap();
        format!("{} {} {:016x}\n", case.name, bytes.len(), meshwright_tests::sum(&bytes))
    });
    let found: String = lines.collect();
    let path = case::root().join("tests/wasm/archives.txt");
    if std::env::var_os("MESHWRIGHT_BLESS").is_some_and(|value| value == "1") {
        fs::write(&path, &found).unwrap();
    }
    assert_eq!(found, fs::read_to_string(&path).unwrap_or_default(), "run `make golden`, and read what changed");
}
