//! A container of a pod, kept running: started in its turn, probed, and started again when it ends.

use super::worker::Place;
use crate::container::image::Image;
use crate::container::{Launch, Running, folder};
use crate::pod::env::{Env, environment};
use crate::pod::health::Health;
use crate::pod::objects::Stored;
use crate::pod::sandbox::hostname;
use crate::pod::spec::Container;
use crate::pod::status::{Report, State, now};
use crate::progress::say;
use anyhow::{Context, Result};
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::time::{Duration, Instant};

/// How long a container waits before it is started again, at first and at most. A kubelet waits ten times
/// as long.
const BACK_OFF: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(30));

/// A container of a pod.
#[derive(Debug)]
pub(super) struct Member {
    container: Container,
    init: bool,
    state: State,
    running: Option<Running>,
    startup: Health,
    readiness: Health,
    restarts: u64,
    back_off: Duration,
    due: Instant,
}

/// Why a container did not start.
struct Refusal {
    reason: &'static str,
    error: anyhow::Error,
}

impl Member {
    pub(super) fn new(container: &Container, init: bool) -> Member {
        Member {
            startup: Health::new(container.startup_probe.as_ref()),
            readiness: Health::new(container.readiness_probe.as_ref()),
            container: container.clone(),
            init,
            state: State::creating(),
            running: None,
            restarts: 0,
            back_off: BACK_OFF.0,
            due: Instant::now(),
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.container.name
    }

    pub(super) const fn is_init(&self) -> bool {
        self.init
    }

    /// Whether what comes after it may start: it has ended well, or it is a sidecar that has started.
    pub(super) fn is_done(&self) -> bool {
        if self.container.is_sidecar() { self.is_started() } else { self.state == State::Terminated { exit_code: 0 } }
    }

    fn is_started(&self) -> bool {
        self.running.is_some() && self.startup.passed()
    }

    pub(super) fn report(&self) -> Report {
        let started = self.is_started();
        Report {
            state: self.state.clone(),
            started,
            ready: started && self.readiness.passed(),
            restarts: self.restarts,
        }
    }

    /// Starts it if it is its turn, and looks how it is.
    pub(super) fn step(&mut self, place: &Place<'_>, may_start: bool) {
        if let Some(status) = self.running.as_mut().and_then(Running::ended) {
            self.end(place, status);
        }
        match &self.running {
            Some(running) => {
                let node = &place.shared.cluster.node.name;
                let health = if self.startup.passed() { &mut self.readiness } else { &mut self.startup };
                health.look(node, place.pod, &self.container, running);
            }
            None if may_start && !(self.init && self.is_done()) && self.due <= Instant::now() => self.start(place),
            None => {}
        }
    }

    fn start(&mut self, place: &Place<'_>) {
        match self.launch(place) {
            Ok(running) => {
                self.startup = Health::new(self.container.startup_probe.as_ref());
                self.readiness = Health::new(self.container.readiness_probe.as_ref());
                self.state = State::Running { since: now() };
                self.running = Some(running);
            }
            Err(Refusal { reason, error }) => self.wait(reason, format!("{error:#}")),
        }
    }

    fn launch(&self, place: &Place<'_>) -> Result<Running, Refusal> {
        let image = Image::pull(&self.container.image).map_err(|error| Refusal { reason: "ErrImagePull", error })?;
        let env = self.env(place, &image).map_err(|error| Refusal { reason: "CreateContainerConfigError", error })?;
        let launch = Launch {
            pod: place.pod,
            container: &self.container,
            image: &image,
            env: &env,
            sandbox: place.sandbox,
            node: &place.shared.cluster.node.name,
            folder: folder(&place.pods, &place.pod.folder(), &self.container.name),
            volumes: &place.volumes,
            dns: place.shared.cluster.dns,
        };
        launch.start().map_err(|error| Refusal { reason: "RunContainerError", error })
    }

    fn env(&self, place: &Place<'_>, image: &Image) -> Result<Env> {
        let cluster = &place.shared.cluster;
        let api = cluster.kube.get("/api/v1/namespaces/default/services/kubernetes")?;
        let api = api.pointer("/spec/clusterIP").and_then(|ip| ip.as_str()).context("the API server has no service")?;
        let mut base = image.env.clone();
        let own =
            [("HOSTNAME", hostname(place.pod)), ("KUBERNETES_SERVICE_HOST", api), ("KUBERNETES_SERVICE_PORT", "443")];
        base.extend(own.map(|(name, value)| (name.to_owned(), value.to_owned())));
        environment(place.pod, &self.container, &base, &Stored { kube: &cluster.kube, pod: place.pod })
    }

    fn end(&mut self, place: &Place<'_>, status: ExitStatus) {
        let tail = self.running.take().map(|running| running.tail()).unwrap_or_default();
        let exit_code = status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or(0));
        if self.init && exit_code == 0 {
            self.state = State::Terminated { exit_code };
            return;
        }
        if self.restarts == 0 {
            let (cluster, pod) = (&place.shared.cluster.name, place.pod);
            say!("{cluster}: {pod}: {} ended ({status}) and is started again:\n{tail}", self.container.name);
        }
        self.restarts += 1;
        let last = tail.lines().last().unwrap_or_default().trim();
        self.wait("CrashLoopBackOff", format!("it ended with {exit_code}: {last}"));
    }

    fn wait(&mut self, reason: &'static str, message: String) {
        self.state = State::Waiting { reason, message };
        self.due = Instant::now() + self.back_off;
        self.back_off = (self.back_off * 2).min(BACK_OFF.1);
    }
}
