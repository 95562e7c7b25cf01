//! Text: paths and contents. The same for the same topology, natively and in Wasm.

mod zip;

pub use zip::TooLarge;

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
    pub fn zip(&self, folder: &str) -> Result<Vec<u8>, TooLarge> {
        let mut archive = zip::Archive::default();
        for file in &self.files {
            let permissions = if file.is_script() { 0o755 } else { 0o644 };
            archive.add(&format!("{folder}/{}", file.path), &file.text, permissions)?;
        }
        archive.finish()
    }
}
