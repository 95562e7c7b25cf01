//! What can be said of the scripts without running them.

use crate::case;
use crate::tool::{self, Folder};
use meshwright_core::bundle::File;
use std::path::Path;
use std::process::Command;

fn is_shell(file: &File) -> bool {
    Path::new(&file.path).extension().is_some_and(|ending| ending == "sh")
}

/// Every script of every case in a folder, and their paths.
fn scripts() -> (Folder, Vec<std::path::PathBuf>) {
    let folder = Folder::new();
    let mut paths = Vec::new();
    for case in case::all() {
        let bundle = case::output(&case.draft).bundle;
        let files = bundle.files.iter().filter(|file| is_shell(file));
        paths.extend(files.map(|file| folder.file(&format!("{}/{}", case.name, file.path), &file.text)));
    }
    assert_eq!(paths.len(), case::all().len() * 4);
    (folder, paths)
}

#[test]
fn bash_reads_every_script() {
    let (_folder, paths) = scripts();
    for path in paths {
        let said = Command::new("bash").arg("-n").arg(&path).output().unwrap();
        assert!(said.status.success() && said.stderr.is_empty(), "{}", tool::err(&said));
    }
}

#[test]
fn shellcheck_finds_nothing() {
    let (_folder, paths) = scripts();
    let said = tool::shellcheck()
        .args(["--norc", "--external-sources", "--source-path=SCRIPTDIR", "--format=gcc"])
        .args(paths)
        .output()
        .unwrap();
    assert!(said.status.success(), "{}{}", tool::out(&said), tool::err(&said));
}

/// macOS has bash 3.2.
#[test]
fn nothing_is_newer_than_bash_3_2() {
    const NEWER: [&str; 12] = [
        "declare -A",
        "local -A",
        "declare -n",
        "local -n",
        "mapfile",
        "readarray",
        "coproc",
        "|&",
        "&>>",
        "[[ -v",
        "EPOCHSECONDS",
        "wait -n",
    ];
    let (_folder, paths) = scripts();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let code: String = text.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n");
        let found: Vec<_> = NEWER.iter().filter(|word| code.contains(**word)).collect();
        assert!(found.is_empty(), "{}: {found:?}", path.display());
        // ${name,,} ${name^^} ${name@Q}
        let expansions = code.split("${").skip(1).filter_map(|rest| rest.split('}').next());
        let newer = |word: &&str| word.contains([',', '^', '@']) && !word.contains(['[', '/', '#', '%', ':']);
        assert_eq!(expansions.filter(newer).collect::<Vec<_>>(), Vec::<&str>::new(), "{}", path.display());
    }
}
