//! The part of bash that a bundle's scripts use: parsed into a tree, and run with stand-ins for the
//! programs that it calls. What it does not know is an error, not a guess.

mod builtin;
mod compound;
mod expand;
mod glob;
mod parse;
mod program;
mod run;
mod word;

pub(crate) use parse::parse;
pub(crate) use program::{Answer, Programs};
pub(crate) use run::Shell;

use std::sync::Arc;

/// A command of any kind.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    /// Assignments before a command, its words, and where its output goes.
    Command { assignments: Vec<(String, Word)>, words: Vec<Word>, to: Target },
    /// `a | b`
    Pipe(Vec<Node>),
    /// `a && b`
    And(Box<[Node; 2]>),
    /// `a || b`
    Or(Box<[Node; 2]>),
    /// `! a`
    Not(Box<Node>),
    /// Conditions and what follows each; the last may have none.
    If(Vec<(Vec<Node>, Vec<Node>)>),
    /// `while a; do b; done`
    While(Vec<Node>, Vec<Node>),
    /// `for a in b; do c; done`
    For(String, Vec<Word>, Vec<Node>),
    /// A word, and for some patterns the commands.
    Case(Word, Vec<(Vec<Word>, Vec<Node>)>),
    /// `{ a; }`
    Group(Vec<Node>),
    /// `( a )`
    Subshell(Vec<Node>),
    /// `a() { b; }`
    Function(String, Arc<[Node]>),
}

/// Where a command's standard output goes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Target {
    /// To whoever reads it.
    Here,
    /// To standard error.
    Error,
    /// To a file.
    File(Word),
}

/// Pieces that are one word together.
pub(crate) type Word = Vec<Piece>;

/// A piece of a word.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    pub(crate) part: Part,
    /// Inside of quotes: it is no pattern and is not split.
    pub(crate) quoted: bool,
}

/// What a piece of a word is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part {
    /// As it stands.
    Text(String),
    /// `$name` or `${name:-default}`.
    Variable(String, Option<Word>),
    /// `"$@"`
    Arguments,
    /// `$(commands)`
    Output(Vec<Node>),
    /// `$((a + b))`
    Sum(String),
}

#[cfg(test)]
mod tests {
    use super::{Answer, Node, Programs, Shell, parse};
    use std::sync::Arc;

    /// Keeps what it was asked.
    #[derive(Default)]
    struct Asked(Vec<String>);

    impl Programs for Asked {
        fn run(&mut self, words: &[String], input: &str) -> Answer {
            self.0.push(format!("{}<{input}", words.join("|")));
            let status = i32::from(words.iter().any(|word| word == "fail"));
            Answer { text: "said\n\n".to_owned(), status, ..Answer::default() }
        }

        fn source(&self, path: &str) -> Result<Arc<[Node]>, String> {
            parse(&format!("FROM='{path}'"))
        }

        fn write(&mut self, path: &str, text: String) {
            self.0.push(format!("{path}>{text}"));
        }

        fn is_file(&self, path: &str) -> bool {
            self.0.iter().any(|asked| asked.starts_with(&format!("{path}>")))
        }
    }

    /// What programs are asked by a script, and its exit code.
    fn run(script: &str) -> Result<(Vec<String>, i32), String> {
        let mut asked = Asked::default();
        let status = Shell::new(&mut asked).script(&parse(script)?);
        Ok((asked.0, status))
    }

    #[test]
    fn words_are_those_of_bash() {
        let script = r#"
. ./env.sh # a comment
a='it'\''s "x" $(y)'; b="${a} \"$FROM\" ${none:-d}"
x "${a}" --b="${b}" $((1 + 2)) \
  "$(x 2>/dev/null)"z
"#;
        let asked = ["x<".to_owned(), "x|it's \"x\" $(y)|--b=it's \"x\" $(y) \"env.sh\" d|3|saidz<".to_owned()];
        assert_eq!(run(script), Ok((asked.to_vec(), 0)));
    }

    #[test]
    fn control_flows_as_in_bash() {
        let script = r#"
set -euo pipefail
f() {
  local one=$1 tries=0
  while [ "${tries}" -lt 3 ]; do
    tries=$((tries + 1))
    if x "${one}${tries}" fail; then return 1; fi
    case "${tries}" in
      0 | 1) ;;
      *[2-3]) break ;;
    esac
  done
  [ -z "${one}" ] || y "$@"
}
f a b | z >/dev/null
! false && x last || die
x fail
x not-reached
"#;
        let asked = ["x|a1|fail<", "x|a2|fail<", "y|a|b<", "z<said\n\nsaid\n\nsaid\n\n", "x|last<", "x|fail<"];
        assert_eq!(run(script), Ok((asked.map(str::to_owned).to_vec(), 1)));
    }

    #[test]
    fn output_goes_to_files_and_subshells_keep_to_themselves() {
        let script = r#"
set -euo pipefail
a=1
[ -f "f ${a}" ] || printf '%s-' x y >"f ${a}"
[ ! -f "f ${a}" ] || (a=2 && x "${a}" fail) || y "${a}"
(exit 3) || z
(x fail || exit) || y b
"#;
        let asked = ["f 1>x-y-", "x|2|fail<", "y|1<", "z<", "x|fail<", "y|b<"];
        assert_eq!(run(script), Ok((asked.map(str::to_owned).to_vec(), 0)));
    }

    #[test]
    fn what_is_not_known_is_an_error() {
        for script in ["x `y`", "x 'y", "x ${y%z}", "if x; then y", "f() { x", "x )", "case a in b) c"] {
            assert!(parse(script).is_err(), "{script}");
        }
        assert_eq!(run("x \"${absent}\""), Ok((Vec::new(), 1)));
        assert_eq!(run("while true; do true; done"), Ok((Vec::new(), 124)));
    }
}
