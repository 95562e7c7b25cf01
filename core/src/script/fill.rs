//! Fills lines with words.

/// How wide a line of a script or a comment may be, where words allow.
const WIDTH: usize = 100;

/// How lines begin and end.
pub(crate) struct Lines<'a> {
    /// Before the first word.
    pub(crate) first: &'a str,
    /// Before the first word of each further line.
    pub(crate) next: &'a str,
    /// After each line but the last.
    pub(crate) end: &'a str,
}

impl Lines<'_> {
    /// Writes the words, as many to a line as fit. No newline at the end.
    pub(crate) fn fill<'w>(&self, text: &mut String, words: impl Iterator<Item = &'w str>) {
        text.push_str(self.first);
        let mut width = self.first.len();
        let mut begun = false;
        for word in words {
            let length = word.chars().count();
            if begun && width + 1 + length + self.end.len() > WIDTH {
                text.push_str(self.end);
                text.push('\n');
                text.push_str(self.next);
                width = self.next.len();
            } else if begun {
                text.push(' ');
                width += 1;
            }
            text.push_str(word);
            width += length;
            begun = true;
        }
    }
}

/// Writes a comment of shell or YAML.
pub(crate) fn comment(text: &mut String, what: &str) {
    Lines { first: "# ", next: "# ", end: "" }.fill(text, what.split(' '));
    text.truncate(text.trim_end().len());
    text.push('\n');
}
