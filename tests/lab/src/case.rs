//! A case: a topology that the lab installs.

use crate::address::{Addresses, Family};
use anyhow::{Context, Result, bail, ensure};
use meshwright_core::bundle::Bundle;
use meshwright_core::draft::{Cluster, Draft};
use meshwright_core::preset::Preset;
use meshwright_core::version::NEWEST;
use meshwright_core::{generate, yaml};
use meshwright_link::Files;
use std::fs;
use std::net::IpAddr;
use std::path::Path;

/// A topology, and what it is called.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// Its name.
    pub(crate) name: String,
    /// The topology, as the engineer of the lab has it.
    pub(crate) draft: Draft,
}

impl Case {
    /// The preset of this name, the case of this name in tests/cases, or the file at this path.
    pub(crate) fn named(name: &str) -> Result<Case> {
        if let Some(preset) = Preset::named(name) {
            return Case::fit(name, preset.draft());
        }
        let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases");
        let files = [cases.join(format!("{name}.yaml")), name.into()];
        let Some(file) = files.iter().find(|file| file.is_file()) else {
            bail!("{name} is no preset, no case of tests/cases and no file");
        };
        let text = fs::read_to_string(file).with_context(|| format!("failed to read {}", file.display()))?;
        let draft = yaml::read(&text).with_context(|| format!("failed to read {}", file.display()))?;
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Case::fit(&stem, draft)
    }

    /// A topology with what is the lab's own: its Istio, and where its API servers are, where the
    /// topology says that.
    fn fit(name: &str, mut draft: Draft) -> Result<Case> {
        NEWEST.clone_into(&mut draft.version);
        ensure!(draft.clusters.len() <= 12, "{name} has more clusters than the lab has addresses for");
        let case = Case { name: name.to_owned(), draft };
        let mut draft = case.draft.clone();
        for (cluster, addresses) in draft.clusters.iter_mut().zip(case.addresses()) {
            if !cluster.api_server.is_empty() {
                cluster.api_server = addresses.api_server();
            }
        }
        Ok(Case { draft, ..case })
    }

    /// The addresses of each cluster, all of the family of istiod's address: API servers and pods of every
    /// cluster have to reach that.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = Addresses> {
        let six = |ip: &str| ip.parse::<IpAddr>().is_ok_and(|ip| ip.is_ipv6());
        let by_six = self.draft.control_planes().any(|plane| plane.address.kind == "ip" && six(&plane.address.ip));
        let family = if by_six { Family::V6 } else { Family::V4 };
        (1..).zip(&self.draft.clusters).map(move |(number, _)| Addresses::new(number, family))
    }

    /// The clusters with their addresses.
    pub(crate) fn clusters(&self) -> impl Iterator<Item = (&Cluster, Addresses)> {
        self.draft.clusters.iter().zip(self.addresses())
    }

    /// The files of its bundle.
    pub(crate) fn files(&self) -> Result<Files> {
        Ok(self.generate()?.files.into_iter().map(|file| (file.path, file.text)).collect())
    }

    /// The bundle that Meshwright makes of it.
    pub(crate) fn generate(&self) -> Result<Bundle> {
        let outcome = generate(&self.draft);
        let problems: Vec<String> = outcome.problems.iter().map(|problem| format!("{problem:?}")).collect();
        let output = outcome.output.with_context(|| format!("{} has problems: {}", self.name, problems.join("; ")))?;
        Ok(output.bundle)
    }
}
