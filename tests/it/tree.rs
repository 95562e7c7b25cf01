//! Trees of text files: read, written, and compared so that a person sees all that differs at once.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Files by their path below the tree's folder, with `/` between folders.
pub(crate) type Tree = BTreeMap<String, String>;

/// Reads every text file below `folder`; an absent folder is an empty tree.
pub(crate) fn read(folder: &Path) -> Tree {
    texts(folder, &[])
}

/// The same without files and folders of the names in `ignored`.
pub(crate) fn texts(folder: &Path, ignored: &[&str]) -> Tree {
    let mut tree = Tree::new();
    add(folder, "", ignored, &mut tree);
    tree
}

fn add(folder: &Path, prefix: &str, ignored: &[&str], tree: &mut Tree) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if ignored.contains(&name.as_str()) {
            continue;
        }
        let path = format!("{prefix}{name}");
        if entry.path().is_dir() {
            add(&entry.path(), &format!("{path}/"), ignored, tree);
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            tree.insert(path, text);
        }
    }
}

/// Makes `folder` hold exactly `tree`.
pub(crate) fn write(folder: &Path, tree: &Tree) {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
    for (path, text) in tree {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
}

/// All that differs between two trees, in words; empty where nothing does.
pub(crate) fn differences(expected: &Tree, found: &Tree) -> String {
    let mut report = String::new();
    for path in expected.keys().filter(|path| !found.contains_key(*path)) {
        let _ = writeln!(report, "missing: {path}");
    }
    for path in found.keys().filter(|path| !expected.contains_key(*path)) {
        let _ = writeln!(report, "extra: {path}");
    }
    for (path, text) in found {
        if let Some(before) = expected.get(path).filter(|before| *before != text) {
            let _ = write!(report, "different: {path}\n{}", lines(before, text));
        }
    }
    report
}

/// The lines between what two texts have in common at their start and end, with two lines around.
fn lines(expected: &str, found: &str) -> String {
    const AROUND: usize = 2;
    const MOST: usize = 40;
    let before: Vec<&str> = expected.split('\n').collect();
    let after: Vec<&str> = found.split('\n').collect();
    let same = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let room = before.len().min(after.len()) - same;
    let tail = before.iter().rev().zip(after.iter().rev()).take(room).take_while(|(a, b)| a == b).count();
    let from = same.saturating_sub(AROUND);
    let mut report = format!("  at line {}:\n", same + 1);
    let mut side = |mark: char, lines: &[&str]| {
        for line in lines.iter().take(MOST) {
            let _ = writeln!(report, "  {mark} {line}");
        }
        if lines.len() > MOST {
            let _ = writeln!(report, "  {mark} … and {} lines more", lines.len() - MOST);
        }
    };
    side(' ', &before[from..same]);
    side('-', &before[same..before.len() - tail]);
    side('+', &after[same..after.len() - tail]);
    let rest = &after[after.len() - tail..];
    side(' ', &rest[..rest.len().min(AROUND)]);
    report
}

#[test]
fn differences_are_told_all_at_once() {
    let tree = |files: &[(&str, &str)]| files.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect();
    let expected: Tree = tree(&[("a", "1\n2\n3\n4\n"), ("gone", ""), ("same", "x")]);
    let found: Tree = tree(&[("a", "1\n2\nthree\n4\n"), ("new", ""), ("same", "x")]);
    let report = differences(&expected, &found);
    assert_eq!(
        report,
        "missing: gone\nextra: new\ndifferent: a\n  at line 3:\n    1\n    2\n  - 3\n  + three\n    4\n    \n"
    );
    assert_eq!(differences(&expected, &expected), "");
}
