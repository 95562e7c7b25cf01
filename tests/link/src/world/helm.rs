//! helm's stand-in.

use super::call::Call;
use super::{Id, World};
use crate::broken::End;
use crate::link::Link;
use crate::operator::gateway_chart;
use serde_json::json;

impl World<'_> {
    pub(super) fn helm(&mut self, call: &Call) -> Result<String, String> {
        let context = call.flag("kube-context");
        let cluster = self.at(context).ok_or_else(|| format!("context {context:?} does not exist"))?;
        let name = self.clusters.get(cluster).map(|on| on.name.clone()).unwrap_or_default();
        match (call.verb(0), call.verb(1), call.verb(2)) {
            ("uninstall", release, _) => {
                let of = |id: &Id| id.name == release && id.namespace == call.flag("namespace");
                if let Some(on) = self.clusters.get_mut(cluster) {
                    let own: Vec<Id> = on.objects.keys().filter(|id| of(id)).cloned().collect();
                    on.removed.extend(own);
                }
                Ok(String::new())
            }
            ("upgrade", release, "gateway") => {
                let version = call.flag("version");
                if version != self.release {
                    let from = End::of(format!("helm chart of {release}"), version);
                    let to = End::of("Istio's release", &self.release);
                    self.report(Link::Release, &name, from, to);
                }
                let path = call.flag("values");
                self.belongs(path, cluster);
                let values = match path {
                    "" => json!({}),
                    path => self.files.documents(path)?.first().cloned().unwrap_or(json!({})),
                };
                let minor = version.split('.').nth(1).and_then(|minor| minor.parse().ok()).unwrap_or(u32::MAX);
                for object in gateway_chart(release, call.flag("namespace"), minor, &values) {
                    self.apply(cluster, &object, path, "")?;
                }
                Ok(String::new())
            }
            (verb, _, chart) => Err(format!("helm {verb} of chart {chart} has no stand-in")),
        }
    }
}
