//! Which parts of a line are a key, a text, a comment or a command. Line by line and by hand: YAML,
//! shell and Markdown, as far as Meshwright writes them. A wrong guess only costs a colour.

/// What a part of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    Key,
    Text,
    Comment,
}

/// A part of a line, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) token: Token,
}

/// A file's language, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Yaml,
    Shell,
    Markdown,
}

impl Language {
    pub(crate) fn of(path: &str) -> Self {
        match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
            "sh" => Language::Shell,
            "md" => Language::Markdown,
            _ => Language::Yaml,
        }
    }

    /// The parts of a line, in order.
    pub(crate) fn spans(self, line: &str) -> Vec<Span> {
        match self {
            Language::Yaml => yaml(line),
            Language::Shell => shell(line),
            Language::Markdown => markdown(line),
        }
    }
}

fn span(start: usize, end: usize, token: Token) -> Span {
    Span { start, end, token }
}

fn yaml(line: &str) -> Vec<Span> {
    let body = line.trim_start_matches([' ', '-']);
    let start = line.len() - body.len();
    if body.starts_with('#') {
        return vec![span(start, line.len(), Token::Comment)];
    }
    let key_end = body.find(": ").or_else(|| body.strip_suffix(':').map(str::len));
    let mut spans = Vec::new();
    let mut rest = start;
    if let Some(end) = key_end.filter(|_| !body.starts_with(['"', '\''])) {
        spans.push(span(start, start + end, Token::Key));
        rest = start + end + 1;
    }
    let value = line.get(rest..).unwrap_or_default().trim_start();
    if value.starts_with(['"', '\'']) {
        spans.push(span(line.len() - value.len(), line.len(), Token::Text));
    }
    spans
}

fn shell(line: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut quote: Option<(usize, char)> = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match quote {
            Some((start, open)) if c == open && before != '\\' => {
                spans.push(span(start, at + 1, Token::Text));
                quote = None;
            }
            None if c == '#' && before == ' ' => {
                spans.push(span(at, line.len(), Token::Comment));
                return spans;
            }
            None if matches!(c, '"' | '\'') && before != '\\' => quote = Some((at, c)),
            Some(_) | None => {}
        }
        before = c;
    }
    if let Some((start, _)) = quote {
        spans.push(span(start, line.len(), Token::Text));
    }
    // The word that a line begins with: a command, a variable that is set, or the shell's own.
    let body = line.trim_start();
    let start = line.len() - body.len();
    let word = body.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(body.len());
    if word > 0 && spans.first().is_none_or(|first| first.start >= start + word) {
        spans.insert(0, span(start, start + word, Token::Key));
    }
    spans
}

fn markdown(line: &str) -> Vec<Span> {
    if line.starts_with('#') {
        return vec![span(0, line.len(), Token::Key)];
    }
    let mut spans = Vec::new();
    let mut open = None;
    for (at, _) in line.match_indices('`') {
        match open.take() {
            Some(start) => spans.push(span(start, at + 1, Token::Text)),
            None => open = Some(at),
        }
    }
    spans
}

/// Where `words` stand in a line by themselves.
pub(crate) fn own(line: &str, words: &[String]) -> Vec<(usize, usize)> {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut found = Vec::new();
    for word in words {
        for (start, _) in line.match_indices(word.as_str()) {
            let end = start + word.len();
            let before = line.get(..start).and_then(|text| text.chars().next_back()).is_some_and(part);
            let after = line.get(end..).and_then(|text| text.chars().next()).is_some_and(part);
            if !before && !after {
                found.push((start, end));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Language, Token, own};

    fn parts(language: Language, line: &str) -> Vec<(&str, Token)> {
        language.spans(line).iter().map(|span| (&line[span.start..span.end], span.token)).collect()
    }

    #[test]
    fn lines_are_told_apart() {
        use Token::{Comment, Key, Text};
        assert_eq!(parts(Language::Yaml, "  - name: \"a: b\""), [("name", Key), ("\"a: b\"", Text)]);
        assert_eq!(parts(Language::Yaml, "spec:"), [("spec", Key)]);
        assert_eq!(parts(Language::Yaml, "  # why: so"), [("# why: so", Comment)]);
        assert_eq!(parts(Language::Yaml, "- https://a"), []);
        assert_eq!(
            parts(Language::Shell, "kubectl \"$A\" # b"),
            [("kubectl", Key), ("\"$A\"", Text), ("# b", Comment)]
        );
        assert_eq!(parts(Language::Shell, "echo 'ä"), [("echo", Key), ("'ä", Text)]);
        assert_eq!(parts(Language::Markdown, "a `b` c `"), [("`b`", Text)]);
    }

    #[test]
    fn own_words_stand_alone() {
        let words = ["cluster1".to_owned()];
        assert_eq!(own("a cluster1-b cluster12 cluster1", &words), [(2, 10), (23, 31)]);
    }
}
