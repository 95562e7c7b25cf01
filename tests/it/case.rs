//! The topologies that tests run over: every preset, and every file of `tests/cases`. A file added
//! there is a test added.

use meshwright_core::draft::Draft;
use meshwright_core::preset::Preset;
use meshwright_core::problem::Problem;
use meshwright_core::{Output, generate, yaml};
use std::fs;
use std::path::{Path, PathBuf};

/// A topology with a name.
pub(crate) struct Case {
    /// The preset's name, or the file's without its ending.
    pub(crate) name: String,
    /// The topology.
    pub(crate) draft: Draft,
}

/// The checkout: the folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The topology in `tests/cases/<name>.yaml`.
pub(crate) fn file(name: &str) -> Draft {
    let path = root().join(format!("tests/cases/{name}.yaml"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    yaml::read(&text).unwrap_or_else(|error| panic!("{name}.yaml: {error}"))
}

/// Every case: presets first, then files by name.
pub(crate) fn all() -> Vec<Case> {
    let presets = Preset::ALL.into_iter().map(|preset| Case { name: preset.name().to_owned(), draft: preset.draft() });
    let mut names: Vec<String> = fs::read_dir(root().join("tests/cases"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".yaml").map(str::to_owned))
        .collect();
    names.sort();
    presets.chain(names.into_iter().map(|name| Case { draft: file(&name), name })).collect()
}

/// What a draft makes; fails with its problems where it makes nothing.
pub(crate) fn output(draft: &Draft) -> Output {
    let outcome = generate(draft);
    let problems: Vec<String> = outcome.problems.iter().map(Problem::what).collect();
    outcome.output.unwrap_or_else(|| panic!("no files are made: {problems:#?}"))
}
