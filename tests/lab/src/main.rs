//! The lab: bundles are installed for real, by their own scripts, on real API servers, with a real
//! istiod and real gateways, without containers. `make lab` starts it.

mod address;
mod args;
mod bundle;
mod case;
mod cloud;
mod cluster;
mod container;
mod dns;
mod gateway_api;
mod hurry;
mod istiod;
mod kube;
mod kubelet;
mod lab;
mod mutation;
mod netns;
mod network;
mod page;
mod pod;
mod probe;
mod process;
mod program;
mod progress;
mod random;
mod rendering;
mod report;
mod room;
mod rooms;
mod run;
mod sail;
mod snapshot;
mod tools;

use anyhow::Result;
use args::{Args, Run, Task};
use bundle::Bundle;
use case::{Case, KINDS};
use clap::Parser;
use lab::Lab;
use progress::say;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{SystemTime, UNIX_EPOCH};

fn main() -> ExitCode {
    progress::elapsed();
    let words: Vec<OsString> = std::env::args_os().collect();
    let outcome = match words.split_first() {
        Some((_, [first, version])) if first == "helloworld" => {
            container::helloworld::serve(&version.to_string_lossy()).map(|()| true)
        }
        Some((name, [first, rest @ ..])) if first == room::INSIDE => {
            work(&Args::parse_from([name].into_iter().chain(rest)).task)
        }
        _ => enter(&Args::parse().task),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("lab: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Does what was asked for in rooms, one for each case. Gives whether all went well.
fn enter(task: &Task) -> Result<bool> {
    match task {
        Task::Run(run) => {
            let cases = cases(run)?;
            let names: Vec<&str> = cases.iter().map(String::as_str).collect();
            names.iter().try_for_each(|name| Case::named(name).map(drop))?;
            let failed = rooms::each("run", &names, run.report.as_deref(), run.jobs)?;
            say!("{} of {} topologies passed{}", cases.len() - failed.len(), cases.len(), list("; not: ", &failed));
            Ok(failed.is_empty())
        }
        Task::Mutate(wanted) => {
            let all = || mutation::chosen(&wanted.names);
            let rows = wanted.some.map_or_else(all, |count| Ok(mutation::some(count, wanted.seed)))?;
            let names: Vec<&str> = rows.iter().map(|row| row.name).collect();
            let missed = rooms::each("mutate", &names, wanted.report.as_deref(), wanted.jobs)?;
            say!("{} of {} mutations were told{}", rows.len() - missed.len(), rows.len(), list("; not: ", &missed));
            Ok(missed.is_empty())
        }
        Task::Render { cases, mutated } => {
            let hold = if *mutated { rendering::hold_mutated } else { rendering::hold };
            for case in cases {
                println!("{case}: {} files", hold(&Case::named(case)?)?.len());
            }
            Ok(true)
        }
        Task::Page { runs, mutations, seed, page } => page::write(runs, mutations, *seed, page).map(|()| true),
        Task::Shell { .. } | Task::Room { .. } => room::enter(std::env::args_os().skip(1)),
    }
}

fn list(before: &str, names: &[&str]) -> String {
    if names.is_empty() { String::new() } else { format!("{before}{}", names.join(", ")) }
}

/// The names of the topologies that are asked for.
fn cases(run: &Run) -> Result<Vec<String>> {
    let mut cases = run.cases.clone();
    if run.presets {
        cases.extend(KINDS.map(|preset| preset.name().to_owned()));
    }
    if run.all {
        cases.extend(Case::all()?);
    }
    if run.random > 0 {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let seed =
            run.seed.unwrap_or_else(|| now.subsec_nanos() ^ u32::try_from(now.as_secs() & 0xffff_ffff).unwrap_or(0));
        say!("{} random topologies; again: --random {} --seed {seed}", run.random, run.random);
        cases.extend((1..=run.random).map(|number| random::name(seed, number)));
    }
    Ok(cases)
}

/// Does what was asked for, inside of a room. Keeps the logs of what fails.
fn work(task: &Task) -> Result<bool> {
    let (name, done) = match task {
        Task::Run(run) => {
            let each = |case: &String| run::run(&Case::named(case)?, run.report.as_deref());
            (run.cases.concat(), run.cases.iter().try_for_each(each).map(|()| true))
        }
        Task::Mutate(wanted) => {
            let told = mutation::chosen(&wanted.names).and_then(|rows| {
                let each = |told, row| Ok(mutation::mutate(row, wanted.report.as_deref())? && told);
                rows.into_iter().try_fold(true, each)
            });
            (wanted.names.concat(), told)
        }
        Task::Shell { case, command } => (case.clone(), in_lab(case, command)),
        Task::Room { command } => {
            return Ok(room::furnish().and_then(|()| Ok(shell(command).status()?))?.success());
        }
        Task::Render { .. } | Task::Page { .. } => return enter(task),
    };
    if !matches!(done, Ok(true)) {
        let kept = Path::new("target/lab").join(name.replace(['/', ' '], "-"));
        room::keep_logs(&kept)?;
        eprintln!("lab: the logs are in {}", kept.display());
    }
    done
}

/// A command, or a shell where there is none.
fn shell(command: &[String]) -> Command {
    match command {
        [] => Command::new(std::env::var_os("SHELL").unwrap_or_else(|| "sh".into())),
        [program, args @ ..] => {
            let mut command = Command::new(program);
            command.args(args);
            command
        }
    }
}

fn in_lab(case: &str, command: &[String]) -> Result<bool> {
    let case = Case::named(case)?;
    let lab = Lab::start(&case)?;
    let bundle = Bundle::write(&case)?;
    Ok(lab.engineer(&mut shell(command)).current_dir(&bundle.folder).status()?.success())
}
