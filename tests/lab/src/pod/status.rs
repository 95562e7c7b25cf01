//! A pod's status, as a kubelet reports it.

use super::Pod;
use super::spec::Container;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::SystemTime;

/// What a container is doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    /// It does not run yet, or not any more, for this reason.
    Waiting { reason: &'static str, message: String },
    /// It runs.
    Running { since: String },
    /// It has ended.
    Terminated { exit_code: i32 },
}

impl State {
    /// Not yet, since another one has to come first.
    pub(crate) fn creating() -> State {
        State::Waiting { reason: "ContainerCreating", message: String::new() }
    }

    fn object(&self) -> Value {
        match self {
            State::Waiting { reason, message } => json!({ "waiting": { "reason": reason, "message": message } }),
            State::Running { since } => json!({ "running": { "startedAt": since } }),
            State::Terminated { exit_code } => {
                let reason = if *exit_code == 0 { "Completed" } else { "Error" };
                json!({ "terminated": { "exitCode": exit_code, "reason": reason } })
            }
        }
    }
}

/// A container, as others see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) state: State,
    pub(crate) started: bool,
    pub(crate) ready: bool,
    pub(crate) restarts: u64,
}

impl Report {
    fn object(&self, container: &Container) -> Value {
        json!({
            "name": container.name,
            "image": container.image,
            "imageID": "",
            "started": self.started,
            "ready": self.ready,
            "restartCount": self.restarts,
            "state": self.state.object(),
        })
    }
}

/// A pod, as others see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Status {
    pub(crate) ips: Vec<IpAddr>,
    pub(crate) host: IpAddr,
    pub(crate) started: String,
    /// By the container's name.
    pub(crate) reports: BTreeMap<String, Report>,
}

impl Status {
    /// Whether the pod takes requests.
    pub(crate) fn is_ready(&self, pod: &Pod) -> bool {
        self.is_initialized(pod)
            && pod.spec.containers.iter().all(|container| self.of(container).is_some_and(|r| r.ready))
    }

    fn of(&self, container: &Container) -> Option<&Report> {
        self.reports.get(&container.name)
    }

    /// Whether all init containers have done their part.
    fn is_initialized(&self, pod: &Pod) -> bool {
        pod.spec.init_containers.iter().all(|container| {
            self.of(container).is_some_and(|report| {
                let done = report.state == State::Terminated { exit_code: 0 };
                if container.is_sidecar() { report.ready } else { done }
            })
        })
    }

    /// What stands between the pod and being ready, a line for each container.
    pub(crate) fn complaints(&self, pod: &Pod) -> Vec<String> {
        let containers = pod.spec.init_containers.iter().chain(&pod.spec.containers);
        let lines = containers.filter_map(|container| {
            let report = self.of(container)?;
            let what = match &report.state {
                State::Terminated { exit_code: 0 } => return None,
                State::Running { .. } if report.ready => return None,
                State::Running { .. } => "runs, but its probe does not succeed".to_owned(),
                State::Terminated { exit_code } => format!("ended with {exit_code}"),
                State::Waiting { reason, message } => format!("{reason}: {message}"),
            };
            Some(format!("{pod}: {}: {what}", container.name))
        });
        lines.collect()
    }

    /// The merge patch that tells the API server; `before` is what it was told last.
    pub(crate) fn patch(&self, pod: &Pod, before: Option<&Status>) -> Value {
        let ready = self.is_ready(pod);
        let initialized = self.is_initialized(pod);
        let running = |report: &Report| matches!(report.state, State::Running { .. });
        let phase = if initialized && pod.spec.containers.iter().any(|c| self.of(c).is_some_and(running)) {
            "Running"
        } else {
            "Pending"
        };
        let was = |is: fn(&Status, &Pod) -> bool| before.map(|before| is(before, pod));
        let condition = |kind: &str, is: bool, was: Option<bool>| {
            let status = if is { "True" } else { "False" };
            if was == Some(is) {
                return json!({ "type": kind, "status": status });
            }
            json!({ "type": kind, "status": status, "lastTransitionTime": now() })
        };
        let list = |containers: &[Container]| -> Vec<Value> {
            containers.iter().filter_map(|container| Some(self.of(container)?.object(container))).collect()
        };
        let ips: Vec<Value> = self.ips.iter().map(|ip| json!({ "ip": ip })).collect();
        json!({ "status": {
            "phase": phase,
            "startTime": self.started,
            "hostIP": self.host,
            "hostIPs": [{ "ip": self.host }],
            "podIP": self.ips.first(),
            "podIPs": ips,
            "conditions": [
                condition("PodReadyToStartContainers", true, before.map(|_| true)),
                condition("Initialized", initialized, was(Status::is_initialized)),
                condition("ContainersReady", ready, was(Status::is_ready)),
                condition("Ready", ready, was(Status::is_ready)),
            ],
            "initContainerStatuses": list(&pod.spec.init_containers),
            "containerStatuses": list(&pod.spec.containers),
        } })
    }
}

