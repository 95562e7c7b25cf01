//! A bundle on a disk, with `tests/scripts/fake` in the place of every tool that its scripts call, and
//! clusters on which everything goes well until a test says otherwise.

use crate::tool::{self, Folder};
use crate::{case, tool::feed};
use meshwright_core::Output;
use meshwright_core::draft::Draft;
use meshwright_core::plan::{Action, Expect};
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

const TOOLS: [&str; 6] = ["kubectl", "istioctl", "helm", "curl", "getent", "sleep"];

/// A bundle, and what its scripts find.
pub(crate) struct Stage {
    folder: Folder,
    pub(crate) output: Output,
    /// The real kubectl, for what needs no cluster.
    pub(crate) kubectl: Option<PathBuf>,
}

/// A call of a tool: the words, program first, and standard input.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Call {
    pub(crate) words: Vec<String>,
    pub(crate) input: String,
}

/// How a script ended, what it said, and what it called.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) calls: Vec<Call>,
}

impl Stage {
    pub(crate) fn new(draft: &Draft) -> Self {
        let folder = Folder::new();
        let output = case::output(draft);
        for file in &output.bundle.files {
            folder.file(&format!("bundle/{}", file.path), &file.text);
        }
        for tool in TOOLS {
            fs::create_dir_all(folder.path().join("bin")).unwrap();
            let fake = case::root().join("tests/scripts/fake");
            std::os::unix::fs::symlink(fake, folder.path().join("bin").join(tool)).unwrap();
        }
        fs::create_dir_all(folder.path().join("state/namespaces")).unwrap();
        let stage = Stage { folder, output, kubectl: None };
        stage.all_is_well(draft);
        stage
    }

    /// The folder with the bundle.
    pub(crate) fn bundle(&self) -> PathBuf {
        self.folder.path().join("bundle")
    }

    fn all_is_well(&self, draft: &Draft) {
        let plan = &self.output.plan;
        let expected = plan.steps.iter().find_map(|step| {
            let Action::Address { expect: Expect::Exactly(ip), .. } = &step.action else { return None };
            Some(ip.ip().to_string())
        });
        self.set("load-balancer", expected.as_deref().unwrap_or("203.0.113.10"));
        self.set("version", &plan.release.to_string());
        self.set("tls-secret", "");
        self.set("gateway-api", "");
        self.set("sail", &format!("[\"v1.1.0\",\"v{}\"]", plan.release));
        self.set("root-cert", "-----BEGIN CERTIFICATE-----\nfake\n-----END CERTIFICATE-----");
        self.set("secret", "kind: Secret");
        self.set("injection", r#"{"revision":"default"}"#);
        self.set("resolved", "198.51.100.7 STREAM lb\n198.51.100.7 DGRAM");
        self.set("sample", "Hello version: v1, instance: a\nHello version: v2, instance: b");
        let mut injected = String::new();
        let mut read = "NAME SECRET STATUS ISTIOD\n".to_owned();
        for cluster in draft.clusters.iter().filter(|cluster| !cluster.network.is_empty()) {
            let (name, context, network) = (&cluster.name, &cluster.context, &cluster.network);
            writeln!(injected, "{context} ISTIO_META_CLUSTER_ID={name};ISTIO_META_NETWORK={network};").unwrap();
            writeln!(read, "{name} istio-remote-secret synced istiod").unwrap();
        }
        self.set("injected", &injected);
        self.set("remote-clusters", &read);
    }

    /// Says what the fake answers to a question, or which calls fail.
    pub(crate) fn set(&self, question: &str, answer: &str) {
        self.folder.file(&format!("state/{question}"), answer);
    }

    pub(crate) fn unset(&self, question: &str) {
        let _ = fs::remove_file(self.folder.path().join("state").join(question));
    }

    /// Takes a tool away.
    pub(crate) fn without(&self, tool: &str) {
        fs::remove_file(self.folder.path().join("bin").join(tool)).unwrap();
    }

    /// Replaces `from` in a file of the bundle, as a person does who edits it.
    pub(crate) fn edit(&self, file: &str, from: &str, to: &str) {
        let path = self.folder.path().join("bundle").join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file}: {text}");
        fs::write(path, text.replace(from, to)).unwrap();
    }

    /// Runs a script of the bundle, from another folder than its own.
    pub(crate) fn run(&self, script: &str, arguments: &[&str], input: &str) -> Ran {
        let at = |name: &str| self.folder.path().join(name);
        let _ = fs::remove_file(at("state/calls"));
        let path = format!("{}:{}", at("bin").display(), std::env::var("PATH").unwrap());
        let mut command = Command::new("bash");
        command.arg(at("bundle").join(script)).args(arguments);
        command.env("PATH", path).env("FAKE", at("state")).current_dir("/");
        command.env("KUBECTL", self.kubectl.as_deref().map_or("".as_ref(), |path| path.as_os_str()));
        let ended = feed(&mut command, input.as_bytes());
        let calls = fs::read_to_string(at("state/calls")).unwrap_or_default();
        Ran { code: ended.status.code(), out: tool::out(&ended), err: tool::err(&ended), calls: calls_of(&calls) }
    }

    /// Runs install.sh to its end.
    pub(crate) fn install(&self) -> Ran {
        let ran = self.run("install.sh", &[], "");
        assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
        ran
    }
}

fn calls_of(recorded: &str) -> Vec<Call> {
    let mut parts = recorded.split_terminator('\0').map(str::to_owned);
    let mut calls = Vec::new();
    while let Some(count) = parts.next() {
        let words: Vec<String> = parts.by_ref().take(count.parse().unwrap()).collect();
        calls.push(Call { words, input: parts.next().unwrap() });
    }
    calls
}

impl Call {
    /// Whether the call asks or changes no cluster.
    pub(crate) fn is_local(&self) -> bool {
        let has = |word: &str| self.words.iter().any(|w| w == word);
        has("--local") || has("--dry-run=client") || has("--remote=false") || has("generate")
    }

    /// The context of the cluster that it goes to.
    pub(crate) fn context(&self) -> Option<&str> {
        let flag = if self.words[0] == "helm" { "--kube-context=" } else { "--context=" };
        self.words.iter().find_map(|word| word.strip_prefix(flag))
    }

    /// The words that matter: what, on which `@context`, and from which file or with which values.
    pub(crate) fn short(&self) -> String {
        let mut short: Vec<String> = Vec::new();
        for word in &self.words {
            let kept = ["--filename=", "--values=", "--set=", "--namespace=", "--name=", "--type=", "--server="];
            if !word.starts_with("--") || kept.iter().any(|flag| word.starts_with(flag)) {
                short.push(word.clone());
            }
        }
        short.extend(self.context().map(|context| format!("@{context}")));
        short.join(" ")
    }
}
