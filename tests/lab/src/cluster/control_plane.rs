//! The programs of a cluster, with the options that make them fit into a room.

use super::Cluster;
use crate::address::API_PORT;
use crate::netns;
use crate::process::{Process, run};
use crate::program::Program;
use anyhow::{Context, Result};
use std::fs;
use std::process::Command;

/// etcd, on the node's loopback.
const ETCD: &str = "http://127.0.0.1:2379";
/// Who issues the tokens of service accounts, and whom they are for unless told otherwise.
const ISSUER: &str = "https://kubernetes.default.svc.cluster.local";

impl Cluster {
    fn spawn(&self, program: Program, what: impl FnOnce(&mut Command) -> &mut Command) -> Result<Process> {
        let mut command = self.command(program.path()?);
        Process::start(&format!("{}.{}", self.name, program.name()), what(&mut command))
    }

    fn option(&self, option: &str, file: &str) -> String {
        format!("--{option}={}", self.folder.join(file).display())
    }

    fn server_certificate(&self, option: &str) -> String {
        format!("--{option}={}", self.cert_dir.join("apiserver.crt").display())
    }

    fn with_kubeconfig(&self, option: &str) -> String {
        format!("--{option}={}", self.kubeconfig.display())
    }

    pub(super) fn etcd(&self) -> Result<Process> {
        self.spawn(Program::Etcd, |command| {
            command.arg(self.option("data-dir", "etcd")).args(["--unsafe-no-fsync", "--log-level=warn"]).args([
                format!("--listen-client-urls={ETCD}"),
                format!("--advertise-client-urls={ETCD}"),
                "--listen-peer-urls=http://127.0.0.1:2380".to_owned(),
            ])
        })
    }

    pub(super) fn api_server(&self) -> Result<Process> {
        let accounts = self.folder.join("service-accounts.key");
        run(Program::Openssl
            .command()?
            .args(["ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out"])
            .arg(accounts))?;
        let tokens = self.folder.join("tokens.csv");
        fs::write(&tokens, format!("{},administrator,administrator,system:masters\n", self.token))
            .with_context(|| format!("failed to write {}", tokens.display()))?;
        let addresses = self.node.addresses;
        self.spawn(Program::KubeApiserver, |command| {
            command
                .args([
                    format!("--etcd-servers={ETCD}"),
                    format!("--advertise-address={}", addresses.node().address),
                    format!("--secure-port={API_PORT}"),
                    format!("--cert-dir={}", self.cert_dir.display()),
                    format!("--service-cluster-ip-range={}", addresses.services()),
                    format!("--service-account-issuer={ISSUER}"),
                    format!("--bind-address={}", addresses.family.any()),
                    self.option("service-account-key-file", "service-accounts.key"),
                    self.option("service-account-signing-key-file", "service-accounts.key"),
                    self.option("token-auth-file", "tokens.csv"),
                ])
                .args([
                    "--authorization-mode=RBAC",
                    "--kubelet-preferred-address-types=InternalIP",
                    // Nobody would take the taint away that it gives to new nodes.
                    "--disable-admission-plugins=TaintNodesByCondition",
                ])
        })
    }

    pub(super) fn controller_manager(&self) -> Result<Process> {
        self.spawn(Program::KubeControllerManager, |command| {
            command
                .args([self.with_kubeconfig("kubeconfig"), self.server_certificate("root-ca-file")])
                .arg(self.option("service-account-private-key-file", "service-accounts.key"))
                .args(["--leader-elect=false", "--secure-port=0", "--use-service-account-credentials"])
                // The node needs no kubelet to stay ready.
                .arg("--controllers=*,-node-lifecycle-controller")
        })
    }

    pub(super) fn scheduler(&self) -> Result<Process> {
        self.spawn(Program::KubeScheduler, |command| {
            command.arg(self.with_kubeconfig("kubeconfig")).args(["--leader-elect=false", "--secure-port=0"])
        })
    }

    pub(super) fn proxy(&self) -> Result<Process> {
        let addresses = self.node.addresses;
        self.spawn(Program::KubeProxy, |command| {
            command
                .args([
                    self.with_kubeconfig("kubeconfig"),
                    format!("--cluster-cidr={}", addresses.pods()),
                    format!("--hostname-override={}", self.node.name),
                ])
                .args([
                    "--proxy-mode=nftables",
                    "--healthz-bind-address=127.0.0.1:10256",
                    "--metrics-bind-address=127.0.0.1:10249",
                    // These would be settings of the whole machine.
                    "--conntrack-max-per-core=0",
                    "--conntrack-tcp-timeout-established=0",
                    "--conntrack-tcp-timeout-close-wait=0",
                ])
        })
    }

    /// Whether kube-proxy has written its rules.
    pub(super) fn forwards(&self) -> bool {
        let family = self.node.addresses.family.nft();
        run(netns::command(&self.node.name, "nft").args(["list", "table", family, "kube-proxy"])).is_ok()
    }
}
