//! Names and their addresses: those of the world, which everyone knows, and those of each cluster's
//! services, which its own name server knows.

use crate::kube::{Change, Event};
use crate::netns;
use crate::process::Process;
use crate::program::Program;
use crate::room;
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

/// A service or `EndpointSlice` by its UID: a name in it, and its addresses.
type Records = BTreeMap<String, (String, Vec<IpAddr>)>;

/// All names that there are.
#[derive(Debug)]
pub(crate) struct Names {
    world: BTreeMap<String, IpAddr>,
    clusters: Vec<(PathBuf, Records)>,
}

impl Names {
    /// No names; the clusters' name servers read their files in these folders.
    pub(crate) fn new(folders: impl Iterator<Item = PathBuf>) -> Names {
        Names { world: BTreeMap::new(), clusters: folders.map(|folder| (folder, Records::new())).collect() }
    }

    /// Points a name of the world to an address; from then on everyone knows it.
    pub(crate) fn point(&mut self, name: &str, address: IpAddr) -> Result<()> {
        self.world.insert(name.to_owned(), address);
        self.write_all()
    }

    /// Forgets a name of the world.
    pub(crate) fn forget(&mut self, name: &str) -> Result<()> {
        self.world.remove(name);
        self.write_all()
    }

    /// Hears of a Service or an `EndpointSlice` of a cluster.
    pub(crate) fn hear(&mut self, cluster: usize, event: &Event) -> Result<()> {
        let Some((_, records)) = self.clusters.get_mut(cluster) else { return Ok(()) };
        let uid = text(&event.object, "/metadata/uid").to_owned();
        match (event.change, record(&event.object)) {
            (Change::Present, Some(record)) => records.insert(uid, record),
            (Change::Present, None) | (Change::Gone, _) => records.remove(&uid),
        };
        self.write(cluster)
    }

    fn write_all(&self) -> Result<()> {
        (0..self.clusters.len()).try_for_each(|cluster| self.write(cluster))?;
        room::rewrite_hosts(&hosts(self.world()))
    }

    fn write(&self, cluster: usize) -> Result<()> {
        let Some((folder, records)) = self.clusters.get(cluster) else { return Ok(()) };
        let services = records.values().flat_map(|(name, addresses)| addresses.iter().map(move |ip| (name, ip)));
        let (file, hosts) = (folder.join("hosts"), hosts(self.world().chain(services)));
        // The name server reads again what is written, even if nothing is new.
        if fs::read_to_string(&file).is_ok_and(|written| written == hosts) {
            return Ok(());
        }
        fs::write(&file, hosts).with_context(|| format!("failed to write {}", file.display()))
    }

    fn world(&self) -> impl Iterator<Item = (&String, &IpAddr)> {
        self.world.iter()
    }
}

/// A hosts file.
fn hosts<'a>(names: impl Iterator<Item = (&'a String, &'a IpAddr)>) -> String {
    let mut lines: Vec<String> = names.map(|(name, address)| format!("{address} {name}\n")).collect();
    lines.sort();
    lines.concat()
}

/// What a name server says of a Service with addresses of its own, or of the endpoints of one without.
fn record(object: &Value) -> Option<(String, Vec<IpAddr>)> {
    let namespace = text(object, "/metadata/namespace");
    let all = |list: Option<&Value>| -> Vec<IpAddr> {
        list.and_then(Value::as_array).into_iter().flatten().filter_map(|ip| ip.as_str()?.parse().ok()).collect()
    };
    let (service, addresses) = match object.get("endpoints") {
        None => (text(object, "/metadata/name"), all(object.pointer("/spec/clusterIPs"))),
        Some(endpoints) => {
            object.pointer("/metadata/labels/service.kubernetes.io~1headless")?;
            let endpoints = endpoints.as_array().into_iter().flatten();
            let ready = endpoints.filter(|endpoint| endpoint.pointer("/conditions/ready") != Some(&Value::Bool(false)));
            let addresses = ready.flat_map(|endpoint| all(endpoint.get("addresses"))).collect();
            (text(object, "/metadata/labels/kubernetes.io~1service-name"), addresses)
        }
    };
    Some((format!("{service}.{namespace}.svc.cluster.local"), addresses))
}

fn text<'a>(object: &'a Value, pointer: &str) -> &'a str {
    object.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// Starts a name server in a network namespace. What its folder does not name does not exist.
pub(crate) fn serve(name: &str, netns: &str, address: IpAddr, folder: &Path) -> Result<Process> {
    let mut command = netns::command(netns, Program::Dnsmasq.path()?);
    command
        .args(["--keep-in-foreground", "--conf-file=/dev/null", "--pid-file=", "--log-facility=-"])
        .args(["--no-resolv", "--no-hosts", "--address=/#/", "--bind-interfaces", "--user=root", "--group="])
        .arg(format!("--hostsdir={}", folder.display()))
        .arg(format!("--listen-address={address}"));
    Process::start(name, &mut command)
}
