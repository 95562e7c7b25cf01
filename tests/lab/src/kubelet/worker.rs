//! The life of one pod, from its sandbox to its removal.

use super::member::Member;
use super::{End, Shared, pods_folder, remove};
use crate::container::link;
use crate::istiod;
use crate::kube::Patch;
use crate::pod::objects::Stored;
use crate::pod::sandbox::Sandbox;
use crate::pod::status::{Report, State, Status, now};
use crate::pod::{Pod, volume};
use crate::process::tail;
use crate::progress::say;
use anyhow::Result;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// How often a pod is looked at.
const PERIOD: Duration = Duration::from_millis(200);
/// How often what is missing is looked for again.
const RETRY: Duration = Duration::from_secs(1);
/// How long processes may take to end when they are asked to.
const PATIENCE: Duration = Duration::from_secs(2);

/// What looks after one pod.
#[derive(Debug)]
pub(super) struct Worker {
    shared: Arc<Shared>,
    pod: Pod,
    ends: Receiver<End>,
    started: String,
    told: Option<Status>,
}

impl Worker {
    pub(super) fn new(shared: Arc<Shared>, pod: Pod, ends: Receiver<End>) -> Worker {
        Worker { shared, pod, ends, started: now(), told: None }
    }

    /// Runs the pod until it is to end.
    pub(super) fn work(mut self) {
        let end = self.live().unwrap_or_else(|error| {
            say!("{}: {}: {error:#}", self.shared.cluster.name, self.pod);
            self.shared.note(&self.pod, vec![format!("{}: {error:#}", self.pod)]);
            self.ends.recv().unwrap_or(End::Gone)
        });
        if end == End::Deleted {
            remove(&self.shared.cluster, &self.pod);
        }
        self.shared.forget(&self.pod);
    }

    fn live(&mut self) -> Result<End> {
        let cluster = Arc::clone(&self.shared.cluster);
        let sandbox = Sandbox::start(&cluster.node, &self.pod)?;
        let host = cluster.node.addresses.node().address;
        link(&sandbox.netns(), &pods_folder(&cluster).join(self.pod.folder()).join("netns"))?;
        self.pod = istiod::with_mesh_config(self.pod.clone().with_addresses(sandbox.ips(), host));
        let ips = sandbox.ips().to_vec();
        if let Some(end) = self.prepare(&ips) {
            return Ok(end);
        }
        let spec = self.pod.spec.clone();
        let mut members: Vec<Member> =
            spec.init_containers.iter().map(|container| Member::new(container, true)).collect();
        members.extend(spec.containers.iter().map(|container| Member::new(container, false)));
        let end = loop {
            let place = self.place(&sandbox);
            // Each init container waits for those before it, the others for all of them.
            let mut may_start = true;
            for member in &mut members {
                member.step(&place, may_start);
                may_start &= !member.is_init() || member.is_done();
            }
            let reports = members.iter().map(|member| (member.name().to_owned(), member.report())).collect();
            self.tell(&ips, reports);
            if let Some(end) = self.end(PERIOD) {
                break end;
            }
        };
        if end == End::Deleted {
            sandbox.terminate(PATIENCE);
        }
        Ok(end)
    }

    /// Makes the volumes, and tries again until all that they need is there.
    fn prepare(&mut self, ips: &[IpAddr]) -> Option<End> {
        loop {
            let folder = self.volumes();
            let objects = Stored { kube: &self.shared.cluster.kube, pod: &self.pod };
            let made = volume::publish(&self.pod, &folder, &objects);
            let Err(error) = made.and_then(|()| istiod::depart(&self.pod, &folder)) else { return None };
            let waiting = State::Waiting { reason: "ContainerCreating", message: format!("{error:#}") };
            let report = Report { state: waiting, started: false, ready: false, restarts: 0 };
            let containers = self.pod.spec.init_containers.iter().chain(&self.pod.spec.containers);
            let reports = containers.map(|container| (container.name.clone(), report.clone())).collect();
            self.tell(ips, reports);
            if let Some(end) = self.end(RETRY) {
                return Some(end);
            }
        }
    }

    /// Waits a while for the end.
    fn end(&self, time: Duration) -> Option<End> {
        match self.ends.recv_timeout(time) {
            Ok(end) => Some(end),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(End::Gone),
        }
    }

    fn volumes(&self) -> PathBuf {
        self.shared.cluster.folder.join("volumes").join(self.pod.folder())
    }

    fn place<'a>(&'a self, sandbox: &'a Sandbox) -> Place<'a> {
        Place {
            pod: &self.pod,
            sandbox,
            shared: &self.shared,
            volumes: self.volumes(),
            pods: pods_folder(&self.shared.cluster),
        }
    }

    /// Tells the API server, if there is something to tell.
    fn tell(&mut self, ips: &[IpAddr], reports: std::collections::BTreeMap<String, Report>) {
        let host = self.shared.cluster.node.addresses.node().address;
        let status = Status { ips: ips.to_vec(), host, started: self.started.clone(), reports };
        if self.told.as_ref() == Some(&status) {
            return;
        }
        self.shared.note(&self.pod, status.complaints(&self.pod));
        let patch = status.patch(&self.pod, self.told.as_ref());
        // What could not be told is told with the next look.
        match self.shared.cluster.kube.patch(&(self.pod.path() + "/status"), Patch::Strategic, &patch) {
            Ok(_) => self.told = Some(status),
            Err(error) if error.to_string().contains(": 404 ") => {}
            Err(error) => say!("{}: {}", self.pod, tail(&format!("{error:#}"))),
        }
    }
}

/// Where a pod's containers run.
#[derive(Debug)]
pub(super) struct Place<'a> {
    pub(super) pod: &'a Pod,
    pub(super) sandbox: &'a Sandbox,
    pub(super) shared: &'a Shared,
    pub(super) volumes: PathBuf,
    pub(super) pods: PathBuf,
}
