//! A command: words, and how they are laid out. Each tool's constructor names the cluster.

use super::fill::Lines;
use super::helper::Helper;
use super::word::Word;
use crate::name;
use crate::topology::Cluster;
use std::fmt;

/// A command.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Command {
    words: Vec<Word>,
    helpers: Vec<Helper>,
}

/// The variable that holds a cluster's context.
pub(crate) fn context(cluster: &Cluster) -> Word {
    Word::variable(&name::context_variable(&cluster.name))
}

impl Command {
    fn new(program: &'static str) -> Self {
        Command { words: vec![Word::text(program)], helpers: Vec::new() }
    }

    /// `kubectl` on a cluster; what to do comes first.
    pub(crate) fn kubectl(cluster: &Cluster, what: &[&str]) -> Self {
        Command::new("kubectl").args(what).flag("context", context(cluster))
    }

    /// `kubectl` on what it is given alone, without a cluster.
    pub(crate) fn kubectl_local(verb: &str) -> Self {
        Command::new("kubectl").arg(verb)
    }

    /// `istioctl` on a cluster.
    pub(crate) fn istioctl(cluster: &Cluster, verb: &str) -> Self {
        Command::new("istioctl").arg(verb).flag("context", context(cluster))
    }

    /// `istioctl manifest generate`, which asks no cluster.
    pub(crate) fn istioctl_generate(file: &str) -> Self {
        Command::new("istioctl").arg("manifest").arg("generate").flag("filename", file)
    }

    /// `helm` on a cluster.
    pub(crate) fn helm(cluster: &Cluster, what: &[&str]) -> Self {
        Command::new("helm").args(what).flag("kube-context", context(cluster))
    }

    /// Prints a line.
    pub(crate) fn print(line: impl Into<Word>) -> Self {
        Command::new("printf").arg("%s\\n").arg(line)
    }

    /// A helper of the script.
    pub(crate) fn helper_call(helper: Helper) -> Self {
        Command { words: vec![Word::text(helper.name())], helpers: vec![helper] }
    }

    /// A helper of the script, on a cluster.
    pub(crate) fn helper_on(helper: Helper, cluster: &Cluster) -> Self {
        Command::helper_call(helper).arg(context(cluster))
    }

    pub(crate) fn arg(mut self, word: impl Into<Word>) -> Self {
        self.words.push(word.into());
        self
    }

    fn args(self, words: &[&str]) -> Self {
        words.iter().fold(self, |command, word| command.arg(*word))
    }

    /// `--name=value`.
    pub(crate) fn flag(self, name: &str, value: impl Into<Word>) -> Self {
        self.arg(Word::text(format!("--{name}=")).then(value.into()))
    }

    /// `--name`.
    pub(crate) fn switch(self, name: &str) -> Self {
        self.arg(Word::text(format!("--{name}")))
    }

    pub(super) fn helpers(&self) -> &[Helper] {
        &self.helpers
    }

    /// Writes the command, over several lines where it is long; `indent` stands before all but the first.
    pub(super) fn write(&self, text: &mut String, indent: &str) {
        let next = format!("{indent}  ");
        Lines { first: "", next: &next, end: " \\" }.fill(text, self.words.iter().map(Word::as_str));
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, word) in self.words.iter().enumerate() {
            let space = if index == 0 { "" } else { " " };
            write!(f, "{space}{word}")?;
        }
        Ok(())
    }
}
