//! The files that istioctl reads.

use super::Report;
use super::model::Model;
use crate::broken::End;
use crate::link::Link;
use crate::value::{list, text};
use serde_json::Value;
use std::collections::BTreeMap;

const NAMESPACE: &str = "/spec/values/global/istioNamespace";

pub(super) fn follow(model: &Model, report: &mut Report) {
    for cluster in &model.world.clusters {
        // By these istioctl knows what it installed (0.33).
        let mut names: BTreeMap<[&str; 3], &str> = BTreeMap::new();
        for (file, operator) in &cluster.operators {
            let name = text(operator, "/metadata/name");
            let own = [name, text(operator, NAMESPACE), text(operator, "/spec/revision")];
            let other = names.insert(own, file);
            if name.is_empty() || other.is_some() {
                let from = end(file, "metadata.name", name);
                let to = End { file: other.unwrap_or_default().to_owned(), ..End::of("other IstioOperator", name) };
                report.add(Link::OperatorName, &cluster.name, from, to);
            }
            namespaces(model, &cluster.name, file, operator, report);
        }
    }
}

fn end(file: &str, field: &str, value: &str) -> End {
    End { file: file.to_owned(), object: "IstioOperator".to_owned(), field: field.to_owned(), value: value.to_owned() }
}

/// Everything but the gateway in front of istiod is in istiod's namespace (0.11).
fn namespaces(model: &Model, cluster: &str, file: &str, operator: &Value, report: &mut Report) {
    let said = text(operator, NAMESPACE);
    let said = if said.is_empty() { "istio-system" } else { said };
    let value = end(file, "spec.values.global.istioNamespace", said);
    if let Some((plane, _)) = model.manager(cluster).filter(|(plane, _)| !plane.drives) {
        let to = plane.istiod.end("metadata.namespace", plane.namespace());
        report.same(Link::Namespace, cluster, value.clone(), to);
    }
    let own = text(operator, "/metadata/namespace");
    if !own.is_empty() {
        report.same(Link::OperatorNamespace, cluster, end(file, "metadata.namespace", own), value.clone());
    }
    for kind in ["ingressGateways", "egressGateways"] {
        for gateway in list(operator, &format!("/spec/components/{kind}")) {
            let own = text(gateway, "/namespace");
            if !own.is_empty() {
                let from = end(file, &format!("spec.components.{kind}.namespace"), own);
                report.same(Link::OperatorNamespace, cluster, from, value.clone());
            }
        }
    }
}
