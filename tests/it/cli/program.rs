//! The program, built once, and run.

use crate::case;
use crate::tool::{self, Folder};
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::LazyLock;

/// How a call ended: exit code, standard output, standard error.
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Cargo tells a test where the programs of its own package are, and of no other.
fn program() -> Command {
    static PATH: LazyLock<PathBuf> = LazyLock::new(|| {
        let mut cargo = Command::new(env!("CARGO"));
        let built = cargo.args(["build", "--locked", "--package=meshwright", "--message-format=json"]);
        let built = built.current_dir(case::root()).output().unwrap();
        assert!(built.status.success(), "{}", tool::err(&built));
        let messages = tool::out(&built);
        let made = messages.lines().filter_map(|line| {
            let message: serde_json::Value = serde_json::from_str(line).ok()?;
            message["executable"].as_str().map(PathBuf::from)
        });
        made.max().expect("a program is built")
    });
    Command::new(&*PATH)
}

/// Calls the program in a folder, with standard input.
pub(crate) fn call(folder: &Folder, words: &[&str], input: &str) -> Said {
    let said: Output = tool::feed(program().args(words).current_dir(folder.path()), input.as_bytes());
    Said { code: said.status.code(), out: tool::out(&said), err: tool::err(&said) }
}

/// A call that has to end well.
pub(crate) fn works(folder: &Folder, words: &[&str], input: &str) -> Said {
    let said = call(folder, words, input);
    assert_eq!(said.code, Some(0), "{words:?}: {}{}", said.out, said.err);
    said
}
