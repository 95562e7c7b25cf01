//! The command line of Meshwright: the only native IO. Exit code 0; 1 for a failure of the machine
//! or of the call; 2 for a topology with problems.

mod args;
mod explain;
mod folder;
mod mend;
mod report;

use args::{Args, Command, Format, Target};
use clap::Parser;
use clap::error::ErrorKind;
use meshwright_core::draft::{Draft, LARGEST};
use meshwright_core::preset::Preset;
use meshwright_core::problem::Severity;
use meshwright_core::{Outcome, Output, generate, yaml};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::process::ExitCode;

/// Why the command line stops.
enum Stop {
    /// The machine failed, or the call was wrong: what, in words.
    Machine(String),
    /// The topology has problems, which have been told.
    Problems,
}

impl From<String> for Stop {
    fn from(what: String) -> Self {
        Stop::Machine(what)
    }
}

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            let asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            // Nothing can be done where even this cannot be printed.
            let _ = error.print();
            return if asked { ExitCode::SUCCESS } else { ExitCode::from(1) };
        }
    };
    match run(&args.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Machine(what)) => {
            eprintln!("meshwright: {what}");
            ExitCode::from(1)
        }
        Err(Stop::Problems) => ExitCode::from(2),
    }
}

fn run(command: &Command) -> Result<(), Stop> {
    match command {
        Command::Generate { file, target, replace, format } => {
            let (draft, outcome) = read(file, *format)?;
            report::problems(&draft, &outcome.problems, *format, report::To::Error)?;
            let output = outcome.output.ok_or(Stop::Problems)?;
            write(&output, target, *replace)
        }
        Command::Check { file, fix: true, .. } => {
            let (draft, _) = read(file, Format::Words)?;
            mend::mend(draft)
        }
        Command::Check { file, fix: false, format } => {
            let (draft, outcome) = read(file, *format)?;
            report::problems(&draft, &outcome.problems, *format, report::To::Output)?;
            let errors = outcome.problems.iter().any(|problem| problem.severity() == Severity::Error);
            if errors { Err(Stop::Problems) } else { Ok(()) }
        }
        Command::Explain { name } => explain::explain(name.as_deref()).map_err(Stop::Machine),
        Command::Preset { name } => preset(name.as_deref()),
        Command::Schema => {
            report::print(&format!("{}\n", meshwright_core::draft::schema()))?;
            Ok(())
        }
    }
}

fn read(file: &Path, format: Format) -> Result<(Draft, Outcome), Stop> {
    let failed = |e: io::Error| {
        let name = if file == Path::new("-") { "standard input".into() } else { file.display().to_string() };
        format!("failed to read {name}: {e}")
    };
    let source: Box<dyn Read> =
        if file == Path::new("-") { Box::new(io::stdin()) } else { Box::new(File::open(file).map_err(failed)?) };
    // One byte more than is read at most tells that there is more.
    let mut bytes = Vec::new();
    source.take(u64::from(LARGEST) + 1).read_to_end(&mut bytes).map_err(failed)?;
    match yaml::read(&bytes) {
        Ok(draft) => {
            let outcome = generate(&draft);
            Ok((draft, outcome))
        }
        Err(error) => {
            report::unreadable(file, &error, format)?;
            Err(Stop::Problems)
        }
    }
}

/// Writes what is asked for, once nothing stands in the way of any of it.
fn write(output: &Output, target: &Target, replace: bool) -> Result<(), Stop> {
    let Output { plan, bundle } = output;
    let count = bundle.files.len();
    let folder = target.output.as_deref();
    let before = folder.map(|folder| folder::look(bundle, folder, replace)).transpose()?;
    if let Some(zip) = &target.zip {
        folder::look_at_archive(zip, replace)?;
    }
    if let (Some(folder), Some(before)) = (folder, before) {
        folder::write(bundle, folder, &before)?;
        eprintln!("{count} files in {}", folder.display());
    }
    if let Some(zip) = &target.zip {
        let bytes = bundle.zip(&plan.folder()).map_err(|e| format!("failed to make the archive: {e}"))?;
        folder::write_archive(zip, &bytes)?;
        eprintln!("{count} files in {}", zip.display());
    }
    Ok(())
}

fn preset(name: Option<&str>) -> Result<(), Stop> {
    let Some(name) = name else {
        let lines = Preset::ALL.map(|preset| format!("{:<40} {}\n", preset.name(), preset.about()));
        report::print(&lines.concat())?;
        return Ok(());
    };
    let preset = Preset::named(name).ok_or_else(|| {
        let names = Preset::ALL.map(Preset::name).join(", ");
        format!("there is no preset {name:?}; there are: {names}")
    })?;
    report::print(&yaml::write(&preset.draft()))?;
    Ok(())
}
