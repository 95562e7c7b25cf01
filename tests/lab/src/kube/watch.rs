//! A watch: what is there, and then each change as it happens.

use super::Kube;
use crate::process;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::ops::ControlFlow;
use std::thread;
use std::time::Duration;

/// What happened to an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// It is there, new or changed.
    Present,
    /// It is gone.
    Gone,
}

/// A change of an object.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) change: Change,
    /// The object as it is, or as it was last.
    pub(crate) object: Value,
}

impl Kube {
    /// Tells `hear` of every object of the list at a path, then of every change, until it has heard
    /// enough. A lost connection is made again, and what was missed is told then.
    pub(crate) fn watch(&self, path: &str, mut hear: impl FnMut(Event) -> ControlFlow<()>) {
        let mut known = BTreeMap::new();
        loop {
            match self.follow(path, &mut known, &mut hear) {
                Ok(ControlFlow::Break(())) => return,
                // The server closes a watch after a while. While it is starting it answers nothing.
                Ok(ControlFlow::Continue(())) | Err(_) => thread::sleep(Duration::from_millis(200)),
            }
        }
    }

    fn follow(
        &self,
        path: &str,
        known: &mut BTreeMap<String, Value>,
        hear: &mut impl FnMut(Event) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>> {
        let list = self.get(path)?;
        let version = list.pointer("/metadata/resourceVersion").and_then(Value::as_str).unwrap_or_default().to_owned();
        let Some(Value::Array(items)) = list.get("items") else { bail!("{path} is no list") };
        let mut before = std::mem::take(known);
        for item in items {
            let uid = uid(item);
            before.remove(&uid);
            known.insert(uid, item.clone());
            if hear(Event { change: Change::Present, object: item.clone() }).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        for object in before.into_values() {
            if hear(Event { change: Change::Gone, object }).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        let sign = if path.contains('?') { '&' } else { '?' };
        let stream = format!("{path}{sign}watch=true&resourceVersion={version}");
        let response = self.agent.run(self.request("GET", &stream).body(())?).context("failed to watch")?;
        for line in BufReader::new(response.into_body().into_with_config().limit(u64::MAX).reader()).lines() {
            let mut event: Value = serde_json::from_str(&line?).context("failed to read an event")?;
            let object = event.get_mut("object").map(Value::take).unwrap_or_default();
            let change = match event.get("type").and_then(Value::as_str) {
                Some("ADDED" | "MODIFIED") => Change::Present,
                Some("DELETED") => Change::Gone,
                other => bail!("the watch of {path} ended: {other:?} {}", process::tail(&object.to_string())),
            };
            match change {
                Change::Present => known.insert(uid(&object), object.clone()),
                Change::Gone => known.remove(&uid(&object)),
            };
            if hear(Event { change, object }).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

fn uid(object: &Value) -> String {
    object.pointer("/metadata/uid").and_then(Value::as_str).unwrap_or_default().to_owned()
}
