//! A bundle on the engineer's disk, and its scripts as the engineer runs them.

use crate::case::Case;
use crate::lab::Lab;
use crate::process::tail;
use crate::progress::say;
use crate::room;
use anyhow::{Context, Result, bail};
use meshwright_link::Files;
use std::ffi::OsString;
use std::fs::{self, File, Permissions};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A bundle, by its folder.
#[derive(Debug)]
pub(crate) struct Bundle {
    /// Where it is.
    pub(crate) folder: PathBuf,
    /// Where its scripts look for programs, if not where the lab does.
    pub(crate) path: Option<OsString>,
}

impl Bundle {
    /// Writes the bundle that Meshwright makes of a case.
    pub(crate) fn write(case: &Case) -> Result<Bundle> {
        Bundle::of(&case.files()?)
    }

    /// Writes these files.
    pub(crate) fn of(files: &Files) -> Result<Bundle> {
        let folder = Path::new(room::FOLDER).join("bundle");
        let failed = || format!("failed to write {}", folder.display());
        files.write(&folder).with_context(failed)?;
        let is_script = |path: &&str| files.text(path).is_some_and(|text| text.starts_with("#!"));
        for script in files.paths().filter(is_script) {
            fs::set_permissions(folder.join(script), Permissions::from_mode(0o755)).with_context(failed)?;
        }
        Ok(Bundle { folder, path: None })
    }

    /// Runs one of its scripts to the end. Its steps are said as they come, all else goes to `log`.
    pub(crate) fn run(&self, lab: &Lab, script: &str, args: &[&str], log: &str) -> Result<String> {
        let mut command = Command::new("sh");
        command
            .args(["-c", "exec 2>&1; exec \"$0\" \"$@\"", &format!("./{script}")])
            .args(args)
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .envs(self.path.iter().map(|path| ("PATH", path)));
        let mut child = lab.engineer(&mut command).spawn().with_context(|| format!("failed to start {script}"))?;
        let path = Path::new(room::LOGS).join(format!("{log}.log"));
        let mut file = File::create(&path).with_context(|| format!("failed to write {}", path.display()))?;
        let mut said = String::new();
        if let Some(output) = child.stdout.take() {
            for line in BufReader::new(output).lines() {
                let line = line.with_context(|| format!("failed to read what {script} says"))?;
                writeln!(file, "{line}").with_context(|| format!("failed to write {}", path.display()))?;
                if let Some(step) = line.strip_prefix("==> ") {
                    say!("  {step}");
                }
                said.push_str(&line);
                said.push('\n');
            }
        }
        let status = child.wait().with_context(|| format!("failed to wait for {script}"))?;
        if !status.success() {
            let complaints = lab.complaints();
            bail!("{script} failed ({status}); {log}.log ends with:\n{}\n  {}", tail(&said), complaints.join("\n  "));
        }
        Ok(said)
    }
}
