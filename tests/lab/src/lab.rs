//! The lab, set up for a topology: a cluster for each of its clusters, on one backbone.

use crate::address::{Addresses, Family};
use crate::case::Case;
use crate::cloud::Cloud;
use crate::cluster::{self, Cluster};
use crate::{network, room};
use anyhow::{Context, Result, bail};
use meshwright_core::draft;
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::Command;
use std::thread;

/// All clusters of a topology.
#[derive(Debug)]
pub(crate) struct Lab {
    /// The clusters, in the order of the form.
    pub(crate) clusters: Vec<Cluster>,
    kubeconfig: PathBuf,
}

impl Lab {
    /// Starts all clusters, at the same time.
    pub(crate) fn start(case: &Case) -> Result<Lab> {
        room::furnish()?;
        network::backbone()?;
        let specs = specs(&case.draft)?;
        let starting: Vec<_> = specs.into_iter().map(|spec| thread::spawn(|| Cluster::start(spec))).collect();
        let mut clusters = Vec::new();
        for cluster in starting {
            clusters.push(cluster.join().map_err(|_| anyhow::anyhow!("a cluster's thread panicked"))??);
        }
        Cloud::open(&case.draft, &clusters)?;
        let kubeconfig = PathBuf::from(room::FOLDER).join("kubeconfig");
        let entries: Vec<_> = clusters.iter().map(|cluster| cluster.entry(cluster.server())).collect();
        cluster::write_kubeconfig(&kubeconfig, &entries)?;
        Ok(Lab { clusters, kubeconfig })
    }

    /// A command on the engineer's machine, who has a kubeconfig, and a home for what tools leave there.
    pub(crate) fn engineer<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        let folder = |name| PathBuf::from(room::FOLDER).join(name);
        command.env("KUBECONFIG", &self.kubeconfig).env("HOME", folder("home")).env("TMPDIR", folder("tmp"))
    }
}

/// What the clusters of a topology are to be. All are of the family of istiod's address, which is what
/// their API servers' webhooks have to reach.
fn specs(draft: &draft::Draft) -> Result<Vec<cluster::Spec>> {
    if draft.clusters.len() > 12 {
        bail!("{} clusters are more than the lab has addresses for", draft.clusters.len());
    }
    let six = draft.control_planes().any(|plane| {
        plane.address.kind == "ip" && plane.address.ip.parse::<IpAddr>().is_ok_and(|ip| ip.is_ipv6())
    });
    let family = if six { Family::V6 } else { Family::V4 };
    let mut numbered = Vec::new();
    for (number, cluster) in (1..).zip(&draft.clusters) {
        numbered.push((cluster, Addresses::new(number, family)));
    }
    let specs = numbered.iter().map(|(cluster, addresses)| {
        let neighbours = numbered
            .iter()
            .filter(|(other, _)| other.key != cluster.key && !cluster.network.is_empty() && other.network == cluster.network)
            .map(|(_, addresses)| *addresses)
            .collect();
        cluster::Spec {
            name: cluster.name.clone(),
            context: cluster.context.clone(),
            addresses: *addresses,
            neighbours,
        }
    });
    Ok(specs.collect())
}
