//! Shell scripts as data: a command is a list of words, a word a list of literal and variable parts.
//! Quoting happens in `Word`'s `Display` and nowhere else.

mod command;
mod fill;
mod helper;
mod word;

pub(crate) use command::{Command, context};
pub(crate) use fill::comment;
pub(crate) use helper::Helper;
pub(crate) use word::Word;

use std::collections::BTreeSet;
use std::fmt::Write;

/// A line of a script, or a few that belong together.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Line {
    /// A command.
    Run(Command),
    /// Commands, each fed by the one before.
    Pipe(Vec<Command>),
    /// A command that is a check: its title, and what to think of where it fails.
    Check(Word, Word, Command),
    /// A variable set to what a command prints.
    Capture(&'static str, Command),
    /// A comment.
    Comment(String),
    /// Nothing.
    Blank,
}

/// A script that begins `set -euo pipefail` and runs in its own folder.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Script {
    /// What it does, for its head; one line each.
    pub(crate) about: Vec<String>,
    /// Helpers that work by being there.
    pub(crate) also: Vec<Helper>,
    /// The lines.
    pub(crate) lines: Vec<Line>,
}

impl Script {
    /// The text: head, the helpers that the lines use, and the lines.
    pub(crate) fn text(&self) -> String {
        let mut text = String::from("#!/usr/bin/env bash\n");
        for line in &self.about {
            push(&mut text, &comment(line));
        }
        text.push_str(
            "\nset -euo pipefail\ncd \"$(dirname \"${BASH_SOURCE[0]}\")\"\n# shellcheck source=env.sh\n. ./env.sh\n\n",
        );
        for helper in self.helpers() {
            text.push_str(helper.source());
            text.push('\n');
        }
        for line in &self.lines {
            line.write(&mut text);
        }
        text
    }

    /// The helpers in use, those that others need included, in the order of their declaration.
    fn helpers(&self) -> BTreeSet<Helper> {
        let commands = self.lines.iter().flat_map(|line| match line {
            Line::Run(command) | Line::Check(_, _, command) | Line::Capture(_, command) => {
                std::slice::from_ref(command)
            }
            Line::Pipe(commands) => commands.as_slice(),
            Line::Comment(_) | Line::Blank => &[],
        });
        let used: BTreeSet<Helper> = commands.flat_map(Command::helpers).chain(&self.also).copied().collect();
        used.iter().flat_map(|helper| helper.needs().iter().copied().chain([*helper])).collect()
    }
}

fn push(text: &mut String, line: &str) {
    text.push_str(line.trim_end());
    text.push('\n');
}

impl Line {
    fn write(&self, text: &mut String) {
        match self {
            Line::Run(command) => push(text, &command.lines("")),
            Line::Pipe(commands) => {
                let commands: Vec<String> = commands
                    .iter()
                    .enumerate()
                    .map(|(index, command)| command.lines(if index == 0 { "" } else { "  " }))
                    .collect();
                push(text, &commands.join(" |\n  "));
            }
            Line::Check(title, hint, command) => {
                let check = Helper::Check.name();
                push(text, &format!("{check} {title} \\\n  {hint} \\\n  {}", command.lines("  ")));
            }
            Line::Capture(variable, command) => {
                let _ = writeln!(text, "{variable}=\"$({command})\"");
            }
            Line::Comment(text_of) => push(text, &comment(text_of)),
            Line::Blank => text.push('\n'),
        }
    }
}
