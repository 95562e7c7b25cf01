//! What came of a mutation.

use super::{Found, Row};
use anyhow::{Context, Result};
use meshwright_link::Mutation;
use serde::Serialize;
use std::fmt;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

/// A row of the report.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    mutation: &'static str,
    case: &'static str,
    invariants: &'static [u8],
    /// What failed; nothing, where the bundle passed.
    failed: Option<&'static str>,
    /// The line that names the broken link; nothing, where none does.
    said: Option<String>,
    seconds: u64,
    #[serde(skip)]
    all: String,
}

impl Report {
    pub(super) fn new(row: &Row, mutation: &Mutation, found: Option<&Found>, time: Duration) -> Report {
        let said = found.and_then(|found| found.said.lines().find(|line| line.contains(row.says)));
        Report {
            mutation: row.name,
            case: row.case,
            invariants: mutation.invariants,
            failed: found.map(|found| found.failed),
            said: said.map(|line| line.trim().to_owned()),
            seconds: time.as_secs(),
            all: found.map_or_else(String::new, |found| found.said.clone()),
        }
    }

    /// Adds it to a file, as a line of JSON.
    pub(super) fn append(&self, file: &Path) -> Result<()> {
        let failed = || format!("failed to write {}", file.display());
        let mut lines = File::options().create(true).append(true).open(file).with_context(failed)?;
        // At once: another room may add to it at the same time.
        lines.write_all(format!("{}\n", serde_json::to_string(self)?).as_bytes()).with_context(failed)
    }

    /// Whether the broken link was told.
    pub(crate) fn is_told(&self) -> bool {
        self.said.is_some()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Report { mutation, case, failed, said, seconds, all, .. } = self;
        write!(f, "mutation \"{mutation}\" of {case}, {seconds} s: ")?;
        match (failed, said) {
            (Some(failed), Some(said)) => write!(f, "told by {failed}: {said}"),
            (Some(failed), None) => write!(f, "NOT TOLD by {failed}, which says:\n{all}"),
            (None, _) => write!(f, "PASSED: a hole in the lab"),
        }
    }
}
