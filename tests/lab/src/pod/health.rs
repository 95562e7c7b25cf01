//! A container's probes, asked from the node as a kubelet asks them.

use super::Pod;
use super::spec::{Container, HttpGet, PortRef, Probe};
use crate::container::Running;
use crate::netns;
use anyhow::{Context, Result};
use serde_json::Value;
use std::net::{IpAddr, SocketAddr};
use std::process::Command;
use std::time::{Duration, Instant};

/// How long to wait for the next answer while none has been good yet. A kubelet waits the probe's whole
/// period, which is 15 s for gateways.
const IMPATIENCE: Duration = Duration::from_secs(1);

/// How one probe has gone so far.
#[derive(Debug)]
pub(crate) struct Health {
    probe: Option<Probe>,
    due: Instant,
    successes: u64,
    failures: u64,
    passed: bool,
}

impl Health {
    /// Of a container that has just started. One without a probe is well.
    pub(crate) fn new(probe: Option<&Probe>) -> Health {
        let delay = Duration::from_secs(probe.map_or(0, |probe| probe.initial_delay_seconds));
        Health {
            probe: probe.cloned(),
            due: Instant::now() + delay,
            successes: 0,
            failures: 0,
            passed: probe.is_none(),
        }
    }

    /// Whether the last answers were good ones.
    pub(crate) const fn passed(&self) -> bool {
        self.passed
    }

    /// Whether it was asked in vain as often as its probe allows.
    pub(crate) fn failed(&self) -> bool {
        self.probe.as_ref().is_some_and(|probe| self.failures >= probe.failure_threshold)
    }

    /// Asks, where it is time to.
    pub(crate) fn look(&mut self, node: &str, pod: &Pod, container: &Container, running: &Running) {
        let Some(probe) = self.probe.clone().filter(|_| self.due <= Instant::now()) else { return };
        let well = command(&probe, node, pod, container, running).and_then(|mut command| Ok(command.output()?.status));
        let period = Duration::from_secs(probe.period_seconds);
        self.due = Instant::now() + if self.passed { period } else { period.min(IMPATIENCE) };
        if well.is_ok_and(|status| status.success()) {
            (self.successes, self.failures) = (self.successes + 1, 0);
            self.passed |= self.successes >= probe.success_threshold;
        } else {
            (self.successes, self.failures) = (0, self.failures + 1);
            self.passed &= !self.failed();
        }
    }
}

/// What succeeds where a probe does.
fn command(probe: &Probe, node: &str, pod: &Pod, container: &Container, running: &Running) -> Result<Command> {
    let seconds = probe.timeout_seconds.to_string();
    if let Some(exec) = &probe.exec {
        let (program, args) = exec.command.split_first().context("an exec probe without a command")?;
        let mut command = Command::new("timeout");
        command.arg(seconds).arg(running.enter()).arg(program).args(args);
        return Ok(command);
    }
    let ip = pod.object.pointer("/status/podIP").and_then(Value::as_str).context("a pod without an address")?;
    let ip: IpAddr = ip.parse().context("a pod with a strange address")?;
    if let Some(get) = &probe.http_get {
        let mut command = netns::command(node, "curl");
        command.args([
            "--silent",
            "--fail",
            "--insecure",
            "--globoff",
            "--output",
            "/dev/null",
            "--max-time",
            &seconds,
        ]);
        for header in &get.http_headers {
            command.arg("--header").arg(format!("{}: {}", header.name, header.value));
        }
        command.arg(url(get, ip, container)?);
        return Ok(command);
    }
    let socket = probe.tcp_socket.as_ref().context("a probe that the lab cannot ask")?;
    let port = number(&socket.port, container)?;
    let mut command = netns::command(node, "timeout");
    // bash opens a connection by itself.
    command.args([&seconds, "bash", "-c", &format!("exec 3<>/dev/tcp/{ip}/{port}")]);
    Ok(command)
}

fn url(get: &HttpGet, ip: IpAddr, container: &Container) -> Result<String> {
    let port = number(&get.port, container)?;
    let server = match &get.host {
        Some(host) => format!("{host}:{port}"),
        None => SocketAddr::new(ip, port).to_string(),
    };
    let scheme = get.scheme.as_deref().unwrap_or("HTTP").to_lowercase();
    Ok(format!("{scheme}://{server}/{}", get.path.trim_start_matches('/')))
}

fn number(port: &PortRef, container: &Container) -> Result<u16> {
    match port {
        PortRef::Number(number) => Ok(*number),
        PortRef::Name(name) => {
            let port = container.ports.iter().find(|port| port.name.as_ref() == Some(name));
            Ok(port.with_context(|| format!("container {} has no port {name}", container.name))?.container_port)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::url;
    use crate::pod::tests::pod;
    use std::net::IpAddr;

    #[test]
    fn pages_are_asked_for_at_the_pod() {
        let table = [
            (r#"{"path": "/ready", "port": 8080}"#, "10.1.0.2", "http://10.1.0.2:8080/ready"),
            (r#"{"path": "/ready", "port": "status", "scheme": "HTTPS"}"#, "fd00::2", "https://[fd00::2]:15021/ready"),
            (r#"{"port": 80, "host": "localhost"}"#, "10.1.0.2", "http://localhost:80/"),
        ];
        for (get, ip, expected) in table {
            let probe = format!(r#"{{"httpGet": {get}}}"#);
            let spec = format!(
                r#"{{"containers": [{{"name": "a", "readinessProbe": {probe}, "ports": [{{"name": "status", "containerPort": 15021}}]}}]}}"#
            );
            let pod = pod(&spec);
            let container = pod.spec.containers.first().unwrap();
            let get = container.readiness_probe.clone().unwrap().http_get.unwrap();
            let ip: IpAddr = ip.parse().unwrap();
            assert_eq!(url(&get, ip, container).unwrap(), expected);
        }
    }
}
