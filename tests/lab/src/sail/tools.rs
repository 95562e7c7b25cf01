//! The real tools behind the checker's install.sh: Helm with the real charts, and the API servers.

use crate::bundle::Bundle;
use crate::case::Case;
use crate::lab::Lab;
use crate::process::feed;
use crate::rendering::{MINOR, template};
use crate::tools::dry_run;
use anyhow::{Context, Result, anyhow};
use meshwright_link::{Files, Release, Tools, compare_chart};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};

/// A kind that `OpenShift` has, and that its platform's charts make.
const OPENSHIFTS: &str = "apiVersion: k8s.cni.cncf.io/";

/// Helm, and the API servers of a lab, with what they have said so far.
pub(super) struct Real<'l> {
    case: &'l Case,
    lab: &'l Lab,
    bundle: &'l Bundle,
    /// Whether the API servers know the operator's kinds.
    known: bool,
    rendered: Cell<usize>,
    refused: RefCell<Vec<String>>,
    differences: RefCell<Vec<String>>,
}

impl<'l> Real<'l> {
    pub(super) fn new(case: &'l Case, lab: &'l Lab, bundle: &'l Bundle, known: bool) -> Real<'l> {
        let (refused, differences) = Default::default();
        Real { case, lab, bundle, known, rendered: Cell::new(0), refused, differences }
    }

    /// How many releases were rendered, what was refused, and what the checker renders otherwise.
    pub(super) fn found(self) -> (usize, Vec<String>, Vec<String>) {
        (self.rendered.get(), self.refused.into_inner(), self.differences.into_inner())
    }

    /// Keeps what was refused.
    fn heard<T>(&self, what: &str, said: Result<T>) -> Result<T, String> {
        said.map_err(|error| {
            let error = format!("{what}: {error:#}");
            self.refused.borrow_mut().push(error.clone());
            error
        })
    }

    /// Sends objects to an API server, which changes nothing.
    fn send(&self, cluster: &str, how: &[&str], objects: &str) -> Result<()> {
        let found = self.lab.clusters.iter().find(|it| it.name == cluster);
        let context = &found.with_context(|| format!("there is no cluster {cluster}"))?.context;
        feed(dry_run(self.lab, self.bundle, context, None).args(how).arg("--filename=-"), objects)?;
        Ok(())
    }

    /// Renders a release, and shows an API server what came of it.
    fn rendered(&self, cluster: &str, release: &Release, values: &Value) -> Result<Vec<Value>> {
        let text = template(release.chart, release.name, release.namespace, &values.to_string())?;
        let objects: Vec<&str> = text.split("\n---\n").filter(|it| !it.contains(OPENSHIFTS)).collect();
        self.send(cluster, &["--server-side", "--force-conflicts"], &objects.join("\n---\n"))?;
        let files: Files = [("rendered", text)].into_iter().collect();
        let objects = files.documents("rendered").map_err(|error| anyhow!(error))?;
        // Gateways are made otherwise since 1.26.
        let ours = compare_chart(&Release { minor: MINOR, ..*release }, values, objects);
        let ours = ours.with_context(|| format!("chart {} is not known", release.chart))?;
        self.differences.borrow_mut().extend(
            ours.iter().map(|it| {
                format!("{cluster}: {}: {}: {:?} here, {:?} there", release.name, it.place, it.ours, it.theirs)
            }),
        );
        self.rendered.set(self.rendered.get() + 1);
        Ok(objects.to_vec())
    }
}

impl Tools for Real<'_> {
    fn render(&self, cluster: &str, release: &Release, values: &Value) -> Result<Vec<Value>, String> {
        let mut values = values.clone();
        if release.chart != "gateway" {
            // The operator has the kinds itself, and knows what it runs on.
            lay(&mut values, "base", "enableCRDTemplates", json!(false));
            let on = self.case.draft.clusters.iter().find(|it| it.name == cluster);
            if on.is_some_and(|on| on.platform == "openshift") {
                lay(&mut values, "global", "platform", json!("openshift"));
            }
        }
        let said = self.rendered(cluster, release, &values);
        self.heard(&format!("{cluster}: chart {} of {}", release.chart, release.name), said)
    }

    fn take(&self, cluster: &str, resource: &Value) -> Result<(), String> {
        if !self.known {
            return Ok(());
        }
        let name = |path| resource.pointer(path).and_then(Value::as_str).unwrap_or_default();
        let what = format!("{cluster}: {} {}", name("/kind"), name("/metadata/name"));
        self.heard(&what, self.send(cluster, &[], &resource.to_string()))
    }
}

/// Puts a value into a map of values.
fn lay(values: &mut Value, map: &str, key: &str, value: Value) {
    if let Some(values) = values.as_object_mut()
        && let Some(map) = values.entry(map).or_insert(json!({})).as_object_mut()
    {
        map.insert(key.to_owned(), value);
    }
}
