//! A script's commands: lines joined where a backslash or a pipe ends them, without comments and
//! without the bodies of functions.

/// The commands of a script in order.
pub(crate) fn of(script: &str) -> Vec<String> {
    let mut commands = Vec::new();
    let mut command = String::new();
    let mut inside = false;
    for line in script.lines() {
        if line.ends_with("() {") {
            inside = true;
        }
        if inside || line.starts_with('#') || line.trim().is_empty() {
            inside = inside && line != "}";
            continue;
        }
        let line = line.trim();
        match line.strip_suffix('\\') {
            Some(part) => command.push_str(part),
            None if line.ends_with('|') => command.extend([line, " "]),
            None => commands.push(std::mem::take(&mut command) + line),
        }
    }
    assert!(command.is_empty(), "the script ends within a command: {command}");
    commands
}

/// Whether `part` stands in a command, and no word goes on after it.
pub(crate) fn has(command: &str, part: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let inside = |c: char| word(c) || matches!(c, '-' | '.');
    command.match_indices(part).any(|(at, _)| {
        let before = command[..at].chars().next_back().is_some_and(word) && part.starts_with(word);
        let after = command[at + part.len()..].chars().next().is_some_and(inside) && part.ends_with(word);
        !before && !after
    })
}

#[test]
fn commands_are_whole() {
    let script = "#!/bin/bash\nset -e\n# x\nf() {\n  inside\n}\n\na --b \\\n  --c=d\na |\n  b |\n  c\nlast\n";
    assert_eq!(of(script), ["set -e", "a --b --c=d", "a | b | c", "last"]);
    assert!(
        has("a --name=x --y", "--name=x")
            && !has("a --name=x-1", "--name=x")
            && !has("cc", "c")
            && has("05-a.yaml", "a.yaml")
    );
}
