//! The topology file, read: what cannot be is refused with its place.

use super::{ApiVersion, File, LARGEST};
use crate::draft::Draft;
use crate::yaml;
use serde::Deserialize;
use std::fmt;

/// What is wrong with a topology file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// Line and column, both from 1; `None` where it is not about one place.
    pub place: Option<(u64, u64)>,
    /// In words.
    pub what: String,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((line, column)) = self.place {
            write!(f, "line {line}, column {column}: ")?;
        }
        f.write_str(&self.what)
    }
}

impl std::error::Error for ReadError {}

/// Reads a topology file, YAML or JSON.
///
/// # Errors
/// What is not UTF-8, not YAML, not a field of the format or not of this version of it, with line and
/// column.
pub fn read(bytes: impl AsRef<[u8]>) -> Result<Draft, ReadError> {
    let bytes = bytes.as_ref();
    if bytes.len() > LARGEST as usize {
        return Err(ReadError { place: None, what: "it is larger than 1 MiB, and so than any topology".to_owned() });
    }
    let text = text(bytes)?;
    yaml::parse::<File>(text).map(Draft::from).map_err(|error| version(text).err().unwrap_or(error))
}

fn text(bytes: &[u8]) -> Result<&str, ReadError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = good.split(|byte| *byte == b'\n');
        let column = line.clone().next_back().map_or(0, |line| String::from_utf8_lossy(line).chars().count());
        let place = (line.count() as u64, column as u64 + 1);
        let what = "it is not text in UTF-8. Windows PowerShell writes UTF-16 by itself: save it as UTF-8".to_owned();
        ReadError { place: Some(place), what }
    })
}

/// What a file says of itself, whatever else it holds.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    api_version: Option<yaml::Placed<String>>,
}

/// Whether a file that cannot be read is of another version than those that can be, or says of none.
fn version(text: &str) -> Result<(), ReadError> {
    let newest = ApiVersion::V1.name();
    let Ok(head) = yaml::parse::<Head>(text) else {
        return Ok(());
    };
    let Some(version) = head.api_version else {
        let what = format!("apiVersion is missing: a topology begins with apiVersion: {newest}");
        return Err(ReadError { place: None, what });
    };
    let number = |version: &str| version.strip_prefix("meshwright/v")?.parse::<u32>().ok();
    let what = if ApiVersion::named(&version.value).is_some() {
        return Ok(());
    } else if number(&version.value) > number(newest) {
        format!(
            "{} is a later version of the file than this Meshwright knows ({newest}): use a later one",
            version.value
        )
    } else {
        format!("apiVersion {:?} is not one of a topology: use {newest}", version.value)
    };
    Err(ReadError { place: Some((version.referenced.line(), version.referenced.column())), what })
}
