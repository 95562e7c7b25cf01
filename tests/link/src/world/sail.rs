//! The Sail operator's stand-in: what it installs for its resources, once they are applied.

use super::call::Call;
use super::helm::minor;
use super::{Id, World};
use crate::broken::End;
use crate::chart;
use crate::link::Link;
use crate::value::{merge, set, text};
use serde_json::{Value, json};

impl World<'_> {
    /// Has the operator act, if an object is one of its resources.
    pub(super) fn reconcile(&mut self, cluster: usize, value: &Value, file: &str) -> Result<(), String> {
        let api = text(value, "/apiVersion");
        if !api.starts_with("sailoperator.io/") {
            return Ok(());
        }
        let (kind, name) = (text(value, "/kind"), text(value, "/metadata/name"));
        let (version, namespace) = (text(value, "/spec/version"), text(value, "/spec/namespace"));
        if api != "sailoperator.io/v1" || version.is_empty() || namespace.is_empty() {
            return Err(format!("{kind} {name} is invalid: {api}, version {version:?}, namespace {namespace:?}"));
        }
        if version.strip_prefix('v') != Some(&self.release) {
            let on = self.clusters.get(cluster).map(|on| on.name.clone()).unwrap_or_default();
            let from = End { file: file.to_owned(), ..End::of(format!("{kind} {name}"), version) };
            self.report(Link::Release, &on, from, End::of("Istio's release", &self.release));
        }
        let on = self.clusters.get(cluster).map_or("", |on| on.name.as_str());
        self.tools.take(on, value)?;
        match kind {
            "Istio" => self.install_istio(cluster, value, file),
            "IstioCNI" if name == "default" => {
                let values = value.pointer("/spec/values").cloned().unwrap_or(json!({}));
                let minor = minor(&self.release);
                let release = chart::Release { chart: "cni", name: "default-cni", namespace, minor };
                self.install_chart(cluster, &release, &values, file)
            }
            kind => Err(format!("{kind} {name} is refused")),
        }
    }

    /// Chart `istiod`, and chart `base` for the revision that is called none. A resource's name is its revision.
    fn install_istio(&mut self, cluster: usize, istio: &Value, file: &str) -> Result<(), String> {
        let (name, namespace) = (text(istio, "/metadata/name"), text(istio, "/spec/namespace"));
        let mut values = istio.pointer("/spec/values").cloned().unwrap_or(json!({}));
        let said = text(&values, "/global/istioNamespace");
        if !said.is_empty() && said != namespace {
            return Err(format!("Istio {name}: spec.values.global.istioNamespace must match spec.namespace"));
        }
        let default = name == "default";
        set(&mut values, "global.istioNamespace", json!(namespace));
        // The operator's other profiles have no values.
        if text(istio, "/spec/profile") == "remote" {
            set(&mut values, "profile", json!("remote"));
        }
        set(&mut values, "revision", json!(if default { "" } else { name }));
        let minor = minor(&self.release);
        // The operator alone decides of the default validator.
        set(&mut values, "defaultRevision", json!(if matches!(minor, 28 | 29) { "" } else { "default" }));
        for chart in ["base", "istiod"].into_iter().filter(|chart| default || *chart == "istiod") {
            let release = chart::Release { chart, name: &format!("{name}-{chart}"), namespace, minor };
            // What chart `base` brings is nothing that the resource asks for.
            let file = if chart == "base" { "" } else { file };
            self.install_chart(cluster, &release, &values, file)?;
        }
        Ok(())
    }

    /// What the operator removes before a resource of its is gone.
    pub(super) fn finalize(&mut self, cluster: usize, istio: &Value) -> Vec<Id> {
        let (name, namespace) = (text(istio, "/metadata/name"), text(istio, "/spec/namespace"));
        let charts: &[&str] = match text(istio, "/kind") {
            "Istio" => &["base", "istiod"],
            "IstioCNI" => &["cni"],
            _ => &[],
        };
        let Some(on) = self.clusters.get(cluster) else { return Vec::new() };
        let made = |chart| on.releases.get(&(namespace.to_owned(), format!("{name}-{chart}")));
        charts.iter().filter_map(made).flatten().cloned().collect()
    }

    /// `kubectl wait --for=condition=Ready istios/default`, and for a Gateway of the Gateway API. What leads to an
    /// istiod elsewhere is ready once that answers, which install.sh sees by a pod that would be injected.
    pub(super) fn wait(&self, cluster: usize, call: &Call) -> Result<String, String> {
        let (kind, name) = call.verb(1).split_once('/').unwrap_or_default();
        let kind = match kind {
            "istios" => "Istio",
            "istiocnis" => "IstioCNI",
            "gateways.gateway.networking.k8s.io" => "Gateway",
            kind => return Err(format!("kubectl wait for {kind} has no stand-in")),
        };
        let on = self.clusters.get(cluster);
        let found = on
            .and_then(|on| on.get(kind, call.flag("namespace"), name))
            .ok_or_else(|| format!("{kind} {name} is not found"))?;
        let leads = text(found.value(), "/spec/profile") == "remote";
        let answers = on.is_some_and(|on| !on.probes.is_empty());
        match call.flag("for") {
            "condition=Ready" if leads && !answers => Err(format!("timed out waiting for {kind} {name}")),
            "condition=Ready" | "condition=Reconciled" | "condition=Programmed" => Ok(String::new()),
            other => Err(format!("kubectl wait --for={other} has no stand-in")),
        }
    }

    /// `kubectl patch --local --type=merge`, of a file or of what came before.
    pub(super) fn patch(&self, call: &Call, input: &str) -> Result<String, String> {
        let over: Value = serde_json::from_str(call.flag("patch")).map_err(|error| error.to_string())?;
        let path = call.flag("filename");
        let mut objects = Vec::new();
        if path == "-" {
            for line in input.lines() {
                objects.push(super::local::object(line)?);
            }
        } else {
            objects.extend(self.files.documents(path)?.iter().map(|it| (it.clone(), path.to_owned())));
        }
        let lines = objects.into_iter().map(|(mut object, file)| {
            merge(&mut object, &over);
            super::local::line(object, &file)
        });
        Ok(lines.collect())
    }
}