/// The time, as Kubernetes writes it.
pub(crate) fn now() -> String {
    humantime::format_rfc3339_seconds(SystemTime::now()).to_string()
}

#[cfg(test)]
mod tests {
    use super::{Report, State, Status};
    use crate::pod::Pod;
    use crate::pod::tests::pod;
    use std::collections::BTreeMap;
    use std::net::Ipv4Addr;

    fn injected() -> Pod {
        pod(r#"{"initContainers": [{"name": "istio-init"}, {"name": "istio-proxy", "restartPolicy": "Always"}],
                "containers": [{"name": "curl"}]}"#)
    }

    fn status(states: [(&str, State, bool); 3]) -> Status {
        let report = |(name, state, ready): (&str, State, bool)| {
            (name.to_owned(), Report { state, started: ready, ready, restarts: 0 })
        };
        let reports = BTreeMap::from(states.map(report));
        Status {
            ips: vec![Ipv4Addr::new(10, 1, 0, 2).into()],
            host: Ipv4Addr::LOCALHOST.into(),
            started: "t".into(),
            reports,
        }
    }

    fn running() -> State {
        State::Running { since: "t".to_owned() }
    }

    #[test]
    fn a_pod_is_ready_when_its_sidecar_and_its_containers_are() {
        let pod = injected();
        let done = State::Terminated { exit_code: 0 };
        let table = [
            ([("istio-init", done.clone(), false), ("istio-proxy", running(), true), ("curl", running(), true)], true),
            (
                [("istio-init", done.clone(), false), ("istio-proxy", running(), false), ("curl", running(), true)],
                false,
            ),
            (
                [("istio-init", done, false), ("istio-proxy", running(), true), ("curl", State::creating(), false)],
                false,
            ),
            (
                [
                    ("istio-init", State::Terminated { exit_code: 1 }, false),
                    ("istio-proxy", running(), true),
                    ("curl", running(), true),
                ],
                false,
            ),
        ];
        for (states, ready) in table {
            let status = status(states);
            assert_eq!(status.is_ready(&pod), ready, "{status:?}");
            let patch = status.patch(&pod, None);
            let said = patch.pointer("/status/conditions/3/status").and_then(serde_json::Value::as_str);
            assert_eq!(said, Some(if ready { "True" } else { "False" }));
        }
    }

    #[test]
    fn a_time_is_told_when_a_condition_changes_and_not_again() {
        let pod = injected();
        let states = |ready| {
            [
                ("istio-init", State::Terminated { exit_code: 0 }, false),
                ("istio-proxy", running(), true),
                ("curl", running(), ready),
            ]
        };
        let (before, after) = (status(states(false)), status(states(true)));
        let changed = |patch: serde_json::Value, index: usize| {
            patch.pointer(&format!("/status/conditions/{index}/lastTransitionTime")).is_some()
        };
        assert!(changed(after.patch(&pod, Some(&before)), 3));
        assert!(!changed(after.patch(&pod, Some(&before)), 1));
        assert!(!changed(after.patch(&pod, Some(&after)), 3));
    }

    #[test]
    fn what_is_missing_is_said() {
        let waiting =
            State::Waiting { reason: "ContainerCreating", message: "configmap \"istio\" not found".to_owned() };
        let status = status([
            ("istio-init", State::creating(), false),
            ("istio-proxy", State::creating(), false),
            ("curl", waiting, false),
        ]);
        let last = status.complaints(&injected()).pop();
        assert_eq!(last.as_deref(), Some("pod sample/curl-1: curl: ContainerCreating: configmap \"istio\" not found"));
    }
}
