//! Meshes of several control planes: one ID, one root of all certificates, and nothing shared with other
//! meshes.

use super::Report;
use super::model::{Model, root};
use super::plane::Plane;
use crate::broken::End;
use crate::link::Link;
use crate::world::{Certificate, Found, key};

pub(super) fn follow(model: &Model, report: &mut Report) {
    for plane in model.control_planes() {
        let home = plane.home.name.as_str();
        let Some(own) = plane.mesh_id() else {
            continue;
        };
        let mut alone = true;
        for peer in model.mesh(plane).filter(|peer| !peer.is(plane)) {
            alone = false;
            if let Some(other) = peer.mesh_id() {
                report.same(Link::MeshId, home, own.clone(), other);
            }
            same_root(plane, peer, report);
        }
        if !alone {
            certificates(plane, report);
        }
        for other in model.control_planes().filter(|other| !model.mesh(plane).any(|it| it.is(other))) {
            if let Some(id) = other.mesh_id().filter(|id| id.value == own.value) {
                report.add(Link::MeshIdApart, home, own.clone(), id);
            }
        }
    }
}

fn cacerts<'w>(plane: &Plane<'w>) -> Option<Found<'w>> {
    plane.home.get("Secret", plane.namespace(), "cacerts")
}

fn end(plane: &Plane, field: &str, value: impl Into<String>) -> End {
    let field = format!("data {field}");
    let none = || End::of(format!("Secret {}/cacerts on {}", plane.namespace(), plane.home.name), "");
    cacerts(plane).map_or_else(none, |found| found.end(&field, value))
}

/// Workloads trust each other across control planes by one root (0.31).
fn same_root(plane: &Plane, peer: &Plane, report: &mut Report) {
    let said = |plane: &Plane| root(plane).map_or_else(String::new, |key| format!("root of key {key}"));
    let [from, to] = [plane, peer].map(|it| end(it, "root-cert.pem", said(it)));
    if from.value.is_empty() || from.value != to.value {
        report.add(Link::Root, &plane.home.name, from, to);
    }
}

/// What istiod is given: a CA's certificate, its key, and what leads from there to the root.
fn certificates(plane: &Plane, report: &mut Report) {
    let Some(secret) = cacerts(plane) else {
        return;
    };
    let home = plane.home.name.as_str();
    let held = |name: &str| {
        let data = secret.value().pointer("/data").and_then(|data| data.get(name));
        data.and_then(serde_json::Value::as_str).unwrap_or_default()
    };
    let own = Certificate::all(held("ca-cert.pem"));
    let chain = Certificate::all(held("cert-chain.pem"));
    let own = own.first();
    let signs = own.is_some_and(|it| it.ca && key(held("ca-key.pem")) == Some(it.key));
    if !signs {
        let to = end(plane, "ca-key.pem", held("ca-key.pem").trim());
        report.add(Link::CaChain, home, end(plane, "ca-cert.pem", held("ca-cert.pem").trim()), to);
    }
    let leads = own.is_some_and(|own| {
        own.by == root(plane).unwrap_or_default() && chain.first().is_some_and(|first| first.key == own.key)
    });
    if !leads {
        let to = end(plane, "root-cert.pem", held("root-cert.pem").trim());
        report.add(Link::CaChain, home, end(plane, "cert-chain.pem", held("cert-chain.pem").trim()), to);
    }
    // Alone istiod signs with a root of its own, and workloads that have certificates of it keep them.
    if secret.object.since > plane.istiod.object.since {
        report.add(Link::RootFirst, home, plane.istiod.end("", "earlier"), secret.end("", "later"));
    }
}
