//! Names of clusters.

use super::Report;
use super::model::Model;
use super::plane::{CONTAINER, Member, Plane};
use super::webhook::Webhook;
use crate::broken::End;
use crate::link::Link;
use crate::value::{list, text};
use crate::world::Found;
use std::collections::BTreeSet;

pub(super) fn follow(model: &Model, report: &mut Report) {
    for plane in model.control_planes() {
        for member in &plane.members {
            paths(plane, member, report);
        }
        for (_, member) in model.members(plane) {
            known(model, plane, member, report);
        }
        istiod(plane, report);
        secrets(model, plane, report);
    }
}

/// Pods of a cluster are told its name by the path of its webhooks; beside istiod, by istiod itself.
fn paths(plane: &Plane, member: &Member, report: &mut Report) {
    for webhook in &member.webhooks {
        if webhook.names().is_none() && !(plane.is_home(member) && webhook.path() == "/inject") {
            let to = End::of("path that istiod reads", "/inject/cluster/NAME/net/NETWORK");
            report.add(Link::InjectionPath, member.name(), webhook.client_end(), to);
        }
    }
}

/// What its pods are told is what every istiod of the mesh calls a cluster.
fn known(model: &Model, plane: &Plane, member: &Member, report: &mut Report) {
    let own = plane.members.iter().any(|it| it.name() == member.name());
    let names = member.webhooks.iter().filter_map(Webhook::names).chain(member.names.clone());
    for from in names.map(|names| names.cluster) {
        if own && member.is_config {
            report.same(Link::InjectedCluster, member.name(), from.clone(), plane.env_end("CLUSTER_ID"));
            report.same(Link::ClusterId, member.name(), plane.env_end("CLUSTER_ID"), from);
            continue;
        }
        let none = || End::of(format!("remote secret with access to {}", member.name()), "");
        match model.access(plane, member.name()) {
            None if !own => report.add(Link::Peer, &plane.home.name, plane.istiod.end("", member.name()), none()),
            secret => report.same(Link::InjectedCluster, member.name(), from, secret.map_or_else(none, key_end)),
        }
    }
}

fn key_end(secret: Found) -> End {
    secret.end("data key", text(secret.value(), "/data/key"))
}

fn istiod(plane: &Plane, report: &mut Report) {
    if let Some((map, values)) = &plane.injector {
        let from =
            map.end("data.values global.multiCluster.clusterName", text(values, "/global/multiCluster/clusterName"));
        report.same(Link::ClusterName, &plane.home.name, from, plane.env_end("CLUSTER_ID"));
    }
    let mut seen = BTreeSet::new();
    for variable in list(plane.istiod.value(), &format!("{CONTAINER}/env")) {
        let name = text(variable, "/name");
        if !seen.insert(name) {
            let from = plane.istiod.end("spec.template.spec.containers[0].env", name);
            report.add(Link::ClusterIdOnce, &plane.home.name, from, plane.env_end(name));
        }
    }
}

fn secrets(model: &Model, plane: &Plane, report: &mut Report) {
    let mut taken = vec![(plane.id, plane.env_end("CLUSTER_ID"))];
    for secret in model.found(plane) {
        let key = text(secret.value(), "/data/key");
        let of = text(secret.value(), "/data/cluster");
        match taken.iter().find(|(name, _)| *name == key) {
            Some((_, other)) => report.add(Link::ClusterUnique, of, key_end(secret), other.clone()),
            None => taken.push((key, key_end(secret))),
        }
    }
    for (name, end) in taken {
        let inside = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let edge = |c: Option<char>| c.is_some_and(|c| inside(c) && c != '-');
        let label =
            name.len() < 64 && name.chars().all(inside) && edge(name.chars().next()) && edge(name.chars().last());
        if !label {
            report.add(Link::ClusterLabel, &plane.home.name, end, End::of("a DNS label", "a-z, 0-9 and -"));
        }
    }
}
