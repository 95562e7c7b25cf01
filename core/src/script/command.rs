//! A command: words, and how they are laid out. Each tool's constructor names the cluster.

use super::fill::Lines;
use super::helper::Helper;
use super::word::Word;
use crate::name;
use crate::topology::Cluster;

/// A command.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Command {
    /// Its words, one after the other.
    text: String,
    /// Where each of them ends.
    ends: Vec<usize>,
    helper: Option<Helper>,
}

/// The variable that holds a cluster's context.
pub(crate) fn context(cluster: &Cluster) -> Word<'static> {
    Word::variable(&name::context_variable(&cluster.name))
}

impl Command {
    fn new(program: &'static str, helper: Option<Helper>) -> Self {
        let mut command = Command { text: String::with_capacity(128), ends: Vec::with_capacity(8), helper };
        command.push(program);
        command
    }

    /// `kubectl` on a cluster; what to do comes first.
    pub(crate) fn kubectl(cluster: &Cluster, what: &[&str]) -> Self {
        Command::new("kubectl", None).args(what).flag("context", context(cluster))
    }

    /// `kubectl` on what it is given alone, without a cluster.
    pub(crate) fn kubectl_local(verb: &str) -> Self {
        Command::new("kubectl", None).arg(verb)
    }

    /// `istioctl` on a cluster.
    pub(crate) fn istioctl(cluster: &Cluster, verb: &str) -> Self {
        Command::new("istioctl", None).arg(verb).flag("context", context(cluster))
    }

    /// `istioctl manifest generate`, which asks no cluster.
    pub(crate) fn istioctl_generate(file: &str) -> Self {
        Command::new("istioctl", None).arg("manifest").arg("generate").flag("filename", file)
    }

    /// `helm` on a cluster.
    pub(crate) fn helm(cluster: &Cluster, what: &[&str]) -> Self {
        Command::new("helm", None).args(what).flag("kube-context", context(cluster))
    }

    /// Prints a line.
    pub(crate) fn print<'w>(line: impl Into<Word<'w>>) -> Self {
        Command::new("printf", None).arg("%s\\n").arg(line)
    }

    /// A helper of the script.
    pub(crate) fn helper_call(helper: Helper) -> Self {
        Command::new(helper.name(), Some(helper))
    }

    /// A helper of the script, on a cluster.
    pub(crate) fn helper_on(helper: Helper, cluster: &Cluster) -> Self {
        Command::helper_call(helper).arg(context(cluster))
    }

    pub(crate) fn arg<'w>(mut self, word: impl Into<Word<'w>>) -> Self {
        self.push(word.into().as_str());
        self
    }

    fn args(self, words: &[&str]) -> Self {
        words.iter().fold(self, |command, word| command.arg(*word))
    }

    /// `--name=value`.
    pub(crate) fn flag<'w>(mut self, name: &str, value: impl Into<Word<'w>>) -> Self {
        self.text.extend(["--", name, "="]);
        self.push(value.into().as_part());
        self
    }

    /// `--name`.
    pub(crate) fn switch(mut self, name: &str) -> Self {
        self.text.push_str("--");
        self.push(name);
        self
    }

    /// Ends a word.
    fn push(&mut self, part: &str) {
        self.text.push_str(part);
        self.ends.push(self.text.len());
    }

    pub(super) fn helper(&self) -> Option<Helper> {
        self.helper
    }

    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |end| self.text.get(std::mem::replace(&mut start, *end)..*end).unwrap_or_default())
    }

    /// Writes the command, over several lines where it is long; `indent` stands before all but the first.
    pub(super) fn write(&self, text: &mut String, indent: &str) {
        Lines { first: "", next: &[indent, "  "].concat(), end: " \\" }.fill(text, self.words());
    }
}
