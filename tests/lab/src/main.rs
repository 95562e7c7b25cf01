//! The lab: bundles are installed for real, by their own scripts, on real API servers, with a real
//! istiod and real gateways, without containers. `make lab` starts it.

mod address;
mod bundle;
mod case;
mod cloud;
mod cluster;
mod container;
mod dns;
mod hurry;
mod istiod;
mod kube;
mod kubelet;
mod lab;
mod mutation;
mod netns;
mod network;
mod pod;
mod probe;
mod process;
mod program;
mod progress;
mod random;
mod rendering;
mod room;
mod run;
mod snapshot;

use anyhow::Result;
use bundle::Bundle;
use case::Case;
use clap::{Parser, Subcommand};
use lab::Lab;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// Installs meshes for real, in namespaces that nothing outlives.
#[derive(Debug, Parser)]
#[command(name = "lab", version, about, max_term_width = 100)]
struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Install, verify and uninstall topologies, each in a room of its own
    Run {
        /// Presets, names of cases in tests/cases, or files
        #[arg(required = true)]
        cases: Vec<String>,
    },
    /// Install bundles with a mistake in each, and look whether the lab tells it
    Mutate {
        /// Mutations of the lab's table
        #[arg(required_unless_present_any = ["all", "some"])]
        names: Vec<String>,
        /// All of the table
        #[arg(long, conflicts_with = "names")]
        all: bool,
        /// So many of the table
        #[arg(long, value_name = "COUNT", conflicts_with_all = ["names", "all"])]
        some: Option<usize>,
        /// Where in the table to begin with them
        #[arg(long, requires = "some", default_value_t = 0)]
        seed: usize,
        /// A file to which a line of JSON is added for each
        #[arg(long, value_name = "FILE")]
        report: Option<PathBuf>,
    },
    /// Look whether the checker without a cluster renders topologies as istioctl does
    Render {
        /// With each of the checker's mutations instead
        #[arg(long)]
        mutated: bool,
        /// Presets, names of cases in tests/cases, or files
        #[arg(required = true)]
        cases: Vec<String>,
    },
    /// Bring a topology's clusters up and open a shell, or run a command, in its bundle
    Shell {
        /// A preset, the name of a case in tests/cases, or a file
        case: String,
        /// The command
        #[arg(last = true)]
        command: Vec<String>,
    },
}

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
        Task::Run { cases } => {
            let mut well = true;
            for case in cases {
                Case::named(case)?;
                well &= room::enter(["run".into(), case.into()])?;
            }
            Ok(well)
        }
        Task::Mutate { names, some, seed, report, .. } => {
            let rows = some.map_or_else(|| mutation::chosen(names), |count| Ok(mutation::some(count, *seed)))?;
            let mut told = Vec::new();
            for row in &rows {
                let report = report.iter().flat_map(|file| ["--report".into(), file.into()]);
                told.push(room::enter(["mutate".into(), row.name.into()].into_iter().chain(report))?);
            }
            let missed = rows.iter().zip(&told).filter(|(_, told)| !**told).map(|(row, _)| row.name);
            let missed: Vec<&str> = missed.collect();
            println!("{} of {} mutations were told; not: {missed:?}", rows.len() - missed.len(), rows.len());
            Ok(missed.is_empty())
        }
        Task::Render { cases, mutated } => {
            let hold = if *mutated { rendering::hold_mutated } else { rendering::hold };
            for case in cases {
                println!("{case}: {} files", hold(&Case::named(case)?)?);
            }
            Ok(true)
        }
        Task::Shell { .. } => room::enter(std::env::args_os().skip(1)),
    }
}

/// Does what was asked for, inside of a room. Keeps the logs of what fails.
fn work(task: &Task) -> Result<bool> {
    let done = match task {
        Task::Run { cases } => cases.iter().try_for_each(|case| run::run(&Case::named(case)?)).map(|()| true),
        Task::Mutate { names, report, .. } => {
            let rows = mutation::chosen(names)?;
            rows.into_iter().try_fold(true, |told, row| Ok(mutation::mutate(row, report.as_deref())? && told))
        }
        Task::Render { .. } => enter(task),
        Task::Shell { case, command } => shell(case, command),
    };
    if !matches!(done, Ok(true)) {
        let kept = Path::new("target/lab");
        room::keep_logs(kept)?;
        eprintln!("lab: the logs are in {}", kept.display());
    }
    done
}

fn shell(case: &str, command: &[String]) -> Result<bool> {
    let case = Case::named(case)?;
    let lab = Lab::start(&case)?;
    let bundle = Bundle::write(&case)?;
    let mut shell = match command {
        [] => Command::new(std::env::var_os("SHELL").unwrap_or_else(|| "sh".into())),
        [program, args @ ..] => {
            let mut command = Command::new(program);
            command.args(args);
            command
        }
    };
    Ok(lab.engineer(&mut shell).current_dir(&bundle.folder).status()?.success())
}
