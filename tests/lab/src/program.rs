//! The real programs that the lab drives, as `.ci/setup/with` puts them on PATH.

use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Command;

/// A program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Program {
    Etcd,
    KubeApiserver,
    KubeControllerManager,
    KubeScheduler,
    KubeProxy,
    Dnsmasq,
    Openssl,
    Istioctl,
    Helm,
    PilotDiscovery,
    PilotAgent,
    Envoy,
    Streaming,
}

impl Program {
    /// Its name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Program::Etcd => "etcd",
            Program::KubeApiserver => "kube-apiserver",
            Program::KubeControllerManager => "kube-controller-manager",
            Program::KubeScheduler => "kube-scheduler",
            Program::KubeProxy => "kube-proxy",
            Program::Dnsmasq => "dnsmasq",
            Program::Openssl => "openssl",
            Program::Istioctl => "istioctl",
            Program::Helm => "helm",
            Program::PilotDiscovery => "pilot-discovery",
            Program::PilotAgent => "pilot-agent",
            Program::Envoy => "envoy",
            Program::Streaming => "streaming",
        }
    }

    /// Where it is.
    pub(crate) fn path(self) -> Result<PathBuf> {
        let name = self.name();
        let path = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&path)
            .map(|folder| folder.join(name))
            .find(|path| path.is_file())
            .with_context(|| format!("{name} is not on PATH: start the lab by `make lab`"))
    }

    /// A file or folder that was kept with it.
    pub(crate) fn share(self, file: &str) -> Result<PathBuf> {
        let program = self.path()?;
        let path = program.ancestors().nth(2).map(|folder| folder.join("share").join(file));
        path.filter(|path| path.exists()).with_context(|| format!("{} has no {file}", program.display()))
    }

    /// A command that runs it.
    pub(crate) fn command(self) -> Result<Command> {
        Ok(Command::new(self.path()?))
    }
}
