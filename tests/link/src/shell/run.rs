//! Commands run: bash with `set -e`, with the files that it writes itself, and without time.

use super::glob;
use super::program::{Programs, Stop};
use super::{Node, Target, Word};
use std::collections::HashMap;
use std::sync::Arc;

pub(super) type Run = Result<i32, Stop>;

/// Of a function that runs: its arguments, and its local variables with the values before.
type Frame = (Vec<String>, HashMap<String, Option<String>>);

/// A script that runs.
pub(crate) struct Shell<'p, P> {
    pub(super) programs: &'p mut P,
    pub(super) variables: HashMap<String, String>,
    functions: HashMap<String, Arc<[Node]>>,
    frames: Vec<Frame>,
    pub(super) output: String,
    pub(super) error: String,
    pub(super) status: i32,
    left: u32,
}

impl<'p, P: Programs> Shell<'p, P> {
    pub(crate) fn new(programs: &'p mut P) -> Self {
        let (variables, functions, frames) = Default::default();
        Shell {
            programs,
            variables,
            functions,
            frames,
            output: String::new(),
            error: String::new(),
            status: 0,
            left: 200_000,
        }
    }

    /// Runs a script to its end: its exit code.
    pub(crate) fn script(&mut self, nodes: &[Node]) -> i32 {
        match self.all(nodes, false) {
            Ok(status) | Err(Stop::Exit(status) | Stop::Return(status)) => status,
            Err(Stop::Break) => 0,
        }
    }

    pub(crate) fn variable(&self, name: &str) -> &str {
        self.variables.get(name).map_or("", String::as_str)
    }

    /// Every variable.
    pub(crate) fn variables(&self) -> impl Iterator<Item = (String, String)> {
        self.variables.iter().map(|(name, value)| (name.clone(), value.clone()))
    }

    /// Gives the script its arguments.
    pub(crate) fn give(&mut self, arguments: &[&str]) {
        self.frames.push((arguments.iter().map(|&it| it.to_owned()).collect(), HashMap::new()));
    }

    /// What the script said on standard error.
    pub(crate) fn said(&self) -> &str {
        self.error.trim()
    }

    pub(super) fn set(&mut self, name: &str, value: String) {
        self.variables.insert(name.to_owned(), value);
    }

    /// Makes a variable the running function's own.
    pub(super) fn own(&mut self, name: &str) {
        let before = self.variables.get(name).cloned();
        if let Some((_, own)) = self.frames.last_mut() {
            own.entry(name.to_owned()).or_insert(before);
        }
    }

    pub(super) fn arguments(&mut self) -> Option<&mut Vec<String>> {
        self.frames.last_mut().map(|(arguments, _)| arguments)
    }

    /// Runs commands; `tested` ones may fail, others end the script.
    pub(super) fn all(&mut self, nodes: &[Node], tested: bool) -> Run {
        let mut status = 0;
        for node in nodes {
            status = self.node(node, "", tested)?;
            self.status = status;
            let decided = matches!(node, Node::And(_) | Node::Or(_) | Node::Not(_));
            if status != 0 && !tested && !decided {
                return Err(Stop::Exit(status));
            }
        }
        Ok(status)
    }

