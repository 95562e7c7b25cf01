//! The command line, as a person or a program calls it.

mod archive;
mod folder;
mod mending;
mod program;
mod report;
