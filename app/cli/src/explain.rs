//! `explain`: what a field takes, and what a problem means.

use crate::report::print;
use meshwright_core::field::{Field, Info, Takes};
use meshwright_core::problem::{Problem, Severity};
use meshwright_core::version;
use std::fmt::Write;

/// Explains the field or problem of that name; without one, lists all there are.
pub(crate) fn explain(name: Option<&str>) -> Result<(), String> {
    let Some(name) = name else {
        return print(&list());
    };
    let fields = Field::ALL.into_iter().map(Field::info).filter(|info| info.path == name).map(|info| field(&info));
    let problems = Problem::examples().into_iter().filter(|it| it.kind.name() == name).map(|it| problem(&it));
    let found: Vec<String> = fields.chain(problems).collect();
    if found.is_empty() {
        return Err(format!("there is no field and no problem called {name}; `meshwright explain` lists them"));
    }
    print(&found.join("\n"))
}

fn list() -> String {
    let mut text = "Fields:\n".to_owned();
    for info in Field::ALL.map(Field::info) {
        let _ = writeln!(text, "  {:<28} {}", info.path, info.label);
    }
    text.push_str("Problems:\n");
    for problem in Problem::examples() {
        let _ = writeln!(text, "  {:<28} {}", problem.kind.name(), problem.what());
    }
    text
}

fn field(info: &Info) -> String {
    let takes = match info.takes {
        Takes::Text(rule) => rule.allowed().to_owned(),
        Takes::Choice(choices) => choices.iter().map(|choice| choice.value).collect::<Vec<_>>().join(", "),
        Takes::Clusters => "names of clusters".to_owned(),
    };
    let [newest, ..] = &version::ALL;
    let empty = match info.default {
        None => "has to be filled in",
        Some("") => "none",
        Some(default) => default,
    };
    format!(
        "{} ({})\n  {}\n  takes:      {takes}\n  when empty: {empty}\n  example:    {}\n  see:        {}\n",
        info.label,
        info.path,
        info.help,
        info.example,
        newest.docs(info.docs)
    )
}

fn problem(problem: &Problem) -> String {
    let severity = match problem.severity() {
        Severity::Error => "error: no files are made",
        Severity::Warning => "warning: files are made",
    };
    format!(
        "{} ({severity})\n  for example: {}\n  what breaks: {}\n  how to mend: {}\n",
        problem.kind.name(),
        problem.what(),
        problem.breaks(),
        problem.mend()
    )
}
