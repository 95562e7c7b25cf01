//! The only file that names the YAML library.

mod record;

use record::{Record, Told};
use serde::Serialize;

/// `value` as one YAML document, ending in a newline.
pub fn to_string(value: &impl Serialize) -> String {
    let mut text = String::new();
    write_to(&mut text, value);
    text
}

/// Writes `value` as one YAML document, ending in a newline. Long texts are not folded: what a reader
/// gets back is what was meant, byte for byte.
pub(crate) fn write_to(text: &mut String, value: &impl Serialize) {
    let mut record = Record::default();
    // Our own structs have nothing that YAML cannot say, and memory does not fail to be written to:
    // tests/ reads every document back. An error would stand in the file for all to see.
    if value.serialize(&mut record).is_err() || !write_record(text, &record) {
        text.push_str("# This document cannot be written as YAML.\n");
    }
}

/// Whether YAML can say it.
fn write_record(text: &mut String, record: &Record) -> bool {
    let options = serde_yaml::ser_options! {
        folded_wrap_chars: usize::MAX,
        prefer_block_scalars: true,
    };
    serde_yaml::to_fmt_writer_with_options(text, &Told::new(record), options).is_ok()
}

/// Whether every reader takes `text` for text when it stands without quotes.
pub(crate) fn is_text(text: &str) -> bool {
    to_string(&text).trim_end() == text
}

/// A draft as its topology file, `meshwright.yaml`.
pub fn write(draft: &crate::draft::Draft) -> String {
    to_string(&crate::draft::File::from(draft))
}

/// What is wrong with a topology file, and where.
#[cfg(feature = "read")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// In words, with line and column.
    pub message: String,
}

#[cfg(feature = "read")]
impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

#[cfg(feature = "read")]
impl std::error::Error for ReadError {}

/// Reads a topology file, YAML or JSON.
///
/// # Errors
/// What is not YAML, or not a field of the format, with line and column.
#[cfg(feature = "read")]
pub fn read(text: &str) -> Result<crate::draft::Draft, ReadError> {
    serde_yaml::from_str::<crate::draft::File>(text)
        .map(crate::draft::Draft::from)
        .map_err(|error| ReadError { message: error.to_string() })
}
