//! Fields of a pod by which it is told about itself: `metadata.name`, `metadata.labels['app']`,
//! `status.podIP`, and a container's requests and limits.

use super::Pod;
use super::quantity::divide;
use super::spec::{Container, ResourceFieldRef};
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::{fs, thread};

/// A field's value as text, as `fieldRef` gives it.
pub(crate) fn field(pod: &Pod, path: &str) -> Result<String> {
    if path == "status.podIPs" || path == "status.hostIPs" {
        let addresses = pod.object.pointer(&format!("/{}", path.replace('.', "/"))).and_then(Value::as_array);
        let addresses = addresses.map(Vec::as_slice).unwrap_or_default();
        let texts: Vec<&str> = addresses.iter().filter_map(|address| address.get("ip")?.as_str()).collect();
        return Ok(texts.join(","));
    }
    if let Some((map, key)) = path.strip_suffix("']").and_then(|path| path.split_once("['")) {
        return Ok(entries(pod, map).remove(key).unwrap_or_default());
    }
    if path == "metadata.labels" || path == "metadata.annotations" {
        let lines = entries(pod, path).into_iter().map(|(key, value)| format!("{key}={}", Value::String(value)));
        return Ok(lines.collect::<Vec<_>>().join("\n"));
    }
    let value = pod.object.pointer(&format!("/{}", path.replace('.', "/")));
    let value = value.with_context(|| format!("{pod} has no field {path}"))?;
    Ok(value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned))
}

/// The texts in a map of the pod.
fn entries(pod: &Pod, path: &str) -> BTreeMap<String, String> {
    let map = pod.object.pointer(&format!("/{}", path.replace('.', "/")));
    let map = map.and_then(Value::as_object).into_iter().flatten();
    map.filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned()))).collect()
}

/// What a container asks for or is held to; the machine's, where it names no limit.
pub(crate) fn resource(pod: &Pod, own: &Container, reference: &ResourceFieldRef) -> Result<String> {
    let named = reference.container_name.as_ref();
    let mut others = pod.spec.init_containers.iter().chain(&pod.spec.containers);
    let container = match named {
        Some(name) => {
            others.find(|other| &other.name == name).with_context(|| format!("{pod} has no container {name}"))?
        }
        None => own,
    };
    let (kind, resource) = reference.resource.split_once('.').context("a resource field without a dot")?;
    let (limits, requests) = (&container.resources.limits, &container.resources.requests);
    let quantity = match kind {
        "limits" => limits.get(resource).cloned().map_or_else(|| machine(resource), Ok)?,
        "requests" => {
            requests.get(resource).or_else(|| limits.get(resource)).cloned().unwrap_or_else(|| "0".to_owned())
        }
        _ => anyhow::bail!("no resource field {}", reference.resource),
    };
    Ok(divide(&quantity, &reference.divisor)?.to_string())
}

/// What the machine has.
fn machine(resource: &str) -> Result<String> {
    match resource {
        "cpu" => Ok(thread::available_parallelism().context("failed to count processors")?.to_string()),
        "memory" => {
            let text = fs::read_to_string("/proc/meminfo").context("failed to read /proc/meminfo")?;
            let total = text.split_whitespace().nth(1).context("/proc/meminfo is empty")?;
            Ok(format!("{total}Ki"))
        }
        _ => anyhow::bail!("the lab limits no {resource}"),
    }
}
