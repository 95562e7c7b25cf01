//! Writes a bundle: into its folder and nowhere else, and over nothing that is not its own.

use meshwright_core::bundle::{self, Bundle};
use meshwright_core::{generate, yaml};
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// What stands in the way of writing: nothing has been written yet.
///
/// A folder that holds anything is refused unless it is to be replaced and is a bundle itself. Gives
/// what was made there before, as the folder's own topology tells it.
pub(crate) fn look(bundle: &Bundle, folder: &Path, replace: bool) -> Result<Bundle, String> {
    let before = before(folder, replace)?;
    for file in bundle.files.iter().chain(&before.files) {
        refuse_links(folder, &file.path)?;
    }
    Ok(before)
}

/// Writes all files of a bundle below `folder`. What was made `before` goes; what was changed by
/// hand since is kept.
pub(crate) fn write(bundle: &Bundle, folder: &Path, before: &Bundle) -> Result<(), String> {
    for file in &before.files {
        let path = folder.join(&file.path);
        keep_changed(&path, file)?;
        if bundle.file(&file.path).is_none() {
            remove(&path)?;
        }
    }
    for file in &bundle.files {
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|e| format!("failed to make {}: {e}", parent.display()))?;
        }
        fs::write(&path, &file.text).map_err(|e| format!("failed to write {}: {e}", path.display()))?;
        if file.is_script() {
            executable(&path)?;
        }
    }
    Ok(())
}

/// An archive is written over nothing unless it is to be replaced.
pub(crate) fn look_at_archive(path: &Path, replace: bool) -> Result<(), String> {
    if !replace && fs::symlink_metadata(path).is_ok() {
        return Err(format!("{} is there already; --replace replaces it", path.display()));
    }
    Ok(())
}

/// Writes an archive.
pub(crate) fn write_archive(path: &Path, bytes: &[u8]) -> Result<(), String> {
    fs::write(path, bytes).map_err(|e| format!("failed to write {}: {e}", path.display()))
}

/// The bundle that the folder holds; an empty one where it holds nothing.
fn before(folder: &Path, replace: bool) -> Result<Bundle, String> {
    let name = folder.display();
    let mut entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Bundle::default()),
        Err(error) => return Err(format!("failed to read {name}: {error}")),
    };
    if entries.next().is_none() {
        return Ok(Bundle::default());
    }
    if !replace {
        return Err(format!("{name} is not empty; --replace replaces what an earlier call made there"));
    }
    let not_ours = |why: String| format!("{name} is not a bundle of Meshwright's, so nothing there is replaced: {why}");
    let text =
        fs::read_to_string(folder.join("meshwright.yaml")).map_err(|e| not_ours(format!("meshwright.yaml: {e}")))?;
    let draft = yaml::read(&text).map_err(|e| not_ours(format!("meshwright.yaml: {e}")))?;
    let output = generate(&draft).output.ok_or_else(|| not_ours("its meshwright.yaml has problems".to_owned()))?;
    Ok(output.bundle)
}

/// The first of `path.bak`, `path.bak2` and so on that is not there.
fn free(path: &Path) -> PathBuf {
    let name = |number: u32| {
        let mut name = path.as_os_str().to_owned();
        name.push(".bak");
        if number > 1 {
            name.push(number.to_string());
        }
        PathBuf::from(name)
    };
    (1..=u32::MAX).map(name).find(|name| fs::symlink_metadata(name).is_err()).unwrap_or_else(|| name(1))
}

/// Keeps a file that is not as it was made.
fn keep_changed(path: &Path, made: &bundle::File) -> Result<(), String> {
    match fs::read(path) {
        Ok(found) if found != made.text.as_bytes() => {
            let kept = free(path);
            let failed = |e| format!("failed to write {}: {e}", kept.display());
            File::create_new(&kept).and_then(|mut file| file.write_all(&found)).map_err(failed)?;
            eprintln!("{} was changed by hand: kept as {}", path.display(), kept.display());
            Ok(())
        }
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(format!("failed to read {}: {error}", path.display())),
    }
}

fn remove(path: &Path) -> Result<(), String> {
    match fs::remove_file(path) {
        Ok(()) => {
            // The folder of a cluster that is gone goes too, once nothing is left in it.
            if let Some(parent) = path.parent() {
                let _ = fs::remove_dir(parent);
            }
            Ok(())
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(format!("failed to remove {}: {error}", path.display())),
    }
}

/// A link inside of the folder could lead out of it.
fn refuse_links(folder: &Path, inside: &str) -> Result<(), String> {
    let mut path = folder.to_owned();
    for part in inside.split('/') {
        path.push(part);
        if fs::symlink_metadata(&path).is_ok_and(|found| found.file_type().is_symlink()) {
            return Err(format!("{} is a link: nothing is written through it", path.display()));
        }
    }
    Ok(())
}

#[cfg(unix)]
fn executable(path: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
        .map_err(|e| format!("failed to make {} executable: {e}", path.display()))
}

#[cfg(not(unix))]
fn executable(_path: &Path) -> Result<(), String> {
    Ok(())
}
