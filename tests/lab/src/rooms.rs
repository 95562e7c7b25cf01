//! Several rooms, some of them at a time.

use crate::progress::say;
use crate::room;
use anyhow::{Context, Result, anyhow};
use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Does a task to each of these names in a room of its own. Gives those that went wrong.
pub(crate) fn each<'a>(task: &str, names: &[&'a str], report: Option<&Path>, at_a_time: usize) -> Result<Vec<&'a str>> {
    let left = Mutex::new((1..).zip(names));
    let next = || left.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || -> Result<Vec<&str>> {
        let mut wrong = Vec::new();
        while let Some((number, &name)) = next() {
            say!("{name}, {number} of {}", names.len());
            let report = report.iter().flat_map(|file| ["--report".into(), (*file).into()]);
            let args = [task.into(), name.into()].into_iter().chain(report);
            let well = if at_a_time > 1 { enter(name, args)? } else { room::enter(args)? };
            if !well {
                wrong.push(name);
            }
        }
        Ok(wrong)
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..at_a_time.max(1)).map(|_| scope.spawn(work)).collect();
        let mut wrong = Vec::new();
        for worker in workers {
            wrong.extend(worker.join().map_err(|_| anyhow!("a thread of the lab panicked"))??);
        }
        Ok(wrong)
    })
}

/// A room whose lines carry its name, since others speak at the same time.
fn enter(name: &str, args: impl IntoIterator<Item = OsString>) -> Result<bool> {
    let failed = || format!("failed to enter the room of {name}");
    let mut child = room::command(args)?.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().with_context(failed)?;
    if let Some(said) = child.stderr.take() {
        for line in BufReader::new(said).lines() {
            eprintln!("[{name}] {}", line.with_context(failed)?);
        }
    }
    Ok(child.wait().with_context(failed)?.success())
}
