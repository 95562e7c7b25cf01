//! Meshwright's core: one way through, from what a person typed to the files that they download.
//!
//! `Draft -> check -> Topology -> plan -> Plan -> render -> Bundle`
//!
//! Plain data and pure functions. No IO, no clock, no environment, no browser.

pub mod bundle;
pub mod check;
pub mod draft;
pub mod field;
mod istio;
mod k8s;
pub mod name;
pub mod plan;
pub mod preset;
pub mod problem;
pub mod render;
mod script;
mod sorted;
pub mod topology;
pub mod value;
pub mod version;
pub mod yaml;

use bundle::Bundle;
use draft::Draft;
use plan::Plan;
use problem::Problem;

/// All that a draft makes: its problems and, unless one of them is an error, the plan and its files.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Errors and warnings, in the order of the form.
    pub problems: Vec<Problem>,
    /// The plan and the bundle; `None` while there are errors.
    pub output: Option<Output>,
}

/// The plan and the files rendered from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// What is to be done, in order.
    pub plan: Plan,
    /// The files.
    pub bundle: Bundle,
}

/// Takes a draft the whole way. Never fails: what is wrong is in `problems`.
pub fn generate(draft: &Draft) -> Outcome {
    let check::Checked { topology, problems } = check::check(draft);
    let output = topology.map(|topology| {
        let plan = plan::plan(&topology);
        let bundle = render::render(&plan);
        Output { plan, bundle }
    });
    Outcome { problems, output }
}
