//! What has to be true of a mesh that runs, as its topology describes it: asked of API servers, istiods,
//! proxies and pods, never of the bundle's files.

mod configuration;
mod endpoints;
mod identity;
mod ingress;
mod injection;
mod istiod;
mod mesh;
mod namespace;
mod proxy;
mod request;
mod site;

use crate::case::Case;
use crate::lab::Lab;
use crate::progress::say;
use anyhow::{Result, bail};
use mesh::Mesh;
pub(crate) use namespace::prepare;
use site::Site;
use std::thread;
use std::time::{Duration, Instant};

/// How long a mesh may take, all checks together, until what istiod knows has reached every proxy.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(250);

/// A concern, and its check: a failure for each link that is broken.
type Check = (&'static str, fn(&World<'_>) -> Vec<Result<()>>);

const CHECKS: [Check; 7] = [
    ("istiod", istiod::check),
    ("mesh configuration", configuration::check),
    ("injection", injection::check),
    ("identity", identity::check),
    ("endpoints", endpoints::check),
    ("requests", request::check),
    ("ingress", ingress::check),
];

/// What a check looks at.
struct World<'a> {
    lab: &'a Lab,
    mesh: Mesh,
    deadline: Instant,
}

/// Looks at all of it, and fails with all that is not as it should be.
pub(crate) fn probe(lab: &Lab, case: &Case, patience: Duration) -> Result<()> {
    let world = World { lab, mesh: Mesh::of(&case.draft)?, deadline: Instant::now() + patience };
    let guests = namespace::guests(&world);
    let mut broken: Vec<String> = guests.as_ref().err().map(|error| format!("guests: {error:#}")).into_iter().collect();
    for (concern, check) in CHECKS {
        let results = check(&world);
        let failures: Vec<String> =
            results.iter().filter_map(|it| Some(format!("{concern}: {:#}", it.as_ref().err()?))).collect();
        if failures.is_empty() {
            say!("  {concern}: {}", results.len());
        }
        broken.extend(failures);
    }
    if !broken.is_empty() {
        bail!("the mesh is not what the topology says:\n    {}", broken.join("\n    "));
    }
    Ok(())
}

impl World<'_> {
    /// The cluster of that name.
    fn site(&self, name: &str) -> Result<Site<'_>> {
        Site::find(self.lab, name)
    }

    /// Tries until it succeeds, as long as there is patience left.
    fn wait<T>(&self, mut attempt: impl FnMut() -> Result<T>) -> Result<T> {
        loop {
            match attempt() {
                Err(_) if Instant::now() < self.deadline => thread::sleep(PAUSE),
                outcome => return outcome,
            }
        }
    }
}
