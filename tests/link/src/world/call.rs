//! A program's words as verbs and flags.

use serde_json::{Value, json};

/// `kubectl create namespace a --context=b`: three verbs and a flag.
pub(super) struct Call<'w> {
    pub(super) verbs: Vec<&'w str>,
    flags: Vec<(&'w str, &'w str)>,
}

impl<'w> Call<'w> {
    pub(super) fn new(words: &'w [String]) -> Self {
        let mut call = Call { verbs: Vec::new(), flags: Vec::new() };
        for word in words.iter().skip(1).take_while(|word| *word != "--") {
            match word.strip_prefix("--") {
                Some(flag) => call.flags.push(flag.split_once('=').unwrap_or((flag, ""))),
                None => call.verbs.push(word),
            }
        }
        call
    }

    /// The value of a flag; empty where it is absent, or has none.
    pub(super) fn flag(&self, name: &str) -> &'w str {
        self.all(name).last().unwrap_or_default()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// The values of a flag that may be given often.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &'w str> {
        self.flags.iter().filter(move |(flag, _)| *flag == name).map(|(_, value)| *value)
    }

    pub(super) fn verb(&self, index: usize) -> &'w str {
        self.verbs.get(index).copied().unwrap_or_default()
    }

    /// `--set` as pairs.
    pub(super) fn sets(&self) -> Vec<(String, Value)> {
        let typed = |value: &str| value.parse::<bool>().map_or_else(|_| json!(value), Value::Bool);
        let pairs = self.all("set").filter_map(|set| set.split_once('='));
        pairs.map(|(path, value)| (path.to_owned(), typed(value))).collect()
    }
}
