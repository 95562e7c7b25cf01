//! install.sh: the plan's steps, in order; `commands` says what each step runs.

mod commands;

use crate::plan::{Plan, Step};
use crate::script::{Command, Helper, Line, Script};

pub(super) fn install(plan: &Plan) -> String {
    let steps = plan.steps.iter().enumerate().flat_map(|(index, step)| {
        let head = [Line::Blank, Line::Comment(step.why.clone()), Line::Run(heading(index + 1, step))];
        head.into_iter().chain(commands::commands(plan, step))
    });
    let done = [Line::Blank, Line::Run(Command::print("Installed. verify.sh looks whether it works."))];
    let lines = preflight(plan).into_iter().chain(steps).chain(done);
    let about = vec![
        format!(
            "Installs the mesh with Istio {}. Run it again after a failure: it goes on where it has to.",
            plan.release
        ),
        "Made by Meshwright; README.md explains each step.".to_owned(),
    ];
    Script { about, also: vec![Helper::Finish], lines }.text()
}

fn preflight(plan: &Plan) -> Vec<Line> {
    let tool = |tool: &str| Line::Run(Command::helper_call(Helper::RequireTool).arg(tool));
    let mut lines = vec![tool("kubectl"), tool("istioctl")];
    if plan.uses_helm() {
        lines.push(tool("helm"));
    }
    lines.push(Line::Run(Command::helper_call(Helper::RequireIstioctl).arg(plan.release.to_string())));
    for cluster in &plan.clusters {
        lines.push(Line::Run(Command::helper_on(Helper::RequireCluster, cluster)));
        if plan.uses_sail() {
            let version = format!("v{}", plan.release);
            lines.push(Line::Run(Command::helper_on(Helper::RequireSail, cluster).arg(version)));
        }
    }
    lines
}

fn heading(number: usize, step: &Step) -> Command {
    Command::helper_call(Helper::Step).arg(number.to_string()).arg(step.cluster.name.as_str()).arg(step.title.as_str())
}
