//! What a script runs, and how it ends.

use super::Node;
use std::sync::Arc;

/// What a program said, and its exit code.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) text: String,
    pub(crate) status: i32,
    /// What it said on standard error.
    pub(crate) error: String,
}

/// Stand-ins for programs.
pub(crate) trait Programs {
    /// Runs a program, whose name is the first word, on an input.
    fn run(&mut self, words: &[String], input: &str) -> Answer;
    /// A script that is read into this one.
    fn source(&self, path: &str) -> Result<Arc<[Node]>, String>;
    /// Keeps a file that a script writes.
    fn write(&mut self, path: &str, text: String);
    /// Whether a file is there.
    fn is_file(&self, path: &str) -> bool;
}

/// Why the commands that follow are not run.
pub(super) enum Stop {
    Break,
    Return(i32),
    Exit(i32),
}
