//! What a run has checked, as a line of JSON for each case, and a page made of such lines.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

/// What was checked of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) case: String,
    pub(crate) clusters: usize,
    /// How far it was proven.
    pub(crate) reached: Reached,
    /// Files that the tools without a cluster took, and files that API servers did.
    pub(crate) files: usize,
    pub(crate) dry_run: usize,
    /// Steps of install.sh, and checks of verify.sh that passed.
    pub(crate) steps: usize,
    pub(crate) verified: usize,
    /// Seconds that all of it took.
    pub(crate) seconds: u64,
    /// What went wrong, if anything did.
    pub(crate) failure: Option<String>,
}

/// How far a topology was proven.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Reached {
    /// It was installed, and its mesh probed.
    #[default]
    Installed,
    /// API servers took its files and what the charts render of them, in dry runs.
    DryRun,
    /// As that, but for the Sail operator's resources, whose CRDs were not at hand.
    Rendered,
}

impl Reached {
    /// What the page says of a topology that passed.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Reached::Installed => "passed",
            Reached::DryRun => "passed: dry run and rendering",
            Reached::Rendered => "passed: rendering",
        }
    }
}

impl Report {
    /// Adds it to a file.
    pub(crate) fn append(&self, file: &Path) -> Result<()> {
        let failed = || format!("failed to write {}", file.display());
        let mut lines = File::options().create(true).append(true).open(file).with_context(failed)?;
        // At once: another room may add to it at the same time.
        lines.write_all(format!("{}\n", serde_json::to_string(self)?).as_bytes()).with_context(failed)
    }
}

/// The lines of a file of reports.
pub(crate) fn read<T: for<'a> Deserialize<'a>>(file: &Path) -> Result<Vec<T>> {
    let failed = || format!("failed to read {}", file.display());
    let text = fs::read_to_string(file).with_context(failed)?;
    text.lines().map(|line| serde_json::from_str(line).with_context(failed)).collect()
}
