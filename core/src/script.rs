//! Shell scripts as data: a command is a list of words, a word a list of literal and variable parts.
//! Quoting happens where text becomes a `Word` and nowhere else.

mod command;
mod fill;
mod helper;
mod word;

pub(crate) use command::{Command, context};
pub(crate) use fill::comment;
pub(crate) use helper::Helper;
pub(crate) use word::Word;

use crate::sorted::Sorted;

/// A line of a script, or a few that belong together.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Line {
    /// A command.
    Run(Command),
    /// Commands, each fed by the one before.
    Pipe(Vec<Command>),
    /// A command that is a check: its title, and what to think of where it fails.
    Check(Word<'static>, Word<'static>, Command),
    /// A variable set to what a command prints.
    Capture(String, Command),
    /// A comment.
    Comment(String),
    /// Nothing.
    Blank,
}

/// A script that begins `set -euo pipefail` and runs in its own folder.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Script<Lines> {
    /// What it does, for its head; one line each.
    pub(crate) about: Vec<String>,
    /// Helpers that work by being there.
    pub(crate) also: Vec<Helper>,
    /// The lines. Each is text as soon as it is made: a long script never stands in memory as data.
    pub(crate) lines: Lines,
}

impl<Lines: IntoIterator<Item = Line>> Script<Lines> {
    /// The text: head, the helpers that the lines use, and the lines.
    pub(crate) fn text(self) -> String {
        let mut used = Helpers::default();
        self.also.into_iter().for_each(|helper| used.call(helper));
        let mut lines = String::new();
        for line in self.lines {
            line.commands().iter().filter_map(Command::helper).for_each(|helper| used.call(helper));
            line.write(&mut lines);
        }
        let mut text = String::from("#!/usr/bin/env bash\n");
        for line in &self.about {
            comment(&mut text, line);
        }
        text.push_str(
            "\nset -euo pipefail\ncd \"$(dirname \"${BASH_SOURCE[0]}\")\"\n# shellcheck source=env.sh\n. ./env.sh\n\n",
        );
        for helper in used.0.keys() {
            text.push_str(helper.source());
            text.push('\n');
        }
        text.push_str(&lines);
        text
    }
}

/// Helpers and those that they need, in the order of their declaration.
#[derive(Default)]
struct Helpers(Sorted<Helper, ()>);

impl Helpers {
    fn call(&mut self, helper: Helper) {
        if self.0.add(helper, ()) {
            helper.needs().iter().for_each(|needed| self.call(*needed));
        }
    }
}

impl Line {
    fn commands(&self) -> &[Command] {
        match self {
            Line::Run(command) | Line::Check(_, _, command) | Line::Capture(_, command) => {
                std::slice::from_ref(command)
            }
            Line::Pipe(commands) => commands.as_slice(),
            Line::Comment(_) | Line::Blank => &[],
        }
    }

    fn write(&self, text: &mut String) {
        match self {
            Line::Run(command) => {
                command.write(text, "");
                text.push('\n');
            }
            Line::Pipe(commands) => {
                for (index, command) in commands.iter().enumerate() {
                    text.push_str(if index == 0 { "" } else { " |\n  " });
                    command.write(text, if index == 0 { "" } else { "  " });
                }
                text.push('\n');
            }
            Line::Check(title, hint, command) => {
                text.extend([Helper::Check.name(), " ", title.as_str(), " \\\n  ", hint.as_str(), " \\\n  "]);
                command.write(text, "  ");
                text.push('\n');
            }
            Line::Capture(variable, command) => {
                let words: Vec<_> = command.words().collect();
                text.extend([variable, "=\"$(", &words.join(" "), ")\"\n"]);
            }
            Line::Comment(what) => comment(text, what),
            Line::Blank => text.push('\n'),
        }
    }
}
