//! The JSON Schema of the topology file: made from its types, with the choices of each field.

use super::File;
use crate::field::Field;
use serde_json::{Value, json};

/// The JSON Schema of the format. What texts have to look like is checked beyond it.
pub fn schema() -> String {
    let mut schema = schemars::schema_for!(File).to_value();
    for field in Field::ALL {
        let values: Vec<&str> = field.choices().iter().map(|choice| choice.value).collect();
        if let (false, Some(property)) = (values.is_empty(), property(&mut schema, field.info().path)) {
            property["enum"] = json!(values);
        }
    }
    format!("{schema:#}")
}

/// The schema of the field at `path`, such as `address.type`.
fn property<'a>(schema: &'a mut Value, path: &str) -> Option<&'a mut Value> {
    let (owner, name) = path.rsplit_once('.').unwrap_or(("cluster", path));
    let definition = match owner {
        "istio" => "FileIstio",
        "cluster" => "FileCluster",
        "gateways" => "FileGateways",
        "address" => "FileAddress",
        "sample" => "FileSample",
        _ => return None,
    };
    schema.pointer_mut(&format!("/$defs/{definition}/properties/{name}"))
}
