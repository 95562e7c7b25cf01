//! A cluster: its own etcd, API server, controllers, scheduler and kube-proxy, around one node.

mod control_plane;
mod kubeconfig;
mod node;

use crate::address::{API_PORT, Addresses};
use crate::kube::Kube;
use crate::network::Node;
use crate::process::{Process, wait_for};
use crate::progress::say;
use crate::{dns, netns, room};
use anyhow::{Context, Result};
pub(crate) use kubeconfig::{Entry, write as write_kubeconfig};
use std::fs;
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a part of a cluster may take until it is ready. It takes seconds; a slow machine is no failure.
const LIMIT: Duration = Duration::from_mins(2);

/// What a cluster is to be.
#[derive(Debug, Clone)]
pub(crate) struct Spec {
    /// Its name in the mesh.
    pub(crate) name: String,
    /// The kubeconfig's context for it.
    pub(crate) context: String,
    /// Its addresses.
    pub(crate) addresses: Addresses,
    /// Clusters on the same network of the mesh: pods reach pods.
    pub(crate) neighbours: Vec<Addresses>,
}

/// A running cluster; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Cluster {
    /// Its name in the mesh.
    pub(crate) name: String,
    /// The kubeconfig's context for it.
    pub(crate) context: String,
    /// Where its files are.
    pub(crate) folder: PathBuf,
    /// Its node.
    pub(crate) node: Node,
    /// Its API, for its administrator.
    pub(crate) kube: Kube,
    /// The kubeconfig of its own programs.
    pub(crate) kubeconfig: PathBuf,
    /// The API server's certificate and key: `apiserver.crt`, `apiserver.key`.
    pub(crate) cert_dir: PathBuf,
    /// The certificate of the API server's CA, in PEM.
    pub(crate) ca: String,
    /// Its name server.
    pub(crate) dns: IpAddr,
    token: String,
    processes: Mutex<Vec<Process>>,
}

impl Cluster {
    /// Starts a cluster and waits until it takes work.
    pub(crate) fn start(spec: Spec) -> Result<Cluster> {
        let name = spec.name.clone();
        let start = Instant::now();
        let cluster = Cluster::bring_up(spec).with_context(|| format!("failed to start cluster {name}"))?;
        say!("{name} is up after {:.1} s: {}", start.elapsed().as_secs_f32(), cluster.server());
        Ok(cluster)
    }

    fn bring_up(spec: Spec) -> Result<Cluster> {
        let number = spec.addresses.number;
        let folder = PathBuf::from(room::FOLDER).join("clusters").join(&spec.name);
        let cert_dir = folder.join("certificates");
        fs::create_dir_all(&cert_dir).with_context(|| format!("failed to make {}", cert_dir.display()))?;
        let node = Node::connect(&format!("node{number}"), spec.addresses, &spec.neighbours)?;
        // It is a secret of a room that nobody else enters.
        let token = format!("administrator-of-{}", spec.name);
        let mut cluster = Cluster {
            // Nothing is known of the API before its server has made its certificate.
            kube: Kube::new(spec.addresses.node().address, API_PORT, "", &token),
            kubeconfig: folder.join("kubeconfig"),
            ca: String::new(),
            dns: spec.addresses.node().address,
            processes: Mutex::default(),
            name: spec.name,
            context: spec.context,
            folder,
            node,
            cert_dir,
            token,
        };
        cluster.start_api()?;
        cluster.start_controllers()?;
        Ok(cluster)
    }

    /// A command in its node's network namespace.
    pub(crate) fn command(&self, program: PathBuf) -> Command {
        netns::command(&self.node.name, program)
    }

    /// The API server, as everyone on the backbone reaches it.
    pub(crate) fn server(&self) -> String {
        self.node.addresses.api_server()
    }

    fn start_api(&mut self) -> Result<()> {
        let etcd = self.etcd()?;
        let mut api = self.api_server()?;
        let certificate = self.cert_dir.join("apiserver.crt");
        api.until("its certificate is made", LIMIT, || certificate.is_file())?;
        self.ca = wait_for("certificate of the API server", LIMIT, || {
            let text = fs::read_to_string(&certificate)?;
            Ok(text.trim_end().ends_with("-----END CERTIFICATE-----").then_some(text))
        })?;
        self.kube = Kube::new(self.dns, API_PORT, &self.ca, &self.token);
        let kube = &self.kube;
        api.until("it is ready", LIMIT, || kube.is_ready())?;
        kubeconfig::write(&self.kubeconfig, &[self.entry(self.server())])?;
        self.keep([etcd, api]);
        Ok(())
    }

    fn start_controllers(&self) -> Result<()> {
        self.create_node()?;
        let controllers = self.controller_manager()?;
        let scheduler = self.scheduler()?;
        let names = self.name_server()?;
        let mut proxy = self.proxy()?;
        proxy.until("it forwards services", LIMIT, || self.forwards())?;
        let account = "/api/v1/namespaces/default/serviceaccounts/default";
        wait_for("service account in namespace default", LIMIT, || self.kube.find(account))?;
        self.keep([controllers, scheduler, names, proxy]);
        Ok(())
    }

    fn keep<const N: usize>(&self, processes: [Process; N]) {
        self.processes.lock().unwrap_or_else(PoisonError::into_inner).extend(processes);
    }

    /// Where its name server finds the names of its services.
    pub(crate) fn names(&self) -> PathBuf {
        self.folder.join("names")
    }

    fn name_server(&self) -> Result<Process> {
        let names = self.names();
        fs::create_dir_all(&names).with_context(|| format!("failed to make {}", names.display()))?;
        dns::serve(&format!("{}.dns", self.name), &self.node.name, self.dns, &names)
    }

    /// This cluster in a kubeconfig that reaches it at `server`.
    pub(crate) fn entry(&self, server: String) -> Entry {
        Entry {
            context: self.context.clone(),
            server,
            ca: self.cert_dir.join("apiserver.crt"),
            token: self.token.clone(),
        }
    }

    /// Which of its own programs have ended, and how.
    pub(crate) fn broken(&self) -> Vec<String> {
        let mut processes = self.processes.lock().unwrap_or_else(PoisonError::into_inner);
        let ended = processes.iter_mut().filter_map(|process| {
            let status = process.ended()?;
            Some(format!("{}: {status}\n{}", process.name(), process.tail()))
        });
        ended.collect()
    }
}
