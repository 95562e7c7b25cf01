//! However the lab ends, nothing of it is left: no process, no namespace, no mount, no interface.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that panics has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Kinds of namespaces, as /proc has them.
const KINDS: [&str; 6] = ["user", "mnt", "pid", "net", "uts", "ipc"];
/// What the command inside says once it runs.
const READY: &str = "the room is ready";
/// How long the kernel may take to end all processes.
const PATIENCE: Duration = Duration::from_mins(1);

/// A process, by its number and the time of its start: numbers are used again.
type Process = (u32, String);

/// The parent and the start of a process.
fn stat(id: u32) -> Option<(u32, String)> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // What stands in parentheses may hold anything.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    Some((fields.get(1)?.parse().ok()?, (*fields.get(19)?).to_owned()))
}

fn processes() -> BTreeMap<u32, (u32, String)> {
    let entries = fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    entries.filter_map(|id| Some((id, stat(id)?))).collect()
}

/// All processes below this one, and itself.
fn family(root: u32) -> BTreeSet<Process> {
    let all = processes();
    let is_below = |mut id: u32| loop {
        if id == root {
            return true;
        }
        match all.get(&id) {
            Some((parent, _)) if *parent != 0 => id = *parent,
            _ => return false,
        }
    };
    all.iter().filter(|(id, _)| is_below(**id)).map(|(id, (_, start))| (*id, start.clone())).collect()
}

/// A process's namespaces: `net:[4026531840]`.
fn namespaces(id: u32) -> BTreeSet<String> {
    let links = KINDS.iter().filter_map(|kind| fs::read_link(format!("/proc/{id}/ns/{kind}")).ok());
    links.map(|link| link.to_string_lossy().into_owned()).collect()
}

/// The same, held.
fn open(id: u32) -> impl Iterator<Item = File> {
    KINDS.iter().filter_map(move |kind| File::open(format!("/proc/{id}/ns/{kind}")).ok())
}

/// What of this machine the lab must not touch.
fn surroundings() -> (String, BTreeSet<String>) {
    let mounts = fs::read_to_string("/proc/self/mounts").unwrap();
    let names = fs::read_dir("/sys/class/net").unwrap();
    (mounts, names.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect())
}

/// Starts the lab; it leads a process group, as behind a terminal. A shell has what it starts in the background
/// ignore INT, and so would all that comes of it.
fn start(args: &[&str]) -> (Child, BufReader<ChildStderr>) {
    let mut command = Command::new("env");
    command.args(["--default-signal=INT,HUP,TERM", env!("CARGO_BIN_EXE_lab")]);
    command.args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).process_group(0);
    let mut child = command.spawn().unwrap();
    let said = BufReader::new(child.stderr.take().unwrap());
    (child, said)
}

/// Whether this machine lets the lab make its rooms.
fn has_rooms() -> bool {
    let (mut child, said) = start(&["room", "--", "true"]);
    let said: Vec<String> = said.lines().map_while(Result::ok).collect();
    let has = child.wait().unwrap().success();
    if !has {
        eprintln!("skipped, since there are no rooms here: {}", said.join("\n"));
    }
    has
}

/// Starts the lab with a command that waits, ends it, and looks for what is left.
fn ends_without_a_trace(args: &[&str], end: impl FnOnce(u32)) {
    let before = surroundings();
    let (mut child, said) = start(args);
    let mut lines = Vec::new();
    for line in said.lines().map_while(Result::ok) {
        let ready = line == READY;
        lines.push(line);
        if ready {
            break;
        }
    }
    assert!(lines.iter().any(|line| line == READY), "{lines:#?}");
    let family = family(child.id());
    let own = namespaces(std::process::id());
    let spaces: BTreeSet<String> =
        family.iter().flat_map(|(id, _)| namespaces(*id)).filter(|it| !own.contains(it)).collect();
    assert!(family.len() > 3 && spaces.len() >= 4, "{family:?} {spaces:?}");
    // While they are open, no room of others gets their numbers.
    let _open: Vec<File> = family.iter().flat_map(|(id, _)| open(*id)).collect();
    end(child.id());
    child.wait().unwrap();
    let left = || -> Vec<String> {
        let now = processes();
        let alive = family.iter().filter(|(id, start)| now.get(id).is_some_and(|(_, now)| now == start));
        let inside = now.keys().filter(|id| namespaces(**id).iter().any(|space| spaces.contains(space)));
        let name = |id: &u32| format!("{id} {}", fs::read_to_string(format!("/proc/{id}/comm")).unwrap_or_default());
        alive.map(|(id, _)| id).chain(inside).map(name).collect()
    };
    let ended = Instant::now();
    while !left().is_empty() && ended.elapsed() < PATIENCE {
        thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(left(), Vec::<String>::new());
    assert_eq!(surroundings(), before);
}

/// Sends a signal to a process, or to a whole group of them where its number is negative.
fn signal(name: &str, to: &str) {
    assert!(Command::new("kill").args(["-s", name, "--", to]).status().unwrap().success());
}

/// The command says that it is ready, leaves a process behind itself, and waits or ends.
fn command(then: &str) -> [String; 4] {
    ["--".into(), "sh".into(), "-c".into(), format!("sleep 7777 & echo {READY} >&2; {then}")]
}

/// Ends the lab in a way while a command of it waits.
fn ended(lab: &[&str], end: impl FnOnce(u32)) {
    let command = command("sleep 7777");
    ends_without_a_trace(&[lab, &command.each_ref().map(String::as_str)].concat(), end);
}

/// The command ends by itself.
fn ends(lab: &[&str], status: u8) {
    let command = command(&format!("sleep 2; exit {status}"));
    ends_without_a_trace(&[lab, &command.each_ref().map(String::as_str)].concat(), |_| {});
}

/// Ctrl-C goes to all of the terminal's group.
fn interrupt(id: u32) {
    signal("INT", &format!("-{id}"));
}

#[test]
fn a_room_leaves_nothing() {
    if !has_rooms() {
        return;
    }
    ends(&["room"], 0);
    ends(&["room"], 3);
    ended(&["room"], interrupt);
    for name in ["INT", "TERM", "HUP", "KILL"] {
        ended(&["room"], |id| signal(name, &id.to_string()));
    }
}

#[test]
#[ignore = "takes a minute and the lab's programs; `make lab-full` runs it"]
fn clusters_leave_nothing() {
    let lab = ["shell", "bare"];
    ends(&lab, 3);
    ended(&lab, interrupt);
    ended(&lab, |id| signal("TERM", &id.to_string()));
}

#[test]
fn a_failure_is_told_by_the_exit_status() {
    if has_rooms() {
        let (mut child, _said) = start(&["room", "--", "false"]);
        assert!(!child.wait().unwrap().success());
        let (mut child, said) = start(&["run", "no-such-case"]);
        assert!(!child.wait().unwrap().success());
        let said: Vec<String> = said.lines().map_while(Result::ok).collect();
        assert_eq!(said.len(), 1, "{said:?}");
    }
}
