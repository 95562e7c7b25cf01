//! A case: a topology that the lab installs.

use crate::address::{Addresses, Family};
use crate::random;
use anyhow::{Context, Result, bail, ensure};
use meshwright_core::draft::{Cluster, ControlPlane, Draft};
use meshwright_core::preset::Preset;
use meshwright_core::version::NEWEST;
use meshwright_core::{Output, generate, yaml};
use meshwright_link::Files;
use std::fs;
use std::path::{Path, PathBuf};

/// A preset of each kind: the others differ from these in what more than one of them has.
pub(crate) const KINDS: [Preset; 8] = [
    Preset::ExternalControlPlane,
    Preset::ExternalControlPlaneIp,
    Preset::ExternalControlPlaneMulticluster,
    Preset::ExternalControlPlaneTwoMeshes,
    Preset::PrimaryRemoteMultiNetwork,
    Preset::MultiPrimaryMultiNetwork,
    Preset::ExternalControlPlaneHelm,
    Preset::OpenShiftExternalControlPlane,
];

/// A topology, and what it is called.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// Its name.
    pub(crate) name: String,
    /// The topology, as the engineer of the lab has it.
    pub(crate) draft: Draft,
}

impl Case {
    /// The preset of this name, the case of this name, the random topology of this name, or the file at
    /// this path.
    pub(crate) fn named(name: &str) -> Result<Case> {
        if let Some(preset) = Preset::named(name) {
            return Case::fit(name, preset.draft());
        }
        if let Some(draft) = random::named(name) {
            return Case::fit(name, draft?);
        }
        let files = folders().map(|folder| folder.join(format!("{name}.yaml"))).into_iter().chain([name.into()]);
        let Some(file) = files.into_iter().find(|file| file.is_file()) else {
            bail!("{name} is no preset, no case of tests/cases or tests/lab/cases, no random-SEED-NUMBER and no file");
        };
        let text = fs::read_to_string(&file).with_context(|| format!("failed to read {}", file.display()))?;
        let draft = yaml::read(&text).with_context(|| format!("failed to read {}", file.display()))?;
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Case::fit(&stem, draft)
    }

    /// The names of all presets, and of all cases that the lab can install.
    pub(crate) fn all() -> Result<Vec<String>> {
        let mut names = Vec::new();
        for folder in folders() {
            let failed = || format!("failed to read {}", folder.display());
            for entry in fs::read_dir(&folder).with_context(failed)? {
                let path = entry.with_context(failed)?.path();
                let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                if path.extension().is_some_and(|ending| ending == "yaml") {
                    names.push(stem);
                }
            }
        }
        names.sort();
        Ok(Preset::ALL.into_iter().map(|preset| preset.name().to_owned()).chain(names).collect())
    }

    /// Whether the Sail operator has to install it, which is an image: the lab has none.
    pub(crate) fn by_operator(&self) -> bool {
        self.draft.install_method == "sail"
    }

    /// What install.sh has to warn of.
    pub(crate) fn warning(&self) -> Option<&'static str> {
        let by_name = |plane: &ControlPlane| {
            let cluster = self.draft.clusters.iter().find(|cluster| plane.cluster.is(cluster.key));
            plane.address.kind == "discovered" && cluster.is_some_and(|cluster| cluster.platform == "eks")
        };
        self.draft.control_planes().any(by_name).then_some("warning: the load balancer has a host name, ")
    }

    /// A topology with what is the lab's own: its Istio, unless the Sail operator brings another, and where
    /// its API servers are, where the topology says that.
    fn fit(name: &str, mut draft: Draft) -> Result<Case> {
        if draft.install_method != "sail" {
            NEWEST.clone_into(&mut draft.version);
        }
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
    /// cluster have to reach that. Where it is not known, API servers that are tell the family.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = Addresses> {
        let known = |plane: &ControlPlane| plane.address.ip.parse().ok().filter(|_| plane.address.kind == "ip");
        let family = self.draft.control_planes().find_map(known).map_or_else(
            || {
                let six = self.draft.clusters.iter().any(|cluster| cluster.api_server.contains('['));
                if six { Family::V6 } else { Family::V4 }
            },
            Family::of,
        );
        (1..).zip(&self.draft.clusters).map(move |(number, _)| Addresses::new(number, family))
    }

    /// The clusters with their addresses.
    pub(crate) fn clusters(&self) -> impl Iterator<Item = (&Cluster, Addresses)> {
        self.draft.clusters.iter().zip(self.addresses())
    }

    /// The files of its bundle.
    pub(crate) fn files(&self) -> Result<Files> {
        Ok(self.output()?.bundle.files.into_iter().map(|file| (file.path, file.text)).collect())
    }

    /// What Meshwright makes of it.
    pub(crate) fn output(&self) -> Result<Output> {
        let outcome = generate(&self.draft);
        let problems: Vec<String> = outcome.problems.iter().map(|problem| format!("{problem:?}")).collect();
        outcome.output.with_context(|| format!("{} has problems: {}", self.name, problems.join("; ")))
    }
}

/// Where cases are: those of all tests, and the lab's own.
fn folders() -> [PathBuf; 2] {
    ["../cases", "cases"].map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
}
