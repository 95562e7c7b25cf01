//! A word of a command, and how it is quoted.

use std::fmt;

/// A word: what a shell passes on as one argument, whatever is in it. Held as the shell reads it: text
/// is quoted as it becomes a word, and nowhere else.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Word(String);

const NOTHING: &str = "''";

impl Word {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Word(NOTHING.to_owned())
        } else if text.chars().all(plain) {
            Word(text)
        } else {
            Word(format!("'{}'", text.replace('\'', r"'\''")))
        }
    }

    pub(crate) fn variable(name: &str) -> Self {
        Word(format!("\"${{{name}}}\""))
    }

    /// The script's own first argument, empty where there is none.
    pub(crate) fn first_argument() -> Self {
        Word::variable("1:-")
    }

    /// The word and then another, without a space.
    pub(crate) fn then(mut self, next: Word) -> Self {
        let Word(next) = next;
        self.0.push_str(if next == NOTHING { "" } else { &next });
        self
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
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
        f.write_str(&self.0)
    }
}
