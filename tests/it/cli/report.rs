//! Exit codes, and how problems are told.

use super::program::{call, works};
use crate::case;
use crate::tool::Folder;
use meshwright_core::preset::Preset;
use meshwright_core::yaml;
use serde_json::Value;

/// A topology with four mistakes and something to be warned of.
fn mistaken() -> String {
    let mut draft = case::file("kind");
    "1.2.3".clone_into(&mut draft.version);
    "Not a name".clone_into(&mut draft.clusters[0].name);
    draft.clusters[1].context = String::new();
    draft.clusters[1].api_server = String::new();
    "bookinfo".clone_into(&mut draft.sample.app);
    yaml::write(&draft)
}

#[test]
fn a_good_call_ends_with_0() {
    let here = Folder::new();
    let preset = works(&here, &["preset", "external-control-plane"], "").out;
    here.file("mesh.yaml", &preset);
    for words in [
        &["--help"][..],
        &["--version"],
        &["help", "generate"],
        &["preset"],
        &["schema"],
        &["check", "mesh.yaml"],
        &["check", "-"],
        &["generate", "mesh.yaml", "--output", "made"],
        &["generate", "-", "--zip", "made.zip"],
    ] {
        let said = works(&here, words, &preset);
        assert!(!said.err.contains("error"), "{words:?}: {}", said.err);
    }
}

#[test]
fn a_call_that_cannot_be_followed_ends_with_1() {
    let here = Folder::new();
    let preset = works(&here, &["preset", "external-control-plane"], "").out;
    here.file("file", "");
    for (words, told) in [
        (&[][..], "Usage"),
        (&["install"], "unrecognized subcommand"),
        (&["generate", "-"], "--output <DIR>"),
        (&["check", "--colour", "-"], "--colour"),
        (&["check", "nowhere.yaml"], "failed to read nowhere.yaml"),
        (&["check", "--format=xml", "-"], "xml"),
        (&["preset", "nothing"], "external-control-plane-ip"),
        (&["generate", "-", "-o", "file"], "failed to read file"),
        (&["generate", "-", "-o", "file/below"], "file/below"),
        (&["generate", "-", "--zip", "file/below.zip"], "failed to write file/below.zip"),
        (&["generate", "-", "--zip", "no/such/folder.zip"], "failed to write no/such/folder.zip"),
    ] {
        let said = call(&here, words, &preset);
        assert_eq!(said.code, Some(1), "{words:?}: {}", said.err);
        assert!(said.err.contains(told), "{words:?}: {}", said.err);
        assert_eq!(said.out, "", "{words:?}");
    }
}

#[test]
fn a_topology_with_problems_ends_with_2_and_makes_nothing() {
    let here = Folder::new();
    let unknown = format!("{}colour: red\n", yaml::write(&case::file("bare")));
    for topology in [mistaken().as_str(), "", "[", "a: 1", "\u{0}", &unknown] {
        for words in [&["check", "-"][..], &["generate", "-", "-o", "made", "--zip", "made.zip"]] {
            for format in ["--format=words", "--format=json"] {
                let said = call(&here, &[words, &[format]].concat(), topology);
                assert_eq!(said.code, Some(2), "{topology:?}: {}{}", said.out, said.err);
            }
        }
    }
    assert_eq!(std::fs::read_dir(here.path()).unwrap().count(), 0);
}

#[test]
fn all_problems_are_told_at_once() {
    let here = Folder::new();
    let paths = ["istio.version", "sample.app", "clusters[0].name", "clusters[1].context", "clusters[1].apiServer"];
    let check = call(&here, &["check", "-"], &mistaken());
    let generate = call(&here, &["generate", "-", "-o", "made"], &mistaken());
    assert_eq!((check.err.as_str(), generate.out.as_str()), ("", ""));
    for told in [check.out, generate.err] {
        for path in paths {
            assert!(told.contains(&format!(": {path} (")), "{path}: {told}");
        }
        assert!(told.contains("warning: clusters[1].apiServer ("), "{told}");
    }
}

