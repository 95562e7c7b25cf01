//! Patterns of `case`.

/// A character of a pattern, and whether it stood in quotes.
pub(super) type Sign = (char, bool);

/// Whether the pattern stands for the whole text.
pub(super) fn matches(pattern: &[Sign], text: &[char]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some((('*', false), rest)) => (0..=text.len()).any(|at| text.get(at..).is_some_and(|text| matches(rest, text))),
        Some((first, rest)) => {
            let Some((&c, after)) = text.split_first() else {
                return false;
            };
            match first {
                ('?', false) => matches(rest, after),
                ('[', false) => bracket(rest, c).is_some_and(|(is, rest)| is && matches(rest, after)),
                &(sign, _) => sign == c && matches(rest, after),
            }
        }
    }
}

/// Whether a character is one of those in brackets, and what follows them.
fn bracket(pattern: &[Sign], c: char) -> Option<(bool, &[Sign])> {
    let (not, inside) = match pattern.split_first() {
        Some((('!', false), rest)) => (true, rest),
        _ => (false, pattern),
    };
    let end = inside.iter().position(|sign| *sign == (']', false))?;
    let (inside, rest) = inside.split_at_checked(end)?;
    let mut found = false;
    let mut signs = inside.iter().peekable();
    while let Some((from, _)) = signs.next() {
        let mut to = from;
        if signs.next_if(|sign| **sign == ('-', false)).is_some() {
            to = signs.next().map_or(&'-', |(to, _)| to);
        }
        found |= (*from..=*to).contains(&c);
    }
    Some((found != not, rest.get(1..)?))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_match_as_in_bash() {
        let is = |pattern: &str, text: &str| {
            let pattern: Vec<(char, bool)> = pattern.chars().map(|c| (c, false)).collect();
            matches(&pattern, &text.chars().collect::<Vec<_>>())
        };
        assert!(is("*[!0-9.]1.2[!0-9.]*", " 1.2 ") && !is("*[!0-9.]1.2[!0-9.]*", " 11.2 "));
        assert!(is("*:*", "a:b") && !is("*:*", "ab") && is("*[0-9]", "h9") && is("?", "x") && !is("", "x"));
    }
}
