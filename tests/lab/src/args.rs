//! The lab's command line.

use clap::{Args as Options, Parser, Subcommand};
use std::path::PathBuf;

/// Installs meshes for real, in namespaces that nothing outlives.
#[derive(Debug, Parser)]
#[command(name = "lab", version, about, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) task: Task,
}

/// What there is to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// Install, verify and uninstall topologies, each in a room of its own
    Run(Run),
    /// Install bundles with a mistake in each, and look whether the lab tells it
    Mutate(Mutate),
    /// Look whether the checker without a cluster renders topologies as istioctl does
    Render {
        /// With each of the checker's mutations instead
        #[arg(long)]
        mutated: bool,
        /// Presets, names of cases in tests/cases, or files
        #[arg(required = true)]
        cases: Vec<String>,
    },
    /// Write what runs and mutations reported as a page
    Page {
        /// The file to which `run --report` has added
        #[arg(long, value_name = "FILE")]
        runs: PathBuf,
        /// The file to which `mutate --report` has added
        #[arg(long, value_name = "FILE")]
        mutations: PathBuf,
        /// The seed of the random topologies
        #[arg(long)]
        seed: u32,
        /// The page
        page: PathBuf,
    },
    /// Bring a topology's clusters up and open a shell, or run a command, in its bundle
    Shell {
        /// A preset, the name of a case in tests/cases, or a file
        case: String,
        /// The command
        #[arg(last = true)]
        command: Vec<String>,
    },
    /// Open a shell, or run a command, in a room without clusters
    Room {
        /// The command
        #[arg(last = true)]
        command: Vec<String>,
    },
}

/// Which topologies to run.
#[derive(Debug, Options)]
pub(crate) struct Run {
    /// Presets, names of cases in tests/cases and tests/lab/cases, random-SEED-NUMBER, or files
    #[arg(required_unless_present_any = ["presets", "all", "random"])]
    pub(crate) cases: Vec<String>,
    /// A preset of each kind
    #[arg(long, conflicts_with = "all")]
    pub(crate) presets: bool,
    /// All presets and all cases
    #[arg(long)]
    pub(crate) all: bool,
    /// So many random topologies
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    pub(crate) random: u32,
    /// What they are drawn by; a new one where none is given
    #[arg(long, requires = "random")]
    pub(crate) seed: Option<u32>,
    /// How many rooms at a time
    #[arg(long, value_name = "COUNT", default_value_t = 1)]
    pub(crate) jobs: usize,
    /// A file to which a line of JSON is added for each
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
}

/// Which mutations to install.
#[derive(Debug, Options)]
pub(crate) struct Mutate {
    /// Mutations of the lab's table
    #[arg(required_unless_present_any = ["all", "some"])]
    pub(crate) names: Vec<String>,
    /// All of the table
    #[arg(long, conflicts_with = "names")]
    pub(crate) all: bool,
    /// So many of the table
    #[arg(long, value_name = "COUNT", conflicts_with_all = ["names", "all"])]
    pub(crate) some: Option<usize>,
    /// Where in the table to begin with them
    #[arg(long, requires = "some", default_value_t = 0)]
    pub(crate) seed: usize,
    /// How many rooms at a time
    #[arg(long, value_name = "COUNT", default_value_t = 1)]
    pub(crate) jobs: usize,
    /// A file to which a line of JSON is added for each
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
}
