//! Words to text.

use super::glob::Sign;
use super::program::{Programs, Stop};
use super::run::{Run, Shell};
use super::{Part, Word};

impl<P: Programs> Shell<'_, P> {
    pub(super) fn expand_all(&mut self, words: &[Word]) -> Result<Vec<String>, Stop> {
        let mut all = Vec::new();
        for word in words {
            match word.as_slice() {
                [one] if one.part == Part::Arguments => all.extend(self.arguments().cloned().unwrap_or_default()),
                [one] if !one.quoted && !matches!(one.part, Part::Text(_)) => {
                    all.extend(self.expand(word)?.split_whitespace().map(str::to_owned));
                }
                _ => all.push(self.expand(word)?),
            }
        }
        Ok(all)
    }

    pub(super) fn expand(&mut self, word: &Word) -> Result<String, Stop> {
        let mut text = String::new();
        for piece in word {
            if let Part::Text(said) = &piece.part {
                text.push_str(said);
            } else {
                text.push_str(&self.part(&piece.part)?);
            }
        }
        Ok(text)
    }

    /// A word as a pattern.
    pub(super) fn signs(&mut self, word: &Word) -> Result<Vec<Sign>, Stop> {
        let mut signs = Vec::new();
        for piece in word {
            signs.extend(self.part(&piece.part)?.chars().map(|c| (c, piece.quoted)));
        }
        Ok(signs)
    }

    fn part(&mut self, part: &Part) -> Result<String, Stop> {
        Ok(match part {
            Part::Text(text) => text.clone(),
            Part::Arguments => self.arguments().map(|all| all.join(" ")).unwrap_or_default(),
            Part::Variable(name, default) => self.value(name, default.as_ref())?,
            Part::Output(nodes) => {
                // errexit is off inside of `$(...)`.
                let (mut output, status) = self.capture(|shell| shell.all(nodes, true))?;
                self.status = status;
                output.truncate(output.trim_end_matches('\n').len());
                output
            }
            Part::Sum(sum) => {
                let mut term = |term: &str| term.parse().or_else(|_| self.look_up(term).parse::<i64>());
                sum.split('+').map(|it| term(it.trim()).unwrap_or_default()).sum::<i64>().to_string()
            }
        })
    }

    /// Standard output of commands, whose failures end none but themselves.
    pub(super) fn capture(&mut self, run: impl FnOnce(&mut Self) -> Run) -> Result<(String, i32), Stop> {
        let before = std::mem::take(&mut self.output);
        let status = match run(self) {
            Err(Stop::Exit(status) | Stop::Return(status)) => Ok(status),
            other => other,
        };
        let output = std::mem::replace(&mut self.output, before);
        Ok((output, status?))
    }

    /// A variable's value, or its default where it is empty; without one it has to be set (`set -u`).
    fn value(&mut self, name: &str, default: Option<&Word>) -> Result<String, Stop> {
        let found = self.look_up(name);
        match default {
            Some(default) if found.is_empty() => self.expand(default),
            None if found.is_empty() && !self.is_set(name) => {
                self.error.push_str(name);
                self.error.push_str(": unbound variable\n");
                Err(Stop::Exit(1))
            }
            _ => Ok(found),
        }
    }

    fn is_set(&mut self, name: &str) -> bool {
        let index = name.parse::<usize>().ok();
        let argument = index.is_some_and(|index| self.arguments().is_some_and(|all| index <= all.len()));
        argument || name == "?" || name.starts_with("BASH_SOURCE") || self.variables.contains_key(name)
    }

    fn look_up(&mut self, name: &str) -> String {
        if name == "?" {
            return self.status.to_string();
        }
        match name.parse::<usize>() {
            Ok(index) => {
                let argument = self.arguments().and_then(|all| all.get(index.wrapping_sub(1)));
                argument.cloned().unwrap_or_default()
            }
            Err(_) => self.variables.get(name).cloned().unwrap_or_default(),
        }
    }
}
