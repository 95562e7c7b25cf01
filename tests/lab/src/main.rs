//! The lab: bundles are installed for real, by their own scripts, on real API servers, with a real
//! istiod and real gateways, without containers. `make lab` starts it.

mod address;
mod case;
mod cloud;
mod cluster;
mod container;
mod dns;
mod istiod;
mod kube;
mod kubelet;
mod lab;
mod netns;
mod network;
mod pod;
mod process;
mod program;
mod progress;
mod room;

use anyhow::Result;
use case::Case;
use clap::{Parser, Subcommand};
use lab::Lab;
use std::path::Path;
use std::process::{Command, ExitCode};

/// Installs meshes for real, in namespaces that nothing outlives.
#[derive(Debug, Parser)]
#[command(name = "lab", version, about, max_term_width = 100)]
struct Args {
    #[command(subcommand)]
    command: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Bring a topology's clusters up and open a shell, or run a command, on the engineer's machine
    Shell {
        /// A preset, the name of a case in tests/cases, or a file
        case: String,
        /// The command
        #[arg(last = true)]
        command: Vec<String>,
    },
}

fn main() -> ExitCode {
    let args = std::env::args_os().skip(1);
    let inside = std::env::args_os().nth(1).is_some_and(|first| first == room::INSIDE);
    let outcome = if inside {
        let name = std::env::args_os().take(1);
        work(&Args::parse_from(name.chain(args.skip(1))).command)
    } else {
        // What is wrong with the call is told before there is a room.
        Args::parse();
        room::enter(args)
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("lab: {error:#}");
        ExitCode::FAILURE
    })
}

/// Does what was asked for, inside of the room.
fn work(task: &Task) -> Result<ExitCode> {
    let done = match task {
        Task::Shell { case, command } => shell(case, command),
    };
    if !matches!(done, Ok(ExitCode::SUCCESS)) {
        let kept = Path::new("target/lab");
        room::keep_logs(kept)?;
        eprintln!("lab: the logs are in {}", kept.display());
    }
    done
}

fn shell(case: &str, command: &[String]) -> Result<ExitCode> {
    let lab = Lab::start(&Case::named(case)?)?;
    let mut shell = match command {
        [] => Command::new(std::env::var_os("SHELL").unwrap_or_else(|| "sh".into())),
        [program, args @ ..] => {
            let mut command = Command::new(program);
            command.args(args);
            command
        }
    };
    let status = lab.engineer(&mut shell).status()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
