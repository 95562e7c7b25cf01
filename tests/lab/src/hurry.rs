//! Short waits, for bundles that are expected to fail: programs in front of the real ones, for which an
//! engineer's five minutes are over in some seconds.

use crate::room;
use anyhow::{Context, Result};
use std::ffi::OsString;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

/// Each program, and what it does instead.
const PROGRAMS: [(&str, &str); 3] = [
    ("sleep", "exec sleep 0.1"),
    (
        "kubectl",
        "for word in \"$@\"; do\n  shift\n  case $word in --timeout=*) word=--timeout=15s ;; esac\n  set -- \"$@\" \"$word\"\n\
         done\nexec kubectl \"$@\"",
    ),
    ("istioctl", "case $1 in install) set -- \"$@\" --readiness-timeout=15s ;; esac\nexec istioctl \"$@\""),
];

/// Makes the programs, and gives the PATH that has them first.
pub(crate) fn path() -> Result<OsString> {
    let folder = PathBuf::from(room::FOLDER).join("hurry");
    let failed = || format!("failed to write {}", folder.display());
    fs::create_dir_all(&folder).with_context(failed)?;
    for (name, text) in PROGRAMS {
        let program = folder.join(name);
        // What follows looks for the real ones.
        let text = format!("#!/bin/sh\nPATH=${{PATH#{}:}}\n{text}\n", folder.display());
        fs::write(&program, text).with_context(failed)?;
        fs::set_permissions(&program, Permissions::from_mode(0o755)).with_context(failed)?;
    }
    let mut path = folder.into_os_string();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    Ok(path)
}
