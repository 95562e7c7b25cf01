//! helm's stand-in.

use super::call::Call;
use super::{Id, World, id};
use crate::broken::End;
use crate::chart;
use crate::link::Link;
use crate::value::set;
use serde_json::{Value, json};

impl World<'_> {
    pub(super) fn helm(&mut self, call: &Call) -> Result<String, String> {
        let context = call.flag("kube-context");
        let cluster = self.at(context).ok_or_else(|| format!("context {context:?} does not exist"))?;
        match call.verb(0) {
            "uninstall" => self.uninstall_release(cluster, call),
            "upgrade" => self.upgrade(cluster, call)?,
            verb => return Err(format!("helm {verb} has no stand-in")),
        }
        Ok(String::new())
    }

    /// `helm upgrade --install RELEASE CHART`
    fn upgrade(&mut self, cluster: usize, call: &Call) -> Result<(), String> {
        let (name, chart, version) = (call.verb(1), call.verb(2), call.flag("version"));
        if version != self.release {
            let on = self.clusters.get(cluster).map(|on| on.name.clone()).unwrap_or_default();
            let from = End::of(format!("helm chart of {name}"), version);
            self.report(Link::Release, &on, from, End::of("Istio's release", &self.release));
        }
        let path = call.flag("values");
        self.belongs(path, cluster);
        let mut values = self.values(path)?;
        for (path, value) in call.sets() {
            set(&mut values, &path, value);
        }
        let release = chart::Release { chart, name, namespace: call.flag("namespace"), minor: minor(version) };
        self.hold_namespace(cluster, &release, path, &values);
        self.install_chart(cluster, &release, &values, path)
    }

    /// Installs a release of a chart, whoever does that. Its objects are from `file`.
    pub(super) fn install_chart(
        &mut self,
        cluster: usize,
        release: &chart::Release,
        values: &Value,
        file: &str,
    ) -> Result<(), String> {
        let on = self.clusters.get(cluster).map_or("", |on| on.name.as_str());
        for object in self.tools.render(on, release, values)? {
            self.own(cluster, release, &object)?;
            self.apply(cluster, &object, file, "")?;
        }
        Ok(())
    }

    /// A part of the templates asks for the release's namespace, and a part for that of the values (0.11).
    fn hold_namespace(&mut self, cluster: usize, release: &chart::Release, path: &str, values: &Value) {
        let said = chart::istio_namespace(values);
        if release.chart != "gateway" && said != release.namespace {
            let from = End::of(format!("release {} --namespace", release.name), release.namespace);
            let to = End {
                file: path.to_owned(),
                field: "global.istioNamespace".to_owned(),
                ..End::of(format!("values of {}", release.name), said)
            };
            let on = self.clusters.get(cluster).map(|on| on.name.clone()).unwrap_or_default();
            self.report(Link::ReleaseNamespace, &on, from, to);
        }
    }

    /// One document, or none.
    fn values(&mut self, path: &str) -> Result<Value, String> {
        if path.is_empty() {
            return Ok(json!({}));
        }
        match self.files.documents(path)? {
            [] => Ok(json!({})),
            [one] => Ok(one.clone()),
            // It reads the first and is silent about the others.
            [first, ..] => {
                let first = first.clone();
                let from = End { file: path.to_owned(), ..End::of("documents", "several") };
                self.report(Link::Document, "", from, End::of("helm", "one document"));
                Ok(first)
            }
        }
    }

    /// Makes an object one of a release, which no other release and nobody else may have made.
    fn own(&mut self, cluster: usize, release: &chart::Release, object: &Value) -> Result<(), String> {
        let id = id(object, "", "")?;
        let Some(on) = self.clusters.get_mut(cluster) else {
            return Err("no such cluster".to_owned());
        };
        let made = on.releases.entry((release.namespace.to_owned(), release.name.to_owned())).or_default();
        if on.objects.contains_key(&id) && !made.contains(&id) {
            return Err(format!("{} {} exists and cannot be imported into release {}", id.kind, id.name, release.name));
        }
        made.insert(id);
        Ok(())
    }

    fn uninstall_release(&mut self, cluster: usize, call: &Call) {
        let Some(on) = self.clusters.get_mut(cluster) else {
            return;
        };
        let made: Option<Vec<Id>> = on
            .releases
            .get(&(call.flag("namespace").to_owned(), call.verb(1).to_owned()))
            .map(|made| made.iter().cloned().collect());
        on.removed.extend(made.into_iter().flatten());
    }
}

/// The minor of a release, as in `1.31.1`.
pub(super) fn minor(release: &str) -> u32 {
    release.split('.').nth(1).and_then(|minor| minor.parse().ok()).unwrap_or(u32::MAX)
}
