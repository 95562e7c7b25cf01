//! Problems, told to people or to programs.

use crate::args::Format;
use meshwright_core::draft::Draft;
use meshwright_core::problem::{Problem, Severity};
use meshwright_core::yaml::ReadError;
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;

/// Where problems are told: they are what `check` is asked for, and beside the way of `generate`.
#[derive(Clone, Copy)]
pub(crate) enum To {
    Output,
    Error,
}

/// Prints to standard output.
pub(crate) fn print(text: &str) -> Result<(), String> {
    std::io::stdout().write_all(text.as_bytes()).map_err(|e| format!("failed to write to standard output: {e}"))
}

fn tell(text: &str, to: To) -> Result<(), String> {
    match to {
        To::Output => print(text),
        To::Error => std::io::stderr().write_all(text.as_bytes()).map_err(|e| format!("failed to write: {e}")),
    }
}

/// All problems of a draft: to programs on standard output, alone there, and to people where `to` says.
pub(crate) fn problems(draft: &Draft, problems: &[Problem], format: Format, to: To) -> Result<(), String> {
    match format {
        Format::Words => {
            let told: Vec<String> = problems.iter().map(|problem| words(draft, problem)).collect();
            tell(&told.concat(), to)
        }
        Format::Json => array(problems.iter().map(|problem| object(draft, problem)).collect()),
    }
}

/// A file that is no topology at all.
pub(crate) fn unreadable(file: &Path, error: &ReadError, format: Format) -> Result<(), String> {
    match format {
        Format::Words => tell(&format!("error: {} cannot be read as a topology: {error}\n", file.display()), To::Error),
        Format::Json => array(vec![json!({
            "path": "",
            "severity": "error",
            "problem": "unreadable",
            "line": error.place.map(|(line, _)| line),
            "column": error.place.map(|(_, column)| column),
            "what": error.what,
            "breaks": "There is no topology to make files of.",
            "mend": "Mend the file there; `meshwright schema` says what it may hold.",
        })]),
    }
}

fn array(problems: Vec<Value>) -> Result<(), String> {
    print(&format!("{:#}\n", Value::Array(problems)))
}

fn severity(problem: &Problem) -> &'static str {
    match problem.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn words(draft: &Draft, problem: &Problem) -> String {
    format!(
        "{}: {} ({})\n  {}\n  {}\n  {}\n",
        severity(problem),
        draft.path(problem.at),
        problem.kind.name(),
        problem.what(),
        problem.breaks(),
        problem.mend()
    )
}

fn object(draft: &Draft, problem: &Problem) -> Value {
    json!({
        "path": draft.path(problem.at),
        "severity": severity(problem),
        "problem": problem.kind.name(),
        "what": problem.what(),
        "breaks": problem.breaks(),
        "mend": problem.mend(),
    })
}
