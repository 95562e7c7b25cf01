//! A zip archive of texts as they are, by PKWARE's APPNOTE 6.3. The zip crate writes the same
//! bytes with 60 kB more of Wasm: it brings hash maps, random numbers and tables of code pages.

use std::fmt;

/// More files, or more bytes, than the format can count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the bundle is larger than a zip archive can be")
    }
}

impl std::error::Error for TooLarge {}

/// An archive being written.
#[derive(Default)]
pub(super) struct Archive {
    bytes: Vec<u8>,
    /// What stands at the archive's end: every entry again, with its mode and place.
    directory: Vec<u8>,
    entries: usize,
}

/// Midnight of 1 January 1980, where the format's time begins.
const TIME: u16 = 0;
const DATE: u16 = 1 << 5 | 1;
/// What a reader has to know: version 1.0, the least that there is.
const VERSION: u16 = 10;
/// What made the entry: the same, on Unix, so that its mode counts.
const MADE_BY: u16 = 3 << 8 | VERSION;
/// The name is UTF-8.
const UTF8: u16 = 1 << 11;
const STORED: u16 = 0;
const REGULAR_FILE: u32 = 0o100_000;

impl Archive {
    /// Adds a file with its permissions.
    pub(super) fn add(&mut self, name: &str, text: &str, permissions: u32) -> Result<(), TooLarge> {
        let place = four(self.bytes.len())?;
        let size = four(text.len())?;
        let flags = if name.is_ascii() { 0 } else { UTF8 };
        // What an entry and its line in the directory have in common.
        let mut common = Vec::with_capacity(26);
        for field in [VERSION, flags, STORED, TIME, DATE] {
            common.extend(field.to_le_bytes());
        }
        common.extend(crc32(text.as_bytes()).to_le_bytes());
        common.extend(size);
        common.extend(size);
        common.extend(two(name.len())?);
        common.extend([0; 2]); // no extra field

        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&common);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(text.as_bytes());

        self.directory.extend(b"PK\x01\x02");
        self.directory.extend(MADE_BY.to_le_bytes());
        self.directory.extend(&common);
        self.directory.extend([0; 6]); // no comment, first disk, no internal attributes
        self.directory.extend(((REGULAR_FILE | permissions) << 16).to_le_bytes());
        self.directory.extend(place);
        self.directory.extend(name.as_bytes());
        self.entries += 1;
        Ok(())
    }

    /// The archive.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, TooLarge> {
        let entries = two(self.entries)?;
        let (place, size) = (four(self.bytes.len())?, four(self.directory.len())?);
        self.bytes.append(&mut self.directory);
        self.bytes.extend(b"PK\x05\x06");
        self.bytes.extend([0; 4]); // this disk, and the directory's
        self.bytes.extend(entries);
        self.bytes.extend(entries);
        self.bytes.extend(size);
        self.bytes.extend(place);
        self.bytes.extend([0; 2]); // no comment
        Ok(self.bytes)
    }
}

fn two(number: usize) -> Result<[u8; 2], TooLarge> {
    u16::try_from(number).map(u16::to_le_bytes).map_err(|_| TooLarge)
}

fn four(number: usize) -> Result<[u8; 4], TooLarge> {
    u32::try_from(number).map(u32::to_le_bytes).map_err(|_| TooLarge)
}

/// Bit by bit: a table would be larger than all of this, for a millisecond of a download.
fn crc32(bytes: &[u8]) -> u32 {
    let shift = |sum: u32, _| sum >> 1 ^ 0xedb8_8320 & (sum & 1).wrapping_neg();
    !bytes.iter().fold(!0, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), shift))
}
