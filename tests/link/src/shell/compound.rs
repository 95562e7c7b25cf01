//! Commands that hold others: branches, loops and cases.

use super::parse::Parser;
use super::{Node, Part, Piece};

impl Parser<'_> {
    pub(super) fn body(&mut self) -> Result<Vec<Node>, String> {
        self.expect("do")?;
        let nodes = self.list()?;
        self.expect("done")?;
        Ok(nodes)
    }

    pub(super) fn branches(&mut self) -> Result<Node, String> {
        let mut branches = Vec::new();
        loop {
            let test = self.list()?;
            self.expect("then")?;
            branches.push((test, self.list()?));
            if self.eat("elif") {
                continue;
            }
            if self.eat("else") {
                branches.push((Vec::new(), self.list()?));
            }
            self.expect("fi")?;
            return Ok(Node::If(branches));
        }
    }

    pub(super) fn each(&mut self) -> Result<Node, String> {
        self.blanks();
        let name = self.name();
        self.blanks();
        let mut words = vec![vec![Piece { part: Part::Arguments, quoted: true }]];
        if self.comes("in") {
            self.at += 2;
            words = self.words()?;
        }
        Ok(Node::For(name, words, self.body()?))
    }

    pub(super) fn case(&mut self) -> Result<Node, String> {
        self.blanks();
        let word = self.word()?;
        self.expect("in")?;
        let mut arms = Vec::new();
        loop {
            self.lines();
            if self.comes("esac") {
                self.at += 4;
                return Ok(Node::Case(word, arms));
            }
            let mut patterns = Vec::new();
            loop {
                self.blanks();
                patterns.push(self.word()?);
                self.blanks();
                if !self.eat("|") {
                    break;
                }
            }
            self.expect(")")?;
            arms.push((patterns, self.list()?));
            self.lines();
            if !self.eat(";;") && !self.comes("esac") {
                return Err(self.wrong("`;;` is missing"));
            }
        }
    }
}
