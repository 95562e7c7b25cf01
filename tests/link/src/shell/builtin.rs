//! What bash does itself.

use super::program::{Programs, Stop};
use super::run::Shell;

impl<P: Programs> Shell<'_, P> {
    /// Runs a builtin; `None` where there is none of that name.
    pub(super) fn builtin(&mut self, name: &str, words: &[String]) -> Result<Option<i32>, Stop> {
        let word = |index: usize| words.get(index).map_or("", String::as_str);
        let number = |index: usize| word(index).parse::<i32>().unwrap_or_default();
        // Without a number it is that of the last command.
        let status = || if words.is_empty() { self.status } else { number(0) };
        let status = match name {
            "set" | "cd" | "trap" | "sleep" | "umask" | "true" | ":" | "command" => 0,
            "false" => 1,
            "dirname" => {
                self.output.push_str(".\n");
                0
            }
            "break" => return Err(Stop::Break),
            "return" => return Err(Stop::Return(status())),
            "exit" => return Err(Stop::Exit(status())),
            "shift" => {
                let count = if words.is_empty() { 1 } else { usize::try_from(number(0)).unwrap_or(1) };
                if let Some(all) = self.arguments() {
                    all.drain(..count.min(all.len()));
                }
                0
            }
            "local" | "export" => {
                for assignment in words {
                    let (variable, value) = assignment.split_once('=').unwrap_or((assignment, ""));
                    if name == "local" {
                        self.own(variable);
                    }
                    self.set(variable, value.to_owned());
                }
                0
            }
            "." | "source" => match self.programs.source(word(0).trim_start_matches("./")) {
                Ok(nodes) => self.all(&nodes, false)?,
                Err(error) => {
                    self.error.push_str(&error);
                    1
                }
            },
            "[" => i32::from(!test(words, &|path| self.programs.is_file(path))),
            "printf" => {
                let arguments = words.get(1..).unwrap_or_default();
                self.output.push_str(&printf(word(0), arguments));
                0
            }
            _ => return Ok(None),
        };
        Ok(Some(status))
    }
}

/// `[ a = b ]`, of which the last word is the bracket.
fn test(words: &[String], is_file: &dyn Fn(&str) -> bool) -> bool {
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| *word != "]").collect();
    let number = |text: &str| text.parse::<i64>().unwrap_or_default();
    match words.as_slice() {
        ["!", rest @ ..] => !test(&rest.iter().map(|&word| word.to_owned()).collect::<Vec<_>>(), is_file),
        ["-n", text] | [text] => !text.is_empty(),
        ["-z", text] => text.is_empty(),
        ["-f", path] => is_file(path),
        [one, "=", other] => one == other,
        [one, "!=", other] => one != other,
        [one, "-eq", other] => number(one) == number(other),
        [one, "-ne", other] => number(one) != number(other),
        [one, "-lt", other] => number(one) < number(other),
        [one, "-gt", other] => number(one) > number(other),
        _ => false,
    }
}

/// The format as often as there are arguments for it, once at least.
fn printf(format: &str, arguments: &[String]) -> String {
    let mut output = String::new();
    let mut arguments = arguments.iter();
    loop {
        let mut signs = format.chars();
        while let Some(sign) = signs.next() {
            match (sign, if matches!(sign, '%' | '\\') { signs.next() } else { None }) {
                ('%', Some('s' | 'd')) => output.push_str(arguments.next().map_or("", String::as_str)),
                ('\\', Some('n')) => output.push('\n'),
                ('\\' | '%', Some(other)) => output.push(other),
                (sign, _) => output.push(sign),
            }
        }
        if arguments.len() == 0 || !format.contains('%') {
            return output;
        }
    }
}
