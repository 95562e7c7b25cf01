//! The folder that files are written to: into it and nowhere else, and over nothing that is not our own.

use super::program::{call, works};
use crate::tool::Folder;
use crate::{case, tree};
use meshwright_core::preset::Preset;
use meshwright_core::yaml;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

fn generate<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["generate", "-", "--output", "made"], more].concat()
}

fn topology(name: &str) -> String {
    yaml::write(&case::file(name))
}

#[test]
fn a_preset_is_its_golden_tree() {
    for preset in Preset::ALL {
        let here = Folder::new();
        let topology = works(&here, &["preset", preset.name()], "").out;
        let said = works(&here, &generate(&[]), &topology);
        let golden = tree::read(&case::root().join("tests/golden").join(preset.name()));
        let made = tree::read(&here.path().join("made"));
        assert_eq!(tree::differences(&golden, &made), "");
        assert_eq!(said.err, format!("{} files in made\n", golden.len()));
        for file in golden.keys() {
            let bits = fs::metadata(here.path().join("made").join(file)).unwrap().permissions().mode();
            let script = ["install.sh", "verify.sh", "uninstall.sh"].contains(&file.as_str());
            assert_eq!(bits & 0o100 != 0, script, "{file}: {bits:o}");
        }
    }
}

#[test]
fn a_folder_that_holds_anything_is_refused() {
    let here = Folder::new();
    let stranger = here.file("made/notes.txt", "mine");
    for (more, told) in [(&[][..], "made is not empty"), (&["--replace"], "made is not a bundle of Meshwright's")] {
        let said = call(&here, &generate(more), &topology("bare"));
        assert_eq!(said.code, Some(1));
        assert!(said.err.contains(told), "{}", said.err);
    }
    here.file("made/meshwright.yaml", "not: ours\n");
    let said = call(&here, &generate(&["--replace"]), &topology("bare"));
    assert_eq!((said.code, fs::read_dir(here.path().join("made")).unwrap().count()), (Some(1), 2), "{}", said.err);
    assert_eq!(fs::read_to_string(stranger).unwrap(), "mine");
    // An empty one is fine.
    fs::create_dir(here.path().join("empty")).unwrap();
    works(&here, &["generate", "-", "-o", "empty"], &topology("bare"));
}

#[test]
fn replacing_leaves_what_is_not_its_own() {
    let here = Folder::new();
    works(&here, &generate(&[]), &topology("address-discovered"));
    here.file("made/notes.txt", "mine");
    here.file("made/cluster3/mine.yaml", "mine");
    here.file("made/env.sh", "changed by hand");
    let said = works(&here, &generate(&["--replace"]), &topology("bare"));
    let made = tree::read(&here.path().join("made"));
    let mut expected = tree::read(&case::root().join("tests/golden/bare"));
    expected.insert("notes.txt".into(), "mine".into());
    expected.insert("cluster3/mine.yaml".into(), "mine".into());
    expected.insert("env.sh.bak".into(), "changed by hand".into());
    assert_eq!(tree::differences(&expected, &made), "");
    assert!(said.err.contains("env.sh was changed by hand: kept as "), "{}", said.err);
    // The folder of a cluster that is gone goes, unless a stranger's file is in it.
    assert!(!here.path().join("made/cluster2").exists() && here.path().join("made/cluster3").exists());
}

/// What was kept once is not lost when it is kept again, nor is anything made again by the same topology.
#[test]
fn every_change_by_hand_is_kept() {
    let here = Folder::new();
    let again = || works(&here, &generate(&["--replace"]), &topology("bare"));
    works(&here, &generate(&[]), &topology("bare"));
    assert!(!again().err.contains("kept"));
    for change in ["first", "second", "third"] {
        here.file("made/install.sh", change);
        again();
    }
    for (name, change) in [("install.sh.bak", "first"), ("install.sh.bak2", "second"), ("install.sh.bak3", "third")] {
        assert_eq!(fs::read_to_string(here.path().join("made").join(name)).unwrap(), change);
    }
    assert!(fs::metadata(here.path().join("made/install.sh")).unwrap().permissions().mode() & 0o100 != 0);
}

#[test]
fn nothing_is_written_through_a_link() {
    let here = Folder::new();
    let outside = here.file("outside.txt", "outside");
    fs::create_dir(here.path().join("elsewhere")).unwrap();
    works(&here, &generate(&[]), &topology("bare"));
    let at = |name: &str| here.path().join("made").join(name);
    let refused = || {
        let said = call(&here, &generate(&["--replace"]), &topology("address-discovered"));
        assert_eq!(said.code, Some(1), "{}", said.err);
        assert!(said.err.contains("is a link: nothing is written through it"), "{}", said.err);
    };
    // A file that is written again, a folder that is written into, and one that comes new.
    fs::remove_file(at("install.sh")).unwrap();
    symlink(&outside, at("install.sh")).unwrap();
    refused();
    fs::remove_file(at("install.sh")).unwrap();
    symlink(here.path().join("elsewhere"), at("cluster2")).unwrap();
    refused();
    fs::remove_file(at("cluster2")).unwrap();
    // A link in the place where a changed file would be kept is passed over.
    symlink(&outside, at("env.sh.bak")).unwrap();
    here.file("made/env.sh", "changed by hand");
    works(&here, &generate(&["--replace"]), &topology("address-discovered"));
    assert_eq!(fs::read_to_string(at("env.sh.bak2")).unwrap(), "changed by hand");
    assert_eq!(fs::read_to_string(outside).unwrap(), "outside");
    assert_eq!(fs::read_dir(here.path().join("elsewhere")).unwrap().count(), 0);
}

/// Both are asked for and one is refused: neither is written.
#[test]
fn it_is_all_or_nothing() {
    let here = Folder::new();
    here.file("made.zip", "mine");
    let said = call(&here, &generate(&["--zip", "made.zip"]), &topology("bare"));
    assert_eq!(said.code, Some(1), "{}", said.err);
    assert!(!here.path().join("made").exists());
    here.file("made/notes.txt", "mine");
    let said = call(&here, &generate(&["--zip", "new.zip"]), &topology("bare"));
    assert_eq!(said.code, Some(1), "{}", said.err);
    assert!(!here.path().join("new.zip").exists());
}
