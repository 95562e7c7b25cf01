//! env.sh: the shell has each context exactly as typed.

use crate::case;
use crate::readers::text;
use crate::tool::{self, Folder};
use meshwright_core::draft::At;
use meshwright_core::field::Field;
use meshwright_core::generate;
use std::fmt::Write;

/// Contexts that a shell would run, split, expand or take for an option.
const HOSTILE: [&str; 26] = [
    "it's",
    r#"say "hi""#,
    "$(touch pwned)",
    "`touch pwned`",
    "$HOME",
    "${CTX}",
    r"back\slash",
    r"end\",
    "-n",
    "--help",
    "two  spaces  inside",
    "*",
    "?[a-z]{1,2}",
    "!",
    "!!",
    "~",
    "~/.kube/config",
    "a;b",
    "a&b|c",
    "a>b<c",
    "#hash",
    "naïve café 日本語 😀",
    "'",
    "''",
    "\"'\"'\"",
    "a=b=c",
];

#[test]
fn env_sh_gives_contexts_back_byte_for_byte() {
    let mut strings: Vec<String> = HOSTILE.iter().map(|context| (*context).to_owned()).collect();
    match text::strings() {
        Some(more) => strings.extend(more),
        None => println!("skipped the strings of ../shared: it is not beside this checkout"),
    }
    let draft = case::file("bare");
    let at = At { field: Field::Context, key: draft.clusters[1].key };
    let folder = Folder::new();
    let (mut script, mut contexts) = (String::from("set -eu\n"), Vec::new());
    for string in strings {
        let mut draft = draft.clone();
        draft.set_text(at, string.clone());
        let Some(output) = generate(&draft).output else {
            assert!(!HOSTILE.contains(&string.as_str()), "{string:?} is refused");
            continue;
        };
        let file = format!("{}.sh", contexts.len());
        folder.file(&file, &output.bundle.file("env.sh").unwrap().text);
        writeln!(script, "(. ./{file} && printf '%s\\0' \"$CTX_CLUSTER1\")").unwrap();
        contexts.push(string);
    }
    let mut bash = std::process::Command::new("bash");
    let said = tool::feed(bash.current_dir(folder.path()), script.as_bytes());
    assert!(said.status.success() && said.stderr.is_empty(), "{}", tool::err(&said));
    let found: Vec<String> = tool::out(&said).split_terminator('\0').map(str::to_owned).collect();
    assert_eq!(found, contexts);
    assert!(contexts.len() >= HOSTILE.len());
    assert!(!folder.path().join("pwned").exists());
    let mut check = tool::shellcheck();
    check.args(["--norc", "--format=gcc"]).args((0..contexts.len()).map(|index| format!("{index}.sh")));
    let said = check.current_dir(folder.path()).output().unwrap();
    assert!(said.status.success(), "{}", tool::out(&said));
}
