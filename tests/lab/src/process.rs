//! A process that runs beside the lab, with a log of its own.

use crate::room;
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long to wait before looking again.
const PAUSE: Duration = Duration::from_millis(100);
/// How much of a log says what went wrong.
const TAIL: usize = 15;

/// A process; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Process {
    name: String,
    child: Child,
    log: PathBuf,
}

impl Process {
    /// Starts it; what it prints goes to the log of its name.
    pub(crate) fn start(name: &str, command: &mut Command) -> Result<Process> {
        let log = Path::new(room::LOGS).join(format!("{name}.log"));
        let file = File::options().create(true).append(true).open(&log);
        let file = file.with_context(|| format!("failed to write {}", log.display()))?;
        let errors = file.try_clone().with_context(|| format!("failed to write {}", log.display()))?;
        let child = command.stdin(Stdio::null()).stdout(file).stderr(errors).spawn();
        let child = child.with_context(|| format!("failed to start {name}: {command:?}"))?;
        Ok(Process { name: name.to_owned(), child, log })
    }

    /// Waits until something has come true, unless the process ends before or takes too long.
    pub(crate) fn until(&mut self, what: &str, limit: Duration, mut is: impl FnMut() -> bool) -> Result<()> {
        let start = Instant::now();
        while !is() {
            if let Some(status) = self.ended() {
                bail!("{} ended ({status}) before {what}:\n{}", self.name, self.tail());
            }
            if start.elapsed() > limit {
                bail!("{}: not {what} after {} s:\n{}", self.name, limit.as_secs(), self.tail());
            }
            thread::sleep(PAUSE);
        }
        Ok(())
    }

    /// How it ended, if it did.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// What it is called.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Its number in the room.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// The end of its log.
    pub(crate) fn tail(&self) -> String {
        tail(&fs::read_to_string(&self.log).unwrap_or_default())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself, which is as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The last lines of a text, indented.
pub(crate) fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let last = lines.get(lines.len().saturating_sub(TAIL)..).unwrap_or_default();
    last.iter().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

/// Waits until something has come true, or fails with its last answer.
pub(crate) fn wait_for<T>(what: &str, limit: Duration, mut found: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    let start = Instant::now();
    loop {
        let answer = found();
        if let Ok(Some(value)) = answer {
            return Ok(value);
        }
        if start.elapsed() > limit {
            answer.with_context(|| format!("no {what} after {} s", limit.as_secs()))?;
            bail!("no {what} after {} s", limit.as_secs());
        }
        thread::sleep(PAUSE);
    }
}

/// Runs a command to its end and gives what it printed; its errors are in the failure.
pub(crate) fn run(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("failed to run {command:?}"))?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        bail!("{command:?} failed ({}):\n{}", output.status, tail(&errors));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a command that reads `input`.
pub(crate) fn feed(command: &mut Command, input: &str) -> Result<String> {
    use std::io::Write;
    let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = spawned.with_context(|| format!("failed to run {command:?}"))?;
    if let Some(mut pipe) = child.stdin.take() {
        pipe.write_all(input.as_bytes()).with_context(|| format!("failed to write to {command:?}"))?;
    }
    let output = child.wait_with_output().with_context(|| format!("failed to wait for {command:?}"))?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        bail!("{command:?} failed ({}):\n{}\nof\n{input}", output.status, tail(&errors));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
