//! Words: quotes, and what a dollar begins.

use super::parse::Parser;
use super::{Part, Piece, Word};

impl Parser<'_> {
    /// One word; what ends it is left.
    pub(super) fn word(&mut self) -> Result<Word, String> {
        let start = self.at;
        let mut word = Word::new();
        while let Some(c) = self.peek() {
            match c {
                '\'' => {
                    self.next();
                    let length = self.rest().find('\'').ok_or_else(|| self.wrong("a quote is not closed"))?;
                    let text = self.rest().get(..length).unwrap_or_default().to_owned();
                    self.at += length + 1;
                    word.push(Piece { part: Part::Text(text), quoted: true });
                }
                '"' => {
                    self.next();
                    self.quoted(&mut word)?;
                }
                '\\' => {
                    self.next();
                    if let Some(c) = self.next().filter(|&c| c != '\n') {
                        word.push(Piece { part: Part::Text(c.into()), quoted: true });
                    }
                }
                '$' => word.push(Piece { part: self.dollar()?, quoted: false }),
                '`' => return Err(self.wrong("backquotes are not read")),
                // A blank inside of brackets is a pattern's: `[\ :]` is written with a backslash.
                c if c.is_whitespace() || ";|&<>()".contains(c) => break,
                c => {
                    self.next();
                    add(&mut word, c, false);
                }
            }
        }
        if self.at == start { Err(self.wrong("a word is missing")) } else { Ok(word) }
    }

    fn quoted(&mut self, word: &mut Word) -> Result<(), String> {
        let before = word.len();
        loop {
            match self.peek() {
                None => return Err(self.wrong("a quote is not closed")),
                Some('"') => {
                    self.next();
                    // `""` is a word.
                    if word.len() == before {
                        word.push(Piece { part: Part::Text(String::new()), quoted: true });
                    }
                    return Ok(());
                }
                Some('\\') => {
                    self.next();
                    match self.next() {
                        Some('\n') => {}
                        Some(c) if "$`\"\\".contains(c) => add(word, c, true),
                        Some(c) => {
                            add(word, '\\', true);
                            add(word, c, true);
                        }
                        None => return Err(self.wrong("a quote is not closed")),
                    }
                }
                Some('$') => word.push(Piece { part: self.dollar()?, quoted: true }),
                Some('`') => return Err(self.wrong("backquotes are not read")),
                Some(c) => {
                    self.next();
                    add(word, c, true);
                }
            }
        }
    }

    fn dollar(&mut self) -> Result<Part, String> {
        self.next();
        if self.eat("((") {
            let length = self.rest().find("))").ok_or_else(|| self.wrong("`))` is missing"))?;
            let sum = self.rest().get(..length).unwrap_or_default().to_owned();
            self.at += length + 2;
            return Ok(Part::Sum(sum));
        }
        if self.eat("(") {
            let nodes = self.list()?;
            return if self.eat(")") { Ok(Part::Output(nodes)) } else { Err(self.wrong("`)` is missing")) };
        }
        if self.eat("{") {
            let length = self.rest().find(['}', ':']).ok_or_else(|| self.wrong("`}` is missing"))?;
            let name = self.rest().get(..length).unwrap_or_default().to_owned();
            if name.contains(|c: char| !c.is_ascii_alphanumeric() && !"_[]?#".contains(c)) {
                return Err(self.wrong("this expansion is not read"));
            }
            self.at += length;
            let default = if self.eat(":-") { Some(self.default()?) } else { None };
            let ended = self.eat("}");
            return if ended {
                Ok(Part::Variable(name, default))
            } else {
                Err(self.wrong("this expansion is not read"))
            };
        }
        if self.eat("@") {
            return Ok(Part::Arguments);
        }
        let mut name = String::new();
        while let Some(c) = self.peek().filter(|c| c.is_ascii_alphanumeric() || "_?#".contains(*c)) {
            // `$1x` and `$?x` are one character each.
            let one = name.is_empty() && !c.is_ascii_alphabetic() && c != '_';
            name.push(c);
            self.next();
            if one {
                break;
            }
        }
        let empty = name.is_empty();
        Ok(if empty { Part::Text("$".to_owned()) } else { Part::Variable(name, None) })
    }

    /// What stands for an absent variable, up to the closing brace.
    fn default(&mut self) -> Result<Word, String> {
        let mut word = Word::new();
        while let Some(c) = self.peek().filter(|&c| c != '}') {
            if c == '$' {
                word.push(Piece { part: self.dollar()?, quoted: true });
            } else {
                self.next();
                add(&mut word, c, true);
            }
        }
        Ok(word)
    }
}

/// Adds a character to a word's last piece where that is text of the same kind.
fn add(word: &mut Word, c: char, quoted: bool) {
    match word.last_mut() {
        Some(Piece { part: Part::Text(text), quoted: same }) if *same == quoted => text.push(c),
        _ => word.push(Piece { part: Part::Text(c.into()), quoted }),
    }
}
