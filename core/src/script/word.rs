//! A word of a command, and how it is quoted.

use std::borrow::Cow;

/// A word: what a shell passes on as one argument, whatever is in it. Held as the shell reads it: text
/// is quoted as it becomes a word, and nowhere else.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Word<'a>(Cow<'a, str>);

const NOTHING: &str = "''";

impl<'a> Word<'a> {
    pub(crate) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Word(NOTHING.into())
        } else if text.chars().all(plain) {
            Word(text)
        } else {
            Word(["'", &text.replace('\'', r"'\''"), "'"].concat().into())
        }
    }

    pub(crate) fn variable(name: &str) -> Self {
        Word(["\"${", name, "}\""].concat().into())
    }

    /// The script's own first argument, empty where there is none.
    pub(crate) fn first_argument() -> Self {
        Word::variable("1:-")
    }

    /// The word and then another, without a space.
    pub(crate) fn then(mut self, next: &Word<'_>) -> Self {
        self.0.to_mut().push_str(next.as_part());
        self
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The word behind something that makes it one word with it.
    pub(super) fn as_part(&self) -> &str {
        if self.0 == NOTHING { "" } else { &self.0 }
    }
}

impl<'a> From<&'a str> for Word<'a> {
    fn from(text: &'a str) -> Self {
        Word::text(text)
    }
}

impl From<String> for Word<'_> {
    fn from(text: String) -> Self {
        Word::text(text)
    }
}

impl<'a> From<&'a String> for Word<'a> {
    fn from(text: &'a String) -> Self {
        Word::text(text)
    }
}

/// Characters that mean nothing to a shell wherever they stand in a word.
fn plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':' | '=' | ',' | '@' | '%' | '+')
}
