//! Which file is which: a file keeps its identity when its cluster is renamed or its number changes,
//! so the open one stays open.

use meshwright_core::bundle::{Bundle, File};
use meshwright_core::draft::Key;

/// A file, whatever it is called at the moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileId {
    /// The cluster in whose folder it is.
    pub(crate) cluster: Option<Key>,
    /// Its name without the number.
    pub(crate) stem: String,
}

impl FileId {
    /// The one that is opened first.
    pub(crate) fn readme() -> Self {
        FileId { cluster: None, stem: "README.md".to_owned() }
    }
}

/// A cluster's key and its name when the files were made.
pub(crate) type Named = (Key, String);

/// The identity of each file, in the bundle's order.
pub(crate) fn identify(bundle: &Bundle, clusters: &[Named]) -> Vec<FileId> {
    bundle.files.iter().map(|file| id(file, clusters)).collect()
}

fn id(file: &File, clusters: &[Named]) -> FileId {
    let (folder, name) = file.path.split_once('/').unwrap_or(("", &file.path));
    let cluster = clusters.iter().find(|(_, name)| name == folder).map(|(key, _)| *key);
    FileId { cluster, stem: unnumbered(name).to_owned() }
}

/// `05-namespace.yaml` without its number.
fn unnumbered(name: &str) -> &str {
    name.split_once('-').filter(|(number, _)| number.parse::<u32>().is_ok()).map_or(name, |(_, stem)| stem)
}

/// How many lines of `now` are not in their place in `before`.
pub(crate) fn changed_lines(before: &str, now: &str) -> usize {
    let same_start = before.lines().zip(now.lines()).take_while(|(a, b)| a == b).count();
    let (before, now): (Vec<_>, Vec<_>) =
        (before.lines().skip(same_start).collect(), now.lines().skip(same_start).collect());
    let same_end = before.iter().rev().zip(now.iter().rev()).take_while(|(a, b)| a == b).count();
    let before = before.get(..before.len() - same_end).unwrap_or_default();
    let now = now.get(..now.len() - same_end).unwrap_or_default();
    if before.len() == now.len() {
        before.iter().zip(now).filter(|(a, b)| a != b).count()
    } else {
        before.len().max(now.len())
    }
}
