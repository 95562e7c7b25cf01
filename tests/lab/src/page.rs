//! docs/lab.md: what was checked when, with which programs, in tables.

mod matrix;

use crate::process::run;
use crate::program::Program;
use crate::random;
use crate::report::{self, Report};
use anyhow::{Context, Result};
use serde::Deserialize;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

/// What came of a mutation, as `mutate --report` says it.
#[derive(Debug, Deserialize)]
struct Mutated {
    mutation: String,
    case: String,
    invariants: Vec<u8>,
    failed: Option<String>,
    said: Option<String>,
}

const HEAD: &str = "\
# What the lab has checked

Written by `make lab-full`; the next run replaces it. Every row of the table of topologies is one whose bundle was
installed by its own scripts on real API servers, with a real istiod, real gateways and real sidecars
([CONTRIBUTING.md](../CONTRIBUTING.md) says how to do it again). A run passes if all of this is so:

- every file is taken by `istioctl manifest generate`, `validate` and `analyze`, or by `helm template`, and the
  checker without a cluster renders what istioctl renders;
- `install.sh` comes to its end; a second one changes nothing; a strict dry run on each API server takes every file;
- `verify.sh` passes;
- istiod is ready and has exactly the topology's clusters, synced; pods come back injected, by namespace and by
  revision, with the topology's names and addresses, and untouched where they should; proxies get their
  certificates and the endpoints that they should; requests cross clusters with mTLS;
- after `uninstall.sh` the API servers hold what they held before.

What the Sail operator installs gets as far as it gets without the operator, which is an image. \"Dry run and
rendering\": API servers with the operator's own CRDs take every file in a strict dry run, and every resource with the
addresses laid in; the charts of the lab's Istio render the resources' values, the API servers take that too, and the
checker without a cluster renders the same and finds no broken reference in what the charts rendered.
";

const DEPARTURES: &str = "\
istiod's Envoy filters for metrics and metadata are left out, since Envoy as it is published lacks them
(`tests/lab/src/istiod.rs`). This is all that differs from what the bundle installs.

What the comparisons pass over (`tests/lab/src/snapshot.rs`): status, versions and owners of fields; leases, events
and endpoints; `caBundle` and `failurePolicy` of validating webhooks, which istiod sets once it is reached by them;
Helm's record of a release, of which `helm upgrade` makes one more; labels and `objectSelector` of
`istiod-default-validator`, which istioctl makes twice where there is a revision. Istio's kinds and
its GatewayClasses stay after `uninstall.sh`, as it says. Of several clusters behind one gateway, one has to be heard.
";

/// Writes the page.
pub(crate) fn write(runs: &Path, mutations: &Path, seed: u32, page: &Path) -> Result<()> {
    let (mut runs, mut mutations): (Vec<Report>, Vec<Mutated>) = (report::read(runs)?, report::read(mutations)?);
    runs.sort_by_key(|run| (random::named(&run.case).is_some(), run.case.len(), run.case.clone()));
    mutations.sort_by(|one, other| one.mutation.cmp(&other.mutation));
    let now = humantime::format_rfc3339_seconds(SystemTime::now()).to_string();
    let date = now.split('T').next().unwrap_or_default();
    let mut text = format!("{HEAD}\n{date}, seed {seed}.\n\n{}\n{DEPARTURES}\n", programs()?);
    text.push_str(&matrix::matrix(&runs)?);
    text.push_str(&topologies(&runs)?);
    text.push_str(&mistakes(&mutations)?);
    fs::write(page, text).with_context(|| format!("failed to write {}", page.display()))
}

/// The programs, each with what it says of its version.
fn programs() -> Result<String> {
    let ask = |program: Program, args: &[&str]| -> Result<String> {
        let said = run(program.command()?.args(args))?;
        let line = said.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        // Envoy says where it lies, too.
        let version = line.split_whitespace().filter(|word| !word.starts_with('/')).collect::<Vec<_>>().join(" ");
        Ok(version.replace('|', "\\|"))
    };
    let mut text = "| program | version |\n| --- | --- |\n".to_owned();
    let rows = [
        (Program::Etcd, &["--version"][..]),
        (Program::KubeApiserver, &["--version"]),
        (Program::Istioctl, &["version", "--remote=false"]),
        (Program::PilotDiscovery, &["version", "--short"]),
        (Program::Helm, &["version", "--short"]),
        (Program::Envoy, &["--version"]),
    ];
    for (program, args) in rows {
        writeln!(text, "| {} | {} |", program.name(), ask(program, args)?)?;
    }
    // Behind the hyphen is whose build it is.
    let kernel = run(Command::new("uname").args(["-sr"]))?;
    writeln!(text, "| kernel | {} |", kernel.split('-').next().unwrap_or_default().trim())?;
    Ok(text)
}

fn topologies(runs: &[Report]) -> Result<String> {
    let mut text = "## Topologies\n\n| topology | clusters | files | by API servers | steps | checks | seconds | |\n\
                    | --- | --- | --- | --- | --- | --- | --- | --- |\n"
        .to_owned();
    for Report { case, clusters, reached, files, dry_run, steps, verified, seconds, failure } in runs {
        let result = failure.as_ref().map_or(reached.words(), |_| "**failed**");
        writeln!(text, "| {case} | {clusters} | {files} | {dry_run} | {steps} | {verified} | {seconds} | {result} |")?;
    }
    text.push('\n');
    Ok(text)
}

fn mistakes(mutations: &[Mutated]) -> Result<String> {
    let told = mutations.iter().filter(|row| row.said.is_some()).count();
    let mut text = format!(
        "## Mistakes\n\nBundles with one mistake in each: {told} of {} were told, by the part and in the words that \
         stand here. The numbers are the invariants that it breaks.\n\n\
         | mistake | invariants | in | told by | which says |\n| --- | --- | --- | --- | --- |\n",
        mutations.len()
    );
    for Mutated { mutation, case, invariants, failed, said } in mutations {
        let invariants: Vec<String> = invariants.iter().map(|number| format!("0.{number}")).collect();
        let said = said.as_deref().unwrap_or("**not told**").replace('|', "\\|").replace('<', "&lt;");
        let by = failed.as_deref().unwrap_or("nothing");
        writeln!(text, "| {mutation} | {} | {case} | {by} | {said} |", invariants.join(", "))?;
    }
    Ok(text)
}
