//! What the command line takes.

use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Istio over several clusters, from one topology: manifests and scripts that agree with each other.
#[derive(Debug, Parser)]
#[command(name = "meshwright", version, about, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make the files of a topology
    Generate {
        /// The topology, meshwright.yaml; `-` for standard input
        file: PathBuf,
        #[command(flatten)]
        target: Target,
        /// Replace what an earlier call made; files changed by hand are kept as .bak
        #[arg(long)]
        replace: bool,
        /// How problems are told
        #[arg(long, value_enum, default_value_t = Format::Words)]
        format: Format,
    },
    /// Tell all problems of a topology
    Check {
        /// The topology, meshwright.yaml; `-` for standard input
        file: PathBuf,
        /// Mend what can be mended by itself: print the topology as it is then, and what was changed
        #[arg(long)]
        fix: bool,
        /// How problems are told
        #[arg(long, value_enum, default_value_t = Format::Words)]
        format: Format,
    },
    /// Explain a field or a problem, or list them
    Explain {
        /// A field's place in the file, such as `address.host`, or the name that a problem has in parentheses
        name: Option<String>,
    },
    /// Print a preset's topology, or list the presets
    Preset {
        /// Its name
        name: Option<String>,
    },
    /// Print the JSON Schema of meshwright.yaml
    Schema,
}

/// Where files go.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = true)]
pub(crate) struct Target {
    /// Folder for the files: a new one, or an empty one
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Archive for the files
    #[arg(long, value_name = "FILE")]
    pub(crate) zip: Option<PathBuf>,
}

/// How problems are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Words,
    /// For programs: an array of objects
    Json,
}