    fn node(&mut self, node: &Node, input: &str, tested: bool) -> Run {
        match node {
            Node::Command { assignments, words, to } => self.command(assignments, words, to, input, tested),
            Node::Pipe(nodes) => self.pipe(nodes, tested),
            Node::And(both) | Node::Or(both) => {
                let [first, second] = both.as_ref();
                let status = self.node(first, "", true)?;
                self.status = status;
                if (status == 0) == matches!(node, Node::And(_)) {
                    let status = self.node(second, "", tested)?;
                    return if status == 0 || tested { Ok(status) } else { Err(Stop::Exit(status)) };
                }
                Ok(status)
            }
            Node::Not(node) => Ok(i32::from(self.node(node, input, true)? == 0)),
            Node::If(branches) => {
                for (test, then) in branches {
                    if test.is_empty() || self.all(test, true)? == 0 {
                        return self.all(then, tested);
                    }
                }
                Ok(0)
            }
            Node::While(test, body) => {
                while self.all(test, true)? == 0 {
                    match self.all(body, tested) {
                        Err(Stop::Break) => break,
                        other => other?,
                    };
                }
                Ok(0)
            }
            Node::For(name, words, body) => {
                for value in self.expand_all(words)? {
                    self.set(name, value);
                    match self.all(body, tested) {
                        Err(Stop::Break) => break,
                        other => other?,
                    };
                }
                Ok(0)
            }
            Node::Case(word, arms) => self.case(word, arms, tested),
            Node::Group(nodes) => self.all(nodes, tested),
            Node::Subshell(nodes) => {
                let before = self.variables.clone();
                let ended = self.all(nodes, tested);
                self.variables = before;
                match ended {
                    Err(Stop::Exit(status) | Stop::Return(status)) if tested || status == 0 => Ok(status),
                    other => other,
                }
            }
            Node::Function(name, body) => {
                self.functions.insert(name.clone(), Arc::clone(body));
                Ok(0)
            }
        }
    }

    fn case(&mut self, word: &Word, arms: &[(Vec<Word>, Vec<Node>)], tested: bool) -> Run {
        let text: Vec<char> = self.expand(word)?.chars().collect();
        for (patterns, nodes) in arms {
            for pattern in patterns {
                if glob::matches(&self.signs(pattern)?, &text) {
                    return self.all(nodes, tested);
                }
            }
        }
        Ok(0)
    }

    fn pipe(&mut self, nodes: &[Node], tested: bool) -> Run {
        let (mut input, mut status) = (String::new(), 0);
        for node in nodes {
            let (output, ended) = self.capture(|shell| shell.node(node, &input, tested))?;
            // `set -o pipefail`
            status = if ended == 0 { status } else { ended };
            input = output;
        }
        self.output.push_str(&input);
        Ok(status)
    }

    fn command(
        &mut self,
        assignments: &[(String, Word)],
        words: &[Word],
        to: &Target,
        input: &str,
        tested: bool,
    ) -> Run {
        self.left = self.left.checked_sub(1).ok_or_else(|| {
            self.error.push_str("the script does not come to an end");
            Stop::Exit(124)
        })?;
        if words.is_empty() {
            self.status = 0;
            for (name, value) in assignments {
                let value = self.expand(value)?;
                self.set(name, value);
            }
            return Ok(self.status);
        }
        let words = self.expand_all(words)?;
        let Some((name, rest)) = words.split_first() else {
            return Ok(0);
        };
        let before = self.output.len();
        let status = if let Some(body) = self.functions.get(name).cloned() {
            self.call(&body, rest, tested)?
        } else if let Some(status) = self.builtin(name, rest)? {
            status
        } else {
            let answer = self.programs.run(&words, input);
            self.output.push_str(&answer.text);
            self.error.push_str(&answer.error);
            answer.status
        };
        if *to != Target::Here {
            let said = self.output.split_off(before);
            let file = if let Target::File(file) = to { self.expand(file)? } else { String::new() };
            match file.as_str() {
                "" | "/dev/null" => self.error.push_str(&said),
                path => self.programs.write(path, said),
            }
        }
        Ok(status)
    }

    fn call(&mut self, body: &[Node], arguments: &[String], tested: bool) -> Run {
        self.frames.push((arguments.to_vec(), HashMap::new()));
        let ended = self.all(body, tested);
        for (name, value) in self.frames.pop().into_iter().flat_map(|(_, own)| own) {
            match value {
                Some(value) => self.variables.insert(name, value),
                None => self.variables.remove(&name),
            };
        }
        match ended {
            Err(Stop::Return(status)) => Ok(status),
            other => other,
        }
    }
}
