//! The lab, set up for a topology: a cluster for each of its clusters, on one backbone, in one cloud, with
//! what its runbook asks for.

use crate::case::Case;
use crate::cloud::Cloud;
use crate::cluster::{self, Cluster};
use crate::kubelet::Kubelet;
use crate::{gateway_api, network, room};
use anyhow::{Result, anyhow};
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::thread;

/// All clusters of a topology.
#[derive(Debug)]
pub(crate) struct Lab {
    /// What runs the clusters' pods, in the order of the form. Dropped before the clusters.
    pub(crate) kubelets: Vec<Kubelet>,
    /// The clusters, in the order of the form.
    pub(crate) clusters: Vec<Arc<Cluster>>,
    kubeconfig: PathBuf,
}

impl Lab {
    /// Starts all clusters, at the same time.
    pub(crate) fn start(case: &Case) -> Result<Lab> {
        room::furnish()?;
        network::backbone()?;
        let starting: Vec<_> = specs(case).into_iter().map(|spec| thread::spawn(|| Cluster::start(spec))).collect();
        let mut clusters = Vec::new();
        for cluster in starting {
            let cluster = cluster.join().map_err(|_| anyhow!("the thread that starts a cluster panicked"))?;
            clusters.push(Arc::new(cluster?));
        }
        Cloud::open(&case.draft, &clusters)?;
        let kubeconfig = PathBuf::from(room::FOLDER).join("kubeconfig");
        let entries: Vec<_> = clusters.iter().map(|cluster| cluster.entry(cluster.server())).collect();
        cluster::write_kubeconfig(&kubeconfig, &entries)?;
        let kubelets = clusters.iter().cloned().map(Kubelet::start).collect::<Result<_>>()?;
        let lab = Lab { kubelets, clusters, kubeconfig };
        gateway_api::install(&lab, case)?;
        Ok(lab)
    }

    /// What is not as it should be in the clusters now, a line each.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let broken = self.clusters.iter().flat_map(|cluster| cluster.broken());
        let pods = self.clusters.iter().zip(&self.kubelets).flat_map(|(cluster, kubelet)| {
            kubelet.complaints().into_iter().map(|complaint| format!("{}: {complaint}", cluster.name))
        });
        broken.chain(pods).collect()
    }

    /// The engineer's `kubectl VERB`, by a context.
    pub(crate) fn kubectl(&self, verb: &str, context: &str) -> Command {
        let mut kubectl = Command::new("kubectl");
        kubectl.arg(verb).arg(format!("--context={context}"));
        self.engineer(&mut kubectl);
        kubectl
    }

    /// A command on the engineer's machine, who has a kubeconfig, and a home for what tools leave there.
    pub(crate) fn engineer<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        let folder = |name| PathBuf::from(room::FOLDER).join(name);
        command.env("KUBECONFIG", &self.kubeconfig).env("HOME", folder("home")).env("TMPDIR", folder("tmp"))
    }
}

/// What the clusters of a topology are to be.
fn specs(case: &Case) -> Vec<cluster::Spec> {
    let spec = |(cluster, addresses): (&meshwright_core::draft::Cluster, _)| {
        let same = |other: &&(&meshwright_core::draft::Cluster, _)| {
            other.0.key != cluster.key && !cluster.network.is_empty() && other.0.network == cluster.network
        };
        let all: Vec<_> = case.clusters().collect();
        cluster::Spec {
            name: cluster.name.clone(),
            context: cluster.context.clone(),
            addresses,
            neighbours: all.iter().filter(same).map(|(_, addresses)| *addresses).collect(),
        }
    };
    case.clusters().map(spec).collect()
}
