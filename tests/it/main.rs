//! One test binary: a module for each thing that is looked at.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that panics has failed, which is what it is for"
)]

mod case;
mod check;
mod cli;
mod commands;
mod docs;
mod documents;
mod drafts;
mod golden;
mod invariants;
mod links;
mod methods;
mod mistakes;
mod properties;
mod readers;
mod reference;
mod sail;
mod scripts;
mod tidy;
mod tool;
mod tree;
mod versions;
mod world;
