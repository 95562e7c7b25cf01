//! Looking into YAML and JSON data.

use serde_json::{Map, Value, json};

/// What is at `path`, a JSON pointer. `Value::pointer` makes two texts of each name on the way, which is
/// a fifth of all that a check takes.
pub(crate) fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('/').skip(1).try_fold(value, |value, name| match value {
        Value::Object(map) if name.contains('~') => map.get(&name.replace("~1", "/").replace("~0", "~")),
        Value::Object(map) => map.get(name),
        Value::Array(list) => list.get(name.parse::<usize>().ok()?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    })
}

/// The text at `path`; empty where there is none.
pub(crate) fn text<'a>(value: &'a Value, path: &str) -> &'a str {
    at(value, path).and_then(Value::as_str).unwrap_or_default()
}

/// Whether `true` stands at `path`.
pub(crate) fn is_true(value: &Value, path: &str) -> bool {
    at(value, path).and_then(Value::as_bool).unwrap_or_default()
}

/// The number at `path`; 0 where there is none.
pub(crate) fn number(value: &Value, path: &str) -> u64 {
    at(value, path).and_then(Value::as_u64).unwrap_or_default()
}

/// The list at `path`; empty where there is none.
pub(crate) fn list<'a>(value: &'a Value, path: &str) -> &'a [Value] {
    at(value, path).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Entries of the map at `path` whose values are texts; none where there is no map.
pub(crate) fn entries<'a>(value: &'a Value, path: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let map = at(value, path).and_then(Value::as_object);
    map.into_iter().flatten().filter_map(|(key, value)| Some((key.as_str(), value.as_str()?)))
}

/// The texts of the list at `path`.
pub(crate) fn texts<'a>(value: &'a Value, path: &str) -> impl Iterator<Item = &'a str> {
    list(value, path).iter().filter_map(Value::as_str)
}

/// The value of the variable `name` in a list of environment variables at `path`.
pub(crate) fn variable<'a>(value: &'a Value, path: &str, name: &str) -> Option<&'a str> {
    list(value, path).iter().find(|it| text(it, "/name") == name).map(|it| text(it, "/value"))
}

/// Whether every label of the map at `wanted` stands in the map at `found`.
pub(crate) fn selects(selector: &Value, wanted: &str, labelled: &Value, found: &str) -> bool {
    let labels = at(labelled, found);
    let wanted = at(selector, wanted).and_then(Value::as_object);
    let is = |(key, value): (&String, &Value)| labels.and_then(|labels| labels.get(key)) == Some(value);
    wanted.is_some_and(|wanted| !wanted.is_empty() && wanted.iter().all(is))
}

/// Lays `over` over `base`: maps are merged, all else is replaced.
pub(crate) fn merge(base: &mut Value, over: &Value) {
    match (base, over) {
        (Value::Object(base), Value::Object(over)) => {
            for (key, value) in over {
                merge(base.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (base, over) => *base = over.clone(),
    }
}

/// Puts a value at the end of `path`, names with dots between them, and makes the maps on the way.
pub(crate) fn set(value: &mut Value, path: &str, to: Value) {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    let Some(map) = value.as_object_mut() else {
        return;
    };
    match rest {
        Some(rest) => set(map.entry(first).or_insert(json!({})), rest, to),
        None => {
            map.insert(first.to_owned(), to);
        }
    }
}

/// The same map without its empty texts, which stand for what is not there.
pub(crate) fn labels<const N: usize>(pairs: [(&str, &str); N]) -> Value {
    let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty());
    Value::Object(pairs.map(|(key, value)| (key.to_owned(), json!(value))).collect())
}
