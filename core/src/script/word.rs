//! A word of a command, and how it is quoted.

use std::fmt;

/// A word: what a shell passes on as one argument, whatever is in it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Word(Vec<Part>);

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Text(String),
    Variable(String),
}

impl Word {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Word(vec![Part::Text(text.into())])
    }

    pub(crate) fn variable(name: impl Into<String>) -> Self {
        Word(vec![Part::Variable(name.into())])
    }

    /// The script's own first argument, empty where there is none.
    pub(crate) fn first_argument() -> Self {
        Word::variable("1:-")
    }

    /// The word and then another, without a space.
    pub(crate) fn then(mut self, mut next: Word) -> Self {
        self.0.append(&mut next.0);
        self
    }
}

impl From<&str> for Word {
    fn from(text: &str) -> Self {
        Word::text(text)
    }
}

impl From<String> for Word {
    fn from(text: String) -> Self {
        Word::text(text)
    }
}

impl From<&String> for Word {
    fn from(text: &String) -> Self {
        Word::text(text.clone())
    }
}

/// Characters that mean nothing to a shell wherever they stand in a word.
fn plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':' | '=' | ',' | '@' | '%' | '+')
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let empty = self.0.iter().all(|part| matches!(part, Part::Text(text) if text.is_empty()));
        if empty {
            return f.write_str("''");
        }
        for part in &self.0 {
            match part {
                Part::Text(text) if text.chars().all(plain) => f.write_str(text)?,
                Part::Text(text) => write!(f, "'{}'", text.replace('\'', r"'\''"))?,
                Part::Variable(name) => write!(f, "\"${{{name}}}\"")?,
            }
        }
        Ok(())
    }
}
