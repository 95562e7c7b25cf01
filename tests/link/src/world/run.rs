//! install.sh and uninstall.sh, run.

use super::World;
use super::call::Call;
use crate::broken::End;
use crate::link::Link;
use crate::shell::{Answer, Node, Programs, Shell};
use std::sync::Arc;

impl World<'_> {
    /// Runs the bundle's scripts: afterwards the clusters hold what install.sh puts there.
    pub(crate) fn install(&mut self) {
        self.contexts();
        self.script("install.sh", &[]);
        // It finds what install.sh made, so that every command of it is seen; what it removes stays.
        self.script("uninstall.sh", &["--yes"]);
    }

    /// Which context env.sh gives to each cluster: `CTX_` and the folder's name.
    fn contexts(&mut self) {
        let env = match self.files.script("env.sh") {
            Ok(env) => env,
            Err(error) => return self.report(Link::Script, "", End::of("env.sh", ""), End::of("bash", error)),
        };
        let mut shell = Shell::new(self);
        shell.script(&env);
        let variables: Vec<(String, String)> = shell.variables().collect();
        let mut taken: Vec<(String, String)> = Vec::new();
        let names: Vec<String> = self.clusters.iter().map(|cluster| cluster.name.clone()).collect();
        for (index, name) in names.into_iter().enumerate() {
            let variable = format!("CTX_{}", name.to_uppercase().replace('-', "_"));
            let context = variables.iter().find(|(it, _)| *it == variable).map_or("", |(_, context)| context);
            let other = taken.iter().find(|(it, _)| it == context);
            if context.is_empty() || other.is_some() {
                let to = other.map_or("", |(_, other)| other);
                let from = End { file: "env.sh".to_owned(), ..End::of(variable, context) };
                self.report(Link::Context, &name, from, End::of("cluster of that context", to));
            }
            taken.push((context.to_owned(), name));
            if let Some(cluster) = self.clusters.get_mut(index) {
                context.clone_into(&mut cluster.context);
            }
        }
    }

    fn script(&mut self, path: &str, arguments: &[&str]) {
        let nodes = match self.files.script(path) {
            Ok(nodes) => nodes,
            Err(error) => return self.report(Link::Script, "", End::of(path, ""), End::of("bash", error)),
        };
        let mut shell = Shell::new(self);
        shell.give(arguments);
        let status = shell.script(&nodes);
        let (step, said) = (shell.variable("STEP").to_owned(), shell.said().to_owned());
        if status != 0 {
            let from = End { file: path.to_owned(), ..End::of(step, format!("exit code {status}")) };
            let last = said.lines().last().unwrap_or_default();
            self.report(Link::Script, "", from, End::of("its last words", last));
        }
    }

    /// The cluster behind a context.
    pub(super) fn at(&mut self, context: &str) -> Option<usize> {
        self.clusters.iter().position(|cluster| cluster.context == context && !context.is_empty())
    }

    /// Looks that a file goes to its folder's cluster.
    pub(super) fn belongs(&mut self, path: &str, cluster: usize) {
        let Some(on) = self.clusters.get(cluster).map(|cluster| cluster.name.clone()) else {
            return;
        };
        if path.split_once('/').is_some_and(|(folder, _)| folder != on) {
            let from = End { file: path.to_owned(), ..End::of("manifest", path) };
            self.report(Link::FileContext, &on, from, End::of("cluster that it is applied to", &on));
        }
    }
}

impl Programs for World<'_> {
    fn run(&mut self, words: &[String], input: &str) -> Answer {
        self.clock += 1;
        let call = Call::new(words);
        let ran = match words.first().map_or("", String::as_str) {
            "kubectl" => self.kubectl(&call, input),
            "istioctl" => self.istioctl(&call),
            "helm" => self.helm(&call),
            "openssl" => self.openssl(words),
            "mkdir" | "cp" | "mv" | "cat" => self.file(words),
            program => Err(format!("{program}: command not found")),
        };
        match ran {
            Ok(text) => Answer { text, ..Answer::default() },
            Err(error) => Answer { status: 1, error: format!("{error}\n"), text: String::new() },
        }
    }

    fn source(&self, path: &str) -> Result<Arc<[Node]>, String> {
        self.files.script(path)
    }

    fn write(&mut self, path: &str, text: String) {
        self.disk.insert(path.to_owned(), text);
    }

    fn is_file(&self, path: &str) -> bool {
        self.disk.contains_key(path)
    }
}
