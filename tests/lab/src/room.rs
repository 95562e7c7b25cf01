//! The room that the lab works in: namespaces of its own for processes, mounts, network and names.
//!
//! The first process of the room is a shell that waits for the lab and buries orphans. When it ends,
//! and it does so with the lab, with Ctrl-C and with the death of the process outside, the kernel ends
//! everything in the room: no process, mount, interface or file is left.

use crate::netns;
use crate::process::run;
use anyhow::{Context, Result, bail};
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Where all of the room's files are: in memory, and gone with it.
pub(crate) const FOLDER: &str = "/run/lab";
/// Where the logs are, a file for each process.
pub(crate) const LOGS: &str = "/run/lab/log";
/// The first argument of the lab inside of the room.
pub(crate) const INSIDE: &str = "--inside-the-room";

const HOSTS: &str = "/etc/hosts";
const LOCALHOST: &str = "127.0.0.1 localhost lab\n::1 localhost lab\n";

/// Where programs look for the certificates of public CAs, on one system or the other.
const PUBLIC_CAS: [&str; 4] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// What leads out of the room, or to CAs that are not the room's.
const OUTSIDE: [&str; 8] = [
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "http_proxy",
    "https_proxy",
    "all_proxy",
];

/// Runs this program again, in a room, with these arguments. Gives whether it went well.
pub(crate) fn enter(args: impl IntoIterator<Item = OsString>) -> Result<bool> {
    Ok(command(args)?.status().context("failed to run setpriv")?.success())
}

/// What does that.
pub(crate) fn command(args: impl IntoIterator<Item = OsString>) -> Result<Command> {
    let program = std::env::current_exe().context("failed to find the lab's own program")?;
    let mut command = unshare()?;
    for name in OUTSIDE {
        command.env_remove(name);
    }
    command
        .args(["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--uts", "--ipc"])
        .args(["--", "sh", "-c", "\"$0\" \"$@\"; exit $?"])
        .arg(program)
        .arg(INSIDE)
        .args(args);
    Ok(command)
}

/// `unshare`, which dies with this process: as root where we are, as root of its own users elsewhere.
fn unshare() -> Result<Command> {
    if !cfg!(target_os = "linux") {
        bail!("the lab needs Linux, for its namespaces: run it in a virtual machine with one");
    }
    let mut tried = String::new();
    for users in [&[][..], &["--map-auto", "--map-root-user"], &["--map-root-user"]] {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", "--", "unshare"]).args(users);
        let mut probe = Command::new("unshare");
        probe.args(users).args(["--net", "--mount", "--pid", "--fork", "--mount-proc", "true"]);
        match run(&mut probe) {
            Ok(_) => return Ok(command),
            Err(error) => tried = error.to_string(),
        }
    }
    let why = tried.lines().last().unwrap_or_default().trim();
    bail!("the lab cannot make namespaces here ({why}): `make lab` says what to do")
}

/// Furnishes the room, from the inside.
pub(crate) fn furnish() -> Result<()> {
    run(Command::new("mount").args(["-t", "tmpfs", "-o", "mode=755", "lab", "/run"]))?;
    for folder in ["netns", "lab/log", "lab/tmp", "lab/home"] {
        let folder = Path::new("/run").join(folder);
        fs::create_dir_all(&folder).with_context(|| format!("failed to make {}", folder.display()))?;
    }
    run(Command::new("hostname").arg("lab"))?;
    replace(HOSTS, LOCALHOST)?;
    // No name server: what is not in the hosts file is refused at once.
    replace("/etc/resolv.conf", "nameserver 127.0.0.1\n")?;
    netns::configure(None)
}

/// Shows `text` to everyone in the room as the contents of a file of the system.
fn replace(path: &str, text: &str) -> Result<()> {
    let own = own(path);
    fs::write(&own, text).with_context(|| format!("failed to write {own}"))?;
    run(Command::new("mount").args(["--bind", &own, path]))?;
    Ok(())
}

/// Changes what everyone in the room sees as the hosts file.
pub(crate) fn rewrite_hosts(names: &str) -> Result<()> {
    let own = own(HOSTS);
    fs::write(&own, format!("{LOCALHOST}{names}")).with_context(|| format!("failed to write {own}"))
}

/// The room's own version of a file of the system.
fn own(path: &str) -> String {
    format!("{FOLDER}/{}", path.rsplit('/').next().unwrap_or(path))
}

/// Has everyone in the room trust one more public CA.
pub(crate) fn trust(ca: &str) -> Result<()> {
    let system = PUBLIC_CAS.into_iter().find(|path| Path::new(path).is_file()).with_context(|| {
        format!("found no certificates of public CAs: install them (ca-certificates); looked at {PUBLIC_CAS:?}")
    })?;
    let known = fs::read_to_string(system).with_context(|| format!("failed to read {system}"))?;
    replace(system, &format!("{known}\n{ca}"))
}

/// Keeps the logs where they outlive the room.
pub(crate) fn keep_logs(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("failed to remove {}", folder.display()))?;
    }
    let parent = folder.parent().unwrap_or(folder);
    fs::create_dir_all(parent).with_context(|| format!("failed to make {}", parent.display()))?;
    run(Command::new("cp").args(["-r", LOGS]).arg(folder).stdin(Stdio::null()))?;
    Ok(())
}
