//! A bundle as text files, each of which is parsed once at most however often the bundle is copied.

use crate::shell::Node;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::{fs, io};

/// Files by their path inside of the bundle, with `/` between folders.
#[derive(Clone, Debug, Default)]
pub struct Files(BTreeMap<String, Arc<File>>);

#[derive(Debug, Default)]
struct File {
    text: String,
    documents: OnceLock<Result<Vec<Value>, String>>,
    script: OnceLock<Result<Arc<[Node]>, String>>,
}

impl Files {
    /// Every text file below a folder.
    ///
    /// # Errors
    ///
    /// What the file system says, and files that are no text.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let mut files = Files::default();
        files.add(folder, "")?;
        Ok(files)
    }

    fn add(&mut self, folder: &Path, prefix: &str) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                self.add(&entry.path(), &format!("{path}/"))?;
            } else {
                self.put(&path, fs::read_to_string(entry.path())?);
            }
        }
        Ok(())
    }

    /// Writes every file below a folder.
    ///
    /// # Errors
    ///
    /// What the file system says.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        for (path, file) in &self.0 {
            let path = folder.join(path);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(path, &file.text)?;
        }
        Ok(())
    }

    /// Adds a file, or replaces it.
    pub fn put(&mut self, path: &str, text: String) {
        self.0.insert(path.to_owned(), Arc::new(File { text, ..File::default() }));
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(|file| file.text.as_str())
    }

    /// Paths in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The documents of a YAML file, without the empty ones.
    ///
    /// # Errors
    ///
    /// Where there is no such file, or it is no YAML.
    pub fn documents(&self, path: &str) -> Result<&[Value], String> {
        let file = self.0.get(path).ok_or_else(|| format!("{path} is not in the bundle"))?;
        let parsed = file.documents.get_or_init(|| yaml(&file.text));
        parsed.as_deref().map_err(|error| format!("{path}: {error}"))
    }

    /// A script's commands.
    pub(crate) fn script(&self, path: &str) -> Result<Arc<[Node]>, String> {
        let file = self.0.get(path).ok_or_else(|| format!("{path} is not in the bundle"))?;
        let parsed = file.script.get_or_init(|| crate::shell::parse(&file.text));
        parsed.clone().map_err(|error| format!("{path}: {error}"))
    }
}

impl<P: Into<String>, T: Into<String>> FromIterator<(P, T)> for Files {
    fn from_iter<I: IntoIterator<Item = (P, T)>>(files: I) -> Self {
        let mut all = Files::default();
        for (path, text) in files {
            all.put(&path.into(), text.into());
        }
        all
    }
}

/// The documents of a YAML 1.2 text, without the empty ones.
pub(crate) fn yaml(text: &str) -> Result<Vec<Value>, String> {
    let options = serde_yaml::options! { strict_booleans: true };
    let documents: Vec<Value> =
        serde_yaml::from_multiple_with_options(text, options).map_err(|error| error.to_string())?;
    Ok(documents.into_iter().filter(|document| !document.is_null()).collect())
}
