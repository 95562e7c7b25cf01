//! istiod's own pod, and what has to be elsewhere for it.

use super::Report;
use super::mesh::{CONTAINER, Mesh, webhooks};
use crate::broken::End;
use crate::link::Link;
use crate::value::{list, text};

pub(super) fn follow(mesh: &Mesh, report: &mut Report) {
    let home = mesh.home.name.as_str();
    if mesh.env("EXTERNAL_ISTIOD") != Some("true") {
        let to = End::of("istiod that serves remote clusters", "true");
        report.add(Link::External, home, mesh.env_end("EXTERNAL_ISTIOD"), to);
    }
    volume(mesh, Link::MeshVolume, "/etc/istio/config", "mesh", report);
    volume(mesh, Link::InjectorVolume, "/var/lib/istio/inject", "values", report);
    configuration(mesh, report);
    patched(mesh, report);
    foreign(mesh, report);
    revisions(mesh, report);
    config_only(mesh, report);
}

/// What is mounted there is the ConfigMap that holds that key (0.15).
fn volume(mesh: &Mesh, link: Link, path: &str, key: &str, report: &mut Report) {
    let istiod = mesh.istiod.value();
    let mounts = list(istiod, &format!("{CONTAINER}/volumeMounts"));
    let volume = mounts.iter().find(|mount| text(mount, "/mountPath") == path).map(|mount| text(mount, "/name"));
    let volumes = list(istiod, "/spec/template/spec/volumes");
    let volume = volumes.iter().find(|it| Some(text(it, "/name")) == volume);
    let map = volume.map_or("", |volume| text(volume, "/configMap/name"));
    let held = mesh.home.get("ConfigMap", mesh.namespace(), map);
    if held.is_none_or(|map| map.value().pointer("/data").and_then(|data| data.get(key)).is_none()) {
        let from = mesh.istiod.end(&format!("volume at {path}"), map);
        let to = End::of(format!("ConfigMap with {key} in namespace {}", mesh.namespace()), "");
        report.add(link, &mesh.home.name, from, to);
    }
}

fn configuration(mesh: &Mesh, report: &mut Report) {
    let shared = mesh.env("SHARED_MESH_CONFIG").unwrap_or_default();
    if let Some(config) = mesh.config() {
        let found = config.cluster.get("ConfigMap", mesh.namespace(), shared);
        if found.is_none_or(|map| map.value().pointer("/data/mesh").is_none()) {
            let to = End::of(format!("ConfigMap in namespace {} of {}", mesh.namespace(), config.name()), "");
            report.add(Link::SharedMeshConfig, &mesh.home.name, mesh.env_end("SHARED_MESH_CONFIG"), to);
        }
    }
    let own = mesh.istiod.end("metadata.namespace", mesh.namespace());
    if let Some((map, said)) = &mesh.mesh {
        let from = map.end("data.mesh rootNamespace", text(said, "/rootNamespace"));
        report.same(Link::RootNamespace, &mesh.home.name, from, own);
    }
    if let Some((map, said)) = &mesh.injector {
        let from = map.end("data.values global.network", text(said, "/global/network"));
        if let Some((webhook, (_, network))) = mesh.config().and_then(|it| it.webhooks.first().zip(it.injected())) {
            report.same(Link::IstiodNetwork, &mesh.home.name, from, webhook.end(" network", network));
        }
    }
}

/// Webhooks that lead to a Service get istiod's CA from istiod; those with a URL must not (0.14).
fn patched(mesh: &Mesh, report: &mut Report) {
    let Some(config) = mesh.config() else {
        return;
    };
    let kinds = [
        ("INJECTION_WEBHOOK_CONFIG_NAME", "MutatingWebhookConfiguration"),
        ("VALIDATION_WEBHOOK_CONFIG_NAME", "ValidatingWebhookConfiguration"),
    ];
    for (name, kind) in kinds {
        for webhook in webhooks(config.cluster, kind) {
            let patches = mesh.env(name).is_some_and(|value| !value.is_empty());
            if patches != webhook.service().is_some() {
                report.add(Link::WebhookNames, &mesh.home.name, mesh.env_end(name), webhook.client_end());
            }
        }
    }
}

/// No webhook of istiod's own cluster leads to it: that cluster is no member of its mesh (0.22).
fn foreign(mesh: &Mesh, report: &mut Report) {
    for kind in ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"] {
        for webhook in webhooks(mesh.home, kind) {
            let namespace = webhook.service().map_or("", |service| text(service, "/namespace"));
            if namespace == mesh.namespace() || !webhook.url().is_empty() {
                let to = mesh.istiod.end("", mesh.istiod.name());
                report.add(Link::ForeignWebhook, &mesh.home.name, webhook.client_end(), to);
            }
        }
    }
}

fn revisions(mesh: &Mesh, report: &mut Report) {
    for member in &mesh.members {
        for webhook in &member.webhooks {
            let revision = text(webhook.found.value(), "/metadata/labels/istio.io~1rev");
            let from = webhook.found.end("metadata.labels istio.io/rev", revision);
            report.same(Link::Revision, member.name(), from, mesh.env_end("REVISION"));
        }
    }
}

/// A further remote cluster holds no configuration, so nothing of what serves that (0.21).
fn config_only(mesh: &Mesh, report: &mut Report) {
    for member in mesh.members.iter().filter(|member| !member.is_config) {
        let maps = member.cluster.all("ConfigMap").filter(|it| it.namespace() == mesh.namespace());
        let accounts = member.cluster.all("ServiceAccount").filter(|it| it.name().starts_with("istiod"));
        let validators = member.cluster.all("ValidatingWebhookConfiguration");
        for found in maps.chain(accounts).chain(validators) {
            let to = End::of("the config cluster alone", mesh.config().map_or("", |config| config.name()));
            report.add(Link::ConfigOnly, member.name(), found.end("", found.name()), to);
        }
    }
}