#[test]
fn programs_get_json_alone() {
    let here = Folder::new();
    for (words, topology) in [
        (&["check", "-"][..], mistaken()),
        (&["generate", "-", "-o", "made"], mistaken()),
        (&["check", "-"], yaml::write(&case::file("insecure-skip-verify"))),
        (&["generate", "-", "-o", "made"], yaml::write(&case::file("insecure-skip-verify"))),
        (&["check", "-"], "[".to_owned()),
        (&["generate", "-", "-o", "other"], "[".to_owned()),
    ] {
        let said = call(&here, &[words, &["--format=json"]].concat(), &topology);
        let problems: Vec<Value> = serde_json::from_str(&said.out).unwrap_or_else(|e| panic!("{e}: {}", said.out));
        assert!(!problems.is_empty());
        for problem in &problems {
            for part in ["path", "severity", "what", "breaks", "mend"] {
                let text = problem[part].as_str().unwrap_or_else(|| panic!("{part}: {problem}"));
                assert!(!text.is_empty() || part == "path", "{part}: {problem}");
            }
            assert!(["error", "warning"].contains(&problem["severity"].as_str().unwrap()));
        }
        let errors = problems.iter().any(|problem| problem["severity"] == "error");
        assert_eq!(said.code, Some(if errors { 2 } else { 0 }));
    }
    assert_eq!(works(&here, &["check", "-", "--format=json"], &yaml::write(&case::file("bare"))).out, "[]\n");
}

/// Whatever is wrong with a file as such, it is a problem of the topology, and of one place where there is one.
#[test]
fn what_cannot_be_read_is_told_with_its_place() {
    let here = Folder::new();
    let good = yaml::write(&case::file("bare"));
    let later = good.replace("meshwright/v1", "meshwright/v2");
    let unknown = good.replace("  context:", "  contexts:");
    let large = format!("{good}#{}\n", "x".repeat(1 << 20));
    for (name, text, place, told) in [
        ("later.yaml", later.as_bytes(), Some((1, 13)), "meshwright/v2 is a later version"),
        ("unknown.yaml", unknown.as_bytes(), Some((6, 3)), "unknown field `contexts`"),
        ("utf16.yaml", b"\xff\xfea\0", Some((1, 1)), "PowerShell"),
        ("large.yaml", large.as_bytes(), None, "larger than 1 MiB"),
    ] {
        std::fs::write(here.path().join(name), text).unwrap();
        let said = call(&here, &["check", name, "--format=json"], "");
        assert_eq!((said.code, said.err.as_str()), (Some(2), ""), "{name}");
        let problem = &serde_json::from_str::<Value>(&said.out).unwrap()[0];
        assert!(problem["what"].as_str().unwrap().contains(told), "{problem}");
        let number = |part: &str| problem[part].as_u64();
        assert_eq!(number("line").zip(number("column")), place, "{problem}");
        let said = call(&here, &["generate", name, "-o", "made"], "");
        assert_eq!(said.code, Some(2), "{name}");
        let place = place.map_or(String::new(), |(line, column)| format!("line {line}, column {column}: "));
        let told = format!("error: {name} cannot be read as a topology: {place}");
        assert!(said.err.starts_with(&told), "{told}: {}", said.err);
    }
    assert!(!here.path().join("made").exists());
}

#[test]
fn every_preset_is_printed_and_is_fine() {
    let here = Folder::new();
    let list = works(&here, &["preset"], "").out;
    for preset in Preset::ALL {
        assert!(list.lines().any(|line| line.starts_with(&format!("{} ", preset.name()))), "{list}");
        let topology = works(&here, &["preset", preset.name()], "").out;
        let checked = works(&here, &["check", "-"], &topology);
        assert_eq!((checked.out.as_str(), checked.err.as_str()), ("", ""));
    }
}

#[test]
fn the_schema_is_json_and_the_published_one() {
    let schema = works(&Folder::new(), &["schema"], "").out;
    let read: Value = serde_json::from_str(&schema).unwrap();
    assert_eq!(read["title"], "meshwright.yaml");
    assert_eq!(schema, std::fs::read_to_string(case::root().join("docs/meshwright.schema.json")).unwrap());
}
