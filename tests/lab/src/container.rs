//! A container, run natively: its program in its pod's namespaces, in a file system of its own.

pub(crate) mod helloworld;
pub(crate) mod image;
mod mark;
mod root;
mod user;

use crate::pod::Pod;
use crate::pod::env::{Env, expand};
use crate::pod::sandbox::{NAMESPACES, Sandbox, child};
use crate::pod::spec;
use crate::process::{Process, wait_for};
use crate::room;
use anyhow::{Context, Result};
use image::Image;
use root::Root;
use std::fs::{self, File, Permissions};
use std::net::IpAddr;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::Duration;
use user::User;

/// How long a program may take until it runs.
const LIMIT: Duration = Duration::from_secs(30);

/// All that starts a container.
#[derive(Debug)]
pub(crate) struct Launch<'a> {
    pub(crate) pod: &'a Pod,
    pub(crate) container: &'a spec::Container,
    pub(crate) image: &'a Image,
    pub(crate) env: &'a Env,
    pub(crate) sandbox: &'a Sandbox,
    /// The node that it is on.
    pub(crate) node: &'a str,
    /// The container's own folder.
    pub(crate) folder: PathBuf,
    /// The pod's volumes.
    pub(crate) volumes: &'a Path,
    /// The cluster's name server.
    pub(crate) dns: IpAddr,
}

/// A container that runs, or has run.
#[derive(Debug)]
pub(crate) struct Running {
    process: Process,
    enter: PathBuf,
}

impl Launch<'_> {
    /// Starts it.
    pub(crate) fn start(&self) -> Result<Running> {
        let folder = &self.folder;
        fs::create_dir_all(folder).with_context(|| format!("failed to make {}", folder.display()))?;
        let root = Root::furnish(self).with_context(|| format!("failed to furnish {}", folder.display()))?;
        let user = User::of(&self.container.security_context, &self.pod.spec.security_context, self.image.user);
        let mut command = self.sandbox.command("unshare");
        command
            .args(["--mount", "--propagation=private", "--", "sh", "-euc"])
            .args(["mount --all --fstab \"$1\"; shift; exec chroot \"$@\"", "sh"])
            .arg(&root.fstab)
            .args(user.chroot())
            .arg(&root.folder)
            .args(["env", "--chdir", self.container.working_dir.as_deref().unwrap_or("/")])
            .args(self.arguments())
            .env_clear()
            .envs(self.env);
        let name = self.log_name();
        let log = log(&name)?;
        let process = Process::start(&name, &mut command)?;
        let enter = folder.join("enter");
        let mut running = Running { process, enter: enter.clone() };
        let id = wait_for("process of the container", LIMIT, || match running.ended() {
            Some(_) => Ok(Some(None)),
            None => Ok(child(running.process.id())?.map(Some)),
        })?;
        if let Some(id) = id {
            fs::write(&enter, script(id, user, self.env)).context("failed to write how to enter a container")?;
            fs::set_permissions(&enter, Permissions::from_mode(0o755))?;
            link(&log, &folder.join("log"))?;
        }
        Ok(running)
    }

    /// The program and its arguments: the spec's command, or the image's own.
    fn arguments(&self) -> Vec<String> {
        let spec::Container { command, args, .. } = self.container;
        let command = if command.is_empty() { &self.image.entrypoint } else { command };
        command.iter().chain(args).map(|word| expand(word, self.env)).collect()
    }

    fn log_name(&self) -> String {
        let spec::Metadata { name, namespace, .. } = &self.pod.metadata;
        format!("{}.{namespace}.{name}.{}", self.node, self.container.name)
    }
}

/// A log, which the container's user may open by the name of its standard output.
fn log(name: &str) -> Result<PathBuf> {
    let path = Path::new(room::LOGS).join(format!("{name}.log"));
    let failed = || format!("failed to write {}", path.display());
    File::options().create(true).append(true).open(&path).with_context(failed)?;
    fs::set_permissions(&path, Permissions::from_mode(0o666)).with_context(failed)?;
    Ok(path)
}

impl Running {
    /// How it ended, if it did.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.process.ended()
    }

    /// The end of its log.
    pub(crate) fn tail(&self) -> String {
        self.process.tail()
    }

    /// A program that runs its arguments inside of the container.
    pub(crate) fn enter(&self) -> &Path {
        &self.enter
    }
}

/// The text of that program.
fn script(id: u32, user: User, env: &Env) -> String {
    let words = [format!("--target={id}"), "--mount".to_owned(), "--root".to_owned(), "--wd".to_owned()];
    let words = words.into_iter().chain(NAMESPACES.map(str::to_owned)).chain(user.nsenter());
    let env = env.iter().map(|(name, value)| quote(&format!("{name}={value}")));
    let (words, env) = (words.collect::<Vec<_>>().join(" "), env.collect::<Vec<_>>().join(" "));
    format!("#!/bin/sh\nexec nsenter {words} -- env -i {env} \"$@\"\n")
}

fn quote(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// A symbolic link, made anew.
pub(crate) fn link(to: &Path, path: &Path) -> Result<()> {
    let failed = || format!("failed to link {}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(failed)?;
    }
    if path.is_symlink() {
        fs::remove_file(path).with_context(failed)?;
    }
    symlink(to, path).with_context(failed)
}

/// Whoever wants to run something in a container of a cluster finds its way in here.
pub(crate) fn folder(pods: &Path, pod: &Path, container: &str) -> PathBuf {
    pods.join(pod).join(container)
}

/// A command in a container, by its folder.
pub(crate) fn command(folder: &Path, program: &str) -> Command {
    let mut command = Command::new(folder.join("enter"));
    command.arg(program);
    command
}
