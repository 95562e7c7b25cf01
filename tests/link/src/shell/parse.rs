//! Text to commands.

use super::{Node, Target, Word};
use std::sync::Arc;

/// Words that end a list of commands.
const ENDS: [&str; 9] = ["then", "elif", "else", "fi", "do", "done", "esac", "}", ";;"];

/// The commands of a script.
pub(crate) fn parse(text: &str) -> Result<Arc<[Node]>, String> {
    let mut parser = Parser { text, at: 0 };
    let nodes = parser.list()?;
    match parser.peek() {
        None => Ok(nodes.into()),
        Some(other) => Err(parser.wrong(&format!("`{other}` is out of place"))),
    }
}

pub(super) struct Parser<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl Parser<'_> {
    pub(super) fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let found = self.peek()?;
        self.at += found.len_utf8();
        Some(found)
    }

    pub(super) fn eat(&mut self, what: &str) -> bool {
        let found = self.rest().starts_with(what);
        if found {
            self.at += what.len();
        }
        found
    }

    pub(super) fn wrong(&self, what: &str) -> String {
        let line = self.text.get(..self.at).unwrap_or_default().matches('\n').count() + 1;
        format!("line {line}: {what}")
    }

    pub(super) fn expect(&mut self, what: &str) -> Result<(), String> {
        self.lines();
        if self.eat(what) { Ok(()) } else { Err(self.wrong(&format!("`{what}` is missing"))) }
    }

    /// Past blanks, and what a backslash joins.
    pub(super) fn blanks(&mut self) {
        while self.eat(" ") || self.eat("\t") || self.eat("\\\n") {}
    }

    /// Past blanks, comments, and the ends of commands.
    pub(super) fn lines(&mut self) {
        loop {
            self.blanks();
            if self.peek() == Some('#') {
                while self.peek().is_some_and(|c| c != '\n') {
                    self.next();
                }
            } else if self.rest().starts_with(";;") || !(self.eat("\n") || self.eat(";")) {
                return;
            }
        }
    }

    /// Whether this reserved word comes next.
    pub(super) fn comes(&self, word: &str) -> bool {
        let after = self.rest().strip_prefix(word).map(|rest| rest.chars().next());
        after.is_some_and(|next| word == ";;" || next.is_none_or(|c| c.is_whitespace() || ";)&|".contains(c)))
    }

    pub(super) fn list(&mut self) -> Result<Vec<Node>, String> {
        let mut nodes = Vec::new();
        loop {
            self.lines();
            if matches!(self.peek(), None | Some(')')) || ENDS.iter().any(|end| self.comes(end)) {
                return Ok(nodes);
            }
            nodes.push(self.chain()?);
        }
    }

    fn chain(&mut self) -> Result<Node, String> {
        let mut node = self.pipe()?;
        loop {
            self.blanks();
            let and = self.eat("&&");
            if !and && !self.eat("||") {
                return Ok(node);
            }
            self.lines();
            let both = Box::new([node, self.pipe()?]);
            node = if and { Node::And(both) } else { Node::Or(both) };
        }
    }

    fn pipe(&mut self) -> Result<Node, String> {
        if self.eat("! ") {
            self.blanks();
            return Ok(Node::Not(Box::new(self.pipe()?)));
        }
        let first = self.command()?;
        let mut nodes = vec![first];
        loop {
            self.blanks();
            if self.rest().starts_with("||") || !self.eat("|") {
                break;
            }
            self.lines();
            nodes.push(self.command()?);
        }
        Ok(if let (1, Some(one)) = (nodes.len(), nodes.first()) { one.clone() } else { Node::Pipe(nodes) })
    }

    fn command(&mut self) -> Result<Node, String> {
        let node = if self.comes("if") {
            self.at += 2;
            self.branches()?
        } else if self.comes("while") {
            self.at += 5;
            let test = self.list()?;
            Node::While(test, self.body()?)
        } else if self.comes("for") {
            self.at += 3;
            self.each()?
        } else if self.comes("case") {
            self.at += 4;
            self.case()?
        } else if self.comes("{") {
            self.at += 1;
            let nodes = self.list()?;
            self.expect("}")?;
            Node::Group(nodes)
        } else if self.eat("(") {
            let nodes = self.list()?;
            self.expect(")")?;
            Node::Subshell(nodes)
        } else {
            return self.simple();
        };
        while self.redirection()?.is_some() {}
        Ok(node)
    }

    pub(super) fn name(&mut self) -> String {
        let mut name = String::new();
        while let Some(c) = self.peek().filter(|c| c.is_ascii_alphanumeric() || *c == '_') {
            name.push(c);
            self.next();
        }
        name
    }

    pub(super) fn words(&mut self) -> Result<Vec<Word>, String> {
        let mut words = Vec::new();
        loop {
            self.blanks();
            if self.peek().is_none_or(|c| "\n;|&)".contains(c)) {
                return Ok(words);
            }
            words.push(self.word()?);
        }
    }

    /// A redirection, if one comes: where it takes standard output.
    fn redirection(&mut self) -> Result<Option<Target>, String> {
        self.blanks();
        let output = self.rest().starts_with('>') || self.rest().starts_with("1>");
        if !["2>&1", "1>&2", ">&2", "2>", "1>", ">", "<"].iter().any(|mark| self.rest().starts_with(mark)) {
            return Ok(None);
        }
        if ["2>&1", "1>&2", ">&2"].iter().any(|mark| self.eat(mark)) {
            return Ok(Some(if output { Target::Error } else { Target::Here }));
        }
        let _ = self.eat("2>") || self.eat("1>") || self.eat(">") || self.eat("<");
        self.blanks();
        let file = self.word()?;
        Ok(Some(if output { Target::File(file) } else { Target::Here }))
    }

    fn simple(&mut self) -> Result<Node, String> {
        let (mut assignments, mut words, mut to) = (Vec::new(), Vec::new(), Target::Here);
        loop {
            if let Some(target) = self.redirection()? {
                if target != Target::Here {
                    to = target;
                }
                continue;
            }
            if self.peek().is_none_or(|c| "\n;|&)".contains(c)) {
                return Ok(Node::Command { assignments, words, to });
            }
            let before = self.at;
            let name = self.name();
            if words.is_empty() && !name.is_empty() && self.eat("=") {
                let value = if self.peek().is_none_or(char::is_whitespace) { Word::new() } else { self.word()? };
                assignments.push((name, value));
            } else if words.is_empty() && !name.is_empty() && self.eat("()") {
                self.expect("{")?;
                let body = self.list()?;
                self.expect("}")?;
                return Ok(Node::Function(name, body.into()));
            } else {
                self.at = before;
                words.push(self.word()?);
            }
        }
    }
}
