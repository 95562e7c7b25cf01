//! A pod's sandbox: its place on the network and its namespaces for processes and names, around a process
//! that waits. When that ends, the kernel ends everything in them.

use super::Pod;
use crate::netns;
use crate::network::{Node, Plug};
use crate::process::{Process, run, wait_for};
use anyhow::{Context, Result};
use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::slice;
use std::thread;
use std::time::{Duration, Instant};

/// How long the kernel may take to make namespaces.
const LIMIT: Duration = Duration::from_secs(30);

/// A sandbox; it ends, with all that runs in it, when this is dropped. The process goes before its cable.
#[derive(Debug)]
pub(crate) struct Sandbox {
    id: u32,
    _pause: Process,
    plug: Plug,
}

impl Sandbox {
    /// Makes a pod's sandbox on a node.
    pub(crate) fn start(node: &Node, pod: &Pod) -> Result<Sandbox> {
        let name = format!("{}.{}", pod.metadata.namespace, pod.metadata.name);
        let plug = node.plug(&name)?;
        let mut command = netns::command(&plug.netns, "unshare");
        command.args(["--uts", "--ipc", "--pid", "--mount", "--fork", "--kill-child", "--mount-proc"]).args([
            "--",
            "sh",
            "-euc",
            "hostname \"$1\"; exec sleep infinity",
            "sh",
            hostname(pod),
        ]);
        let pause = Process::start(&format!("{}.{name}.pause", node.name), &mut command)?;
        let id = wait_for("sandbox", LIMIT, || {
            let Some(id) = child(pause.id())? else { return Ok(None) };
            Ok((fs::read_to_string(format!("/proc/{id}/comm"))?.trim() == "sleep").then_some(id))
        })?;
        for sysctl in &pod.spec.security_context.sysctls {
            let setting = format!("{}={}", sysctl.name, sysctl.value);
            run(netns::command(&plug.netns, "sysctl").args(["--quiet", "--write", &setting]))?;
        }
        Ok(Sandbox { id, _pause: pause, plug })
    }

    /// The pod's addresses: one, of the cluster's family.
    pub(crate) fn ips(&self) -> &[IpAddr] {
        slice::from_ref(&self.plug.ip)
    }

    /// The file that is its network namespace.
    pub(crate) fn netns(&self) -> PathBuf {
        Path::new("/run/netns").join(&self.plug.netns)
    }

    /// A command in the sandbox. The files are the room's.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new("nsenter");
        command.arg(format!("--target={}", self.id)).args(NAMESPACES).args(["--", program]);
        command
    }

    /// Asks all that runs in it to end, and waits a little.
    pub(crate) fn terminate(&self, patience: Duration) {
        let start = Instant::now();
        // A process that is gone already needs no signal.
        let signalled = self.command("kill").args(["-TERM", "-1"]).output();
        while signalled.is_ok() && start.elapsed() < patience && self.is_inhabited() {
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Whether something runs in it.
    fn is_inhabited(&self) -> bool {
        self.command("kill").args(["-0", "-1"]).output().is_ok_and(|output| output.status.success())
    }
}

/// The namespaces that the containers of a pod share.
pub(crate) const NAMESPACES: [&str; 4] = ["--net", "--uts", "--ipc", "--pid"];

/// The host name that a pod's processes see.
pub(crate) fn hostname(pod: &Pod) -> &str {
    let name = pod.spec.hostname.as_deref().unwrap_or(&pod.metadata.name);
    name.get(..63).unwrap_or(name).trim_end_matches(['-', '.'])
}

/// The child of a process that has one.
pub(crate) fn child(parent: u32) -> Result<Option<u32>> {
    let path = format!("/proc/{parent}/task/{parent}/children");
    let text = fs::read_to_string(&path).with_context(|| format!("failed to read {path}"))?;
    Ok(text.split_whitespace().next().and_then(|id| id.parse().ok()))
}
