//! A kubelet: runs the pods that are bound to a cluster's node, each in a thread of its own.

mod member;
mod worker;

use crate::cluster::Cluster;
use crate::container;
use crate::kube::{Change, Event};
use crate::pod::Pod;
use crate::process::{Process, run};
use crate::program::Program;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use worker::Worker;

/// The port of `kubectl exec` and `kubectl logs`.
const PORT: u16 = 10250;

/// A running kubelet. When it is dropped its pods end, and the API server keeps what it knows of them.
#[derive(Debug)]
pub(crate) struct Kubelet {
    shared: Arc<Shared>,
    watch: Option<JoinHandle<()>>,
    _streaming: Process,
}

/// What its threads have in common.
#[derive(Debug)]
struct Shared {
    cluster: Arc<Cluster>,
    pods: Mutex<BTreeMap<String, Known>>,
    stopped: AtomicBool,
}

/// A pod that has a worker.
#[derive(Debug)]
struct Known {
    /// What stands between it and being ready; nothing, once it is.
    complaints: Vec<String>,
    end: Sender<End>,
    thread: Option<JoinHandle<()>>,
}

/// Why a pod ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// It was deleted: its processes are asked to end, and then it is removed.
    Deleted,
    /// It has been removed, or the kubelet ends.
    Gone,
}

impl Kubelet {
    /// Starts the kubelet of a cluster.
    pub(crate) fn start(cluster: Arc<Cluster>) -> Result<Kubelet> {
        let pods = pods_folder(&cluster);
        fs::create_dir_all(&pods).with_context(|| format!("failed to make {}", pods.display()))?;
        let mut streaming = cluster.command(Program::Streaming.path()?);
        streaming.arg(SocketAddr::new(cluster.node.addresses.node().address, PORT).to_string()).arg(pods);
        let streaming = Process::start(&format!("{}.streaming", cluster.name), &mut streaming)?;
        let shared = Arc::new(Shared { cluster, pods: Mutex::default(), stopped: AtomicBool::new(false) });
        let watching = Arc::clone(&shared);
        let watch = thread::spawn(move || watching.watch());
        Ok(Kubelet { shared, watch: Some(watch), _streaming: streaming })
    }

    /// What stands between the pods and being ready, a line for each container.
    pub(crate) fn complaints(&self) -> Vec<String> {
        self.shared.pods().values().flat_map(|known| known.complaints.clone()).collect()
    }

    /// Runs a command in a container, and gives what it says.
    pub(crate) fn exec(&self, namespace: &str, pod: &str, container: &str, words: &[&str]) -> Result<String> {
        let (program, args) = words.split_first().context("no command")?;
        let folder = container::folder(&pods_folder(&self.shared.cluster), &Path::new(namespace).join(pod), container);
        run(container::command(&folder, program).args(args))
    }
}

impl Drop for Kubelet {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::Relaxed);
        let known = std::mem::take(&mut *self.shared.pods());
        for known in known.values() {
            // One that has ended hears nothing, and need not.
            let _ = known.end.send(End::Gone);
        }
        for thread in known.into_values().filter_map(|known| known.thread) {
            let _ = thread.join();
        }
        // It ends with the next event, or with the API server.
        drop(self.watch.take());
    }
}

/// Where the containers' folders are.
fn pods_folder(cluster: &Cluster) -> PathBuf {
    cluster.folder.join("pods")
}

impl Shared {
    fn pods(&self) -> MutexGuard<'_, BTreeMap<String, Known>> {
        self.pods.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn watch(self: Arc<Self>) {
        let kube = self.cluster.kube.clone();
        kube.watch("/api/v1/pods", |event| {
            if self.stopped.load(Ordering::Relaxed) {
                return ControlFlow::Break(());
            }
            self.hear(event);
            ControlFlow::Continue(())
        });
    }

    fn hear(self: &Arc<Self>, event: Event) {
        let Ok(pod) = Pod::read(event.object) else { return };
        let mut pods = self.pods();
        let uid = pod.metadata.uid.clone();
        match (pods.get(&uid), event.change) {
            (Some(known), Change::Gone) => {
                let _ = known.end.send(End::Gone);
            }
            (Some(known), Change::Present) if !pod.wanted() => {
                let _ = known.end.send(End::Deleted);
            }
            (None, Change::Present) if pod.wanted() => {
                let (end, ends) = channel();
                let worker = Worker::new(Arc::clone(self), pod.clone(), ends);
                let thread = Some(thread::spawn(move || worker.work()));
                let complaints = vec![format!("{pod}: just seen")];
                pods.insert(uid, Known { complaints, end, thread });
            }
            // A pod that never ran has nobody else who removes it.
            (None, Change::Present) if pod.spec.node_name.is_some() => remove(&self.cluster, &pod),
            _ => {}
        }
    }

    /// Notes what stands between a pod and being ready.
    fn note(&self, pod: &Pod, complaints: Vec<String>) {
        if let Some(known) = self.pods().get_mut(&pod.metadata.uid) {
            known.complaints = complaints;
        }
    }

    /// Forgets a pod whose worker is done.
    fn forget(&self, pod: &Pod) {
        self.pods().remove(&pod.metadata.uid);
    }
}

/// Removes a pod that has ended from the API server.
fn remove(cluster: &Cluster, pod: &Pod) {
    let options = serde_json::json!({
        "apiVersion": "v1", "kind": "DeleteOptions",
        "gracePeriodSeconds": 0, "preconditions": { "uid": pod.metadata.uid },
    });
    // Another pod of its name is none of ours; a server that has gone needs nothing removed.
    let _ = cluster.kube.delete(&pod.path(), &options);
}
