//! What kubectl does without a cluster: `--local`, and objects as lines of text between commands.

use super::call::Call;
use crate::value::set;
use serde_json::{Value, json};
use std::fmt::Write;

/// `kubectl label --local --filename=- a=b c-`
pub(super) fn edit(call: &Call, input: &str) -> Result<String, String> {
    let place = match call.verb(0) {
        "label" => "labels",
        "annotate" => "annotations",
        verb => return Err(format!("kubectl {verb} --local has no stand-in")),
    };
    if call.verbs.len() < 2 {
        return Err(format!("kubectl {}: at least one update is required", call.verb(0)));
    }
    let mut said = String::new();
    for text in input.lines() {
        let (mut value, file) = object(text)?;
        let metadata = value.get_mut("metadata").and_then(Value::as_object_mut);
        let map = metadata.map(|it| it.entry(place).or_insert(json!({})));
        if let Some(map) = map.and_then(Value::as_object_mut) {
            for pair in call.verbs.iter().skip(1) {
                match pair.split_once('=') {
                    Some((key, value)) => map.insert(key.to_owned(), json!(value)),
                    None => map.remove(pair.trim_end_matches('-')),
                };
            }
        }
        said.push_str(&line(value, &file));
    }
    Ok(said)
}

/// One object of those that stand-ins print, a line each, and the file that it is from.
pub(super) fn object(line: &str) -> Result<(Value, String), String> {
    let mut value: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let file = value.as_object_mut().and_then(|map| map.remove("$file"));
    Ok((value, file.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned()))
}

/// An object as a line of text.
pub(super) fn line(mut value: Value, file: &str) -> String {
    set(&mut value, "$file", json!(file));
    let mut line = String::new();
    let _ = writeln!(line, "{value}");
    line
}
