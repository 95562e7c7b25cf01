//! A case: a topology that the lab installs, with what it has to be told about the lab.

use anyhow::{Context, Result, bail};
use meshwright_core::draft::Draft;
use meshwright_core::preset::Preset;
use meshwright_core::yaml;
use std::fs;
use std::path::Path;

/// A topology, and what it is called.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// Its name.
    pub(crate) name: String,
    /// The topology.
    pub(crate) draft: Draft,
}

impl Case {
    /// The preset of this name, the case of this name in tests/cases, or the file at this path.
    pub(crate) fn named(name: &str) -> Result<Case> {
        if let Some(preset) = Preset::named(name) {
            return Ok(Case { name: name.to_owned(), draft: preset.draft() });
        }
        let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases");
        let files = [cases.join(format!("{name}.yaml")), name.into()];
        let Some(file) = files.iter().find(|file| file.is_file()) else {
            bail!("{name} is no preset, no case of tests/cases and no file");
        };
        let text = fs::read_to_string(file).with_context(|| format!("failed to read {}", file.display()))?;
        let draft = yaml::read(&text).with_context(|| format!("failed to read {}", file.display()))?;
        let name = file.file_stem().map_or_else(|| name.to_owned(), |stem| stem.to_string_lossy().into_owned());
        Ok(Case { name, draft })
    }
}
