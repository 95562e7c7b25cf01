//! Text: paths and contents. The same for the same topology, natively and in Wasm.

use std::io::{Cursor, Write};
pub use zip::result::ZipError;
use zip::write::SimpleFileOptions;

/// The files of a bundle, in the order of their paths' first mention.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bundle {
    /// The files.
    pub files: Vec<File>,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path in the bundle, with `/` between folders; never leaves the bundle.
    pub path: String,
    /// Its text, ending in a newline.
    pub text: String,
}

impl File {
    /// Whether it is to be run.
    pub fn is_script(&self) -> bool {
        matches!(self.path.as_str(), "install.sh" | "verify.sh" | "uninstall.sh")
    }
}

impl Bundle {
    /// The file at `path`.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// The bundle as a zip archive with everything below `folder`. Nothing is compressed and every
    /// date is 1 January 1980, so that equal bundles are equal archives.
    ///
    /// # Errors
    /// What the zip format cannot hold: more than 65,535 files, or 4 GiB.
    pub fn zip(&self, folder: &str) -> Result<Vec<u8>, ZipError> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let plain = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for file in &self.files {
            let mode = if file.is_script() { 0o755 } else { 0o644 };
            archive.start_file(format!("{folder}/{}", file.path), plain.unix_permissions(mode))?;
            archive.write_all(file.text.as_bytes())?;
        }
        Ok(archive.finish()?.into_inner())
    }
}
