//! Names of clusters.

use super::Report;
use super::mesh::{CONTAINER, Member, Mesh};
use crate::broken::End;
use crate::link::Link;
use crate::value::{list, text};
use crate::world::Found;
use std::collections::BTreeSet;

pub(super) fn follow(mesh: &Mesh, report: &mut Report) {
    for member in &mesh.members {
        paths(mesh, member, report);
    }
    istiod(mesh, report);
    secrets(mesh, report);
}

/// What a webhook calls its cluster is what istiod calls it.
fn paths(mesh: &Mesh, member: &Member, report: &mut Report) {
    for webhook in &member.webhooks {
        let Some((cluster, _)) = webhook.names() else {
            let to = End::of("path that istiod reads", "/inject/cluster/NAME/net/NETWORK");
            report.add(Link::InjectionPath, member.name(), webhook.client_end(), to);
            continue;
        };
        let from = webhook.end(" cluster", cluster);
        if member.is_config {
            report.same(Link::InjectedCluster, member.name(), from.clone(), mesh.env_end("CLUSTER_ID"));
            report.same(Link::ClusterId, member.name(), mesh.env_end("CLUSTER_ID"), from);
            continue;
        }
        let secret = mesh.secrets.iter().find(|it| text(it.value(), "/data/cluster") == member.name());
        let none = || End::of(format!("remote secret with access to {}", member.name()), "");
        report.same(Link::InjectedCluster, member.name(), from, secret.map_or_else(none, key_end));
    }
}

fn key_end(secret: &Found) -> End {
    secret.end("data key", text(secret.value(), "/data/key"))
}

fn istiod(mesh: &Mesh, report: &mut Report) {
    if let Some((map, values)) = &mesh.injector {
        let from =
            map.end("data.values global.multiCluster.clusterName", text(values, "/global/multiCluster/clusterName"));
        report.same(Link::ClusterName, &mesh.home.name, from, mesh.env_end("CLUSTER_ID"));
    }
    let mut seen = BTreeSet::new();
    for variable in list(mesh.istiod.value(), &format!("{CONTAINER}/env")) {
        let name = text(variable, "/name");
        if !seen.insert(name) {
            let from = mesh.istiod.end("spec.template.spec.containers[0].env", name);
            report.add(Link::ClusterIdOnce, &mesh.home.name, from, mesh.env_end(name));
        }
    }
}

fn secrets(mesh: &Mesh, report: &mut Report) {
    let mut taken = vec![(mesh.id, mesh.env_end("CLUSTER_ID"))];
    for secret in &mesh.secrets {
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
            report.add(Link::ClusterLabel, &mesh.home.name, end, End::of("a DNS label", "a-z, 0-9 and -"));
        }
    }
}
