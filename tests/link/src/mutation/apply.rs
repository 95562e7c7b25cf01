//! Edits made.

use super::{Edit, Mutation, Place};
use crate::files::Files;

impl Mutation {
    /// Makes the edits. `false`, and a bundle as it was, where it has no such place, or says that by itself.
    pub fn apply(&self, files: &mut Files) -> bool {
        let mut edited = files.clone();
        let all = self.edits.iter().all(|edit| edit.apply(&mut edited).is_some());
        let changed = all && edited.paths().any(|path| edited.text(path) != files.text(path));
        if changed {
            *files = edited;
        }
        changed
    }
}

const INSTALL: &str = "install.sh";

impl Edit {
    fn apply(&self, files: &mut Files) -> Option<()> {
        match *self {
            Edit::Value(place, to) => place.put(files, to),
            Edit::Copy(from, place) => {
                let (path, start, end) = from.find(files)?;
                let value = files.text(&path)?.get(start..end)?.to_owned();
                place.put(files, &value)
            }
            Edit::Text { file, from, to } => {
                let path = matching(files, file, from)?;
                let text = files.text(&path)?.replace(from, to);
                files.put(&path, text);
                Some(())
            }
            Edit::Drop { file, line, more } => {
                let path = matching(files, file, line)?;
                let mut left = String::new();
                let mut gone = 0;
                for text in files.text(&path)?.split_inclusive('\n') {
                    if text.contains(line) {
                        gone = more + 1;
                    }
                    if gone == 0 {
                        left.push_str(text);
                    }
                    gone = gone.saturating_sub(1);
                }
                files.put(&path, left);
                Some(())
            }
            Edit::Needs { file, text } => matching(files, file, text).map(|_| ()),
            Edit::Append { file, text } => {
                let path = matching(files, file, "")?;
                let text = files.text(&path)?.to_owned() + text;
                files.put(&path, text);
                Some(())
            }
            Edit::Word { step, after, to } => steps(files, |steps| {
                let step = find(steps, step)?;
                let step = steps.get_mut(step)?;
                let start = step.find(after)? + after.len();
                let length = step.get(start..)?.find([' ', '\n']).unwrap_or(step.len() - start);
                step.replace_range(start..start + length, to);
                Some(())
            }),
            Edit::Delay { step, after } => steps(files, |steps| {
                let step = find(steps, step)?;
                let moved = steps.remove(step);
                let after = step + find(steps.get(step..)?, after)? + 1;
                steps.insert(after, moved);
                Some(())
            }),
            Edit::Skip { step } => steps(files, |steps| {
                let step = find(steps, step)?;
                steps.remove(step);
                Some(())
            }),
        }
    }
}

impl Place {
    fn find(&self, files: &Files) -> Option<(String, usize, usize)> {
        let path = matching(files, self.file, self.after)?;
        let text = files.text(&path)?;
        let start = text.find(self.after)? + self.after.len();
        let rest = text.get(start..)?;
        let length = rest.find(|c| c == '\n' || self.until.contains(c)).unwrap_or(rest.len());
        Some((path, start, start + length))
    }

    fn put(&self, files: &mut Files, to: &str) -> Option<()> {
        let (path, start, end) = self.find(files)?;
        let mut text = files.text(&path)?.to_owned();
        text.replace_range(start..end, to);
        files.put(&path, text);
        Some(())
    }
}

/// The first file whose path matches and that has the text.
fn matching(files: &Files, pattern: &str, text: &str) -> Option<String> {
    let is = |path: &&str| matches(pattern, path) && files.text(path).is_some_and(|it| it.contains(text));
    files.paths().find(is).map(str::to_owned)
}

/// Patterns have `|` between them.
fn matches(patterns: &str, path: &str) -> bool {
    patterns.split('|').any(|pattern| one_matches(pattern, path))
}

fn one_matches(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == path,
        Some((start, rest)) => path
            .strip_prefix(start)
            .is_some_and(|path| (0..=path.len()).any(|at| path.get(at..).is_some_and(|path| one_matches(rest, path)))),
    }
}

/// Edits the paragraphs of install.sh, of which each step is one.
fn steps(files: &mut Files, edit: impl FnOnce(&mut Vec<String>) -> Option<()>) -> Option<()> {
    let mut steps: Vec<String> = files.text(INSTALL)?.split("\n\n").map(str::to_owned).collect();
    edit(&mut steps)?;
    files.put(INSTALL, steps.join("\n\n"));
    Some(())
}

/// The first step with a text; functions are none.
fn find(steps: &[String], text: &str) -> Option<usize> {
    steps.iter().position(|step| step.contains("\nstep ") && step.contains(text))
}

#[cfg(test)]
mod tests {
    use super::{Edit, Files, Mutation, matches};
    use crate::link::Link;
    use crate::mutation::table::{delay, row, value};

    const BOTH: &[Edit] = &[value("x", "k: ", "w"), delay("1 a", "2 b")];
    const SAME: &[Edit] = &[value("x", "k: ", "w")];
    const ONE: &[Edit] = &[value("x", "k: ", "z"), value("x", "absent", "")];

    #[test]
    fn stars_stand_for_anything() {
        assert!(matches("*-a-*.yaml", "x/05-a-1.yaml") && !matches("*-a.yaml", "x/05-a-gw.yaml") && matches("a", "a"));
        assert!(matches("b|*a", "ca") && !matches("b|a", "ca"));
    }

    #[test]
    fn all_edits_are_made_or_none() {
        let mut files: Files =
            [("install.sh", "f\n\n#\nstep 1 a\n\n#\nstep 2 b\n"), ("x", "k: v\n")].into_iter().collect();
        let whole = row("", &[], Link::Script, BOTH);
        assert!(whole.apply(&mut files));
        assert_eq!(files.text("install.sh"), Some("f\n\n#\nstep 2 b\n\n\n#\nstep 1 a"));
        assert_eq!(files.text("x"), Some("k: w\n"));
        assert!(!Mutation { edits: SAME, ..whole }.apply(&mut files));
        let half = Mutation { edits: ONE, ..whole };
        assert!(!half.apply(&mut files) && files.text("x") == Some("k: w\n"));
    }
}
