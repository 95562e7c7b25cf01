//! The only file that names the YAML library.

mod record;

#[cfg(feature = "read")]
pub use crate::draft::{ReadError, read};
#[cfg(feature = "read")]
pub(crate) use serde_yaml::Spanned as Placed;

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

/// Reads a file of ours, which has to be one document and no larger, deeper or more tangled than any
/// topology: aliases are followed, and a few of them can stand for more than memory holds.
#[cfg(feature = "read")]
pub(crate) fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, ReadError> {
    let options = serde_yaml::options! {
        budget: serde_yaml::budget! { max_depth: 16 },
        alias_limits: serde_yaml::alias_limits! { max_total_replayed_events: 100_000, max_replay_stack_depth: 16 },
        with_snippet: false,
    };
    serde_yaml::from_str_with_options(text, options).map_err(|error| {
        let place = error.location().map(|place| (place.line(), place.column()));
        let said = serde_yaml::MessageFormatter::format_message(&serde_yaml::UserMessageFormatter, &error);
        // The library's words for each of its limits, wherever in its errors that stands.
        let what = if said.starts_with("YAML document too large or too complex") {
            "it is nested deeper, or says more by aliases, than any topology".to_owned()
        } else {
            said.into_owned()
        };
        ReadError { place, what }
    })
}
