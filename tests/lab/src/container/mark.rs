//! How a sidecar's own connections are told from those that it is to redirect, in a room that has no user
//! but root: by a mark, where Istio's rules ask for the user 1337. The rules are Istio's in both.

use super::user::User;
use crate::room;
use anyhow::{Context, Result};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// The option of the image's environment that names more of Envoy's bootstrap, and where that is.
pub(super) const BOOTSTRAP: (&str, &str) = ("ISTIO_BOOTSTRAP_OVERRIDE", "/etc/istio/mark.json");

/// All of Envoy's connections carry a mark (`SOL_SOCKET`, `SO_MARK`), except those that Istio binds to
/// 127.0.0.6, which its rules let through by that address.
const MARKED: &str = r#"{
  "cluster_manager": {
    "upstream_bind_config": {
      "socket_options": [{ "level": 1, "name": 36, "int_value": 1337, "state": "STATE_PREBIND" }]
    }
  }
}
"#;

/// Stands before what sets up the rules. The agent cannot mark its connections to istiod; these are known
/// by their port.
const RESTORE: &str = r#"#!/bin/sh
PATH=/usr/sbin:/usr/bin:/sbin:/bin
sed -E -e 's/-m owner (! )?--[ug]id-owner 1337/-m mark \1--mark 1337/' \
  -e '0,/^-A ISTIO_OUTPUT/ s//-A ISTIO_OUTPUT -p tcp --dport 15012 -j RETURN\n&/' | "${0##*/}" "$@"
"#;

/// Where it stands.
const RESTORES: [&str; 2] = ["/usr/local/sbin/iptables-nft-restore", "/usr/local/sbin/ip6tables-nft-restore"];

/// Whether marks are needed.
pub(super) fn is_needed() -> bool {
    !User::ISTIO_PROXY.exists()
}

/// What the proxy's image has more for them: where each file is, and where it is in the container.
pub(super) fn files() -> Result<Vec<(PathBuf, &'static str)>> {
    let (marked, restore) = (write("mark.json", MARKED)?, write("restore", RESTORE)?);
    let mut files = vec![(marked, BOOTSTRAP.1)];
    files.extend(RESTORES.map(|path| (restore.clone(), path)));
    Ok(files)
}

fn write(name: &str, text: &str) -> Result<PathBuf> {
    let path = Path::new(room::FOLDER).join(name);
    let failed = || format!("failed to write {}", path.display());
    fs::write(&path, text).with_context(failed)?;
    fs::set_permissions(&path, Permissions::from_mode(0o755)).with_context(failed)?;
    Ok(path)
}
