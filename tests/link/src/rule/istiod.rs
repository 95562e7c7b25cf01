//! istiod's own pod, and what has to be elsewhere for it.

use super::Report;
use super::model::Model;
use super::plane::{CONTAINER, Plane};
use super::webhook::webhooks;
use crate::broken::End;
use crate::chart::shows_values;
use crate::link::Link;
use crate::value::{list, text};

pub(super) fn follow(model: &Model, report: &mut Report) {
    for plane in model.control_planes() {
        if plane.members.iter().any(|member| !plane.is_home(member)) && plane.env("EXTERNAL_ISTIOD") != Some("true") {
            let to = End::of("istiod that serves remote clusters", "true");
            report.add(Link::External, &plane.home.name, plane.env_end("EXTERNAL_ISTIOD"), to);
        }
        if plane.external {
            volume(plane, Link::MeshVolume, "/etc/istio/config", "mesh", report);
            volume(plane, Link::InjectorVolume, "/var/lib/istio/inject", "values", report);
            shared(plane, report);
            foreign(plane, report);
        }
        configuration(plane, report);
        patched(plane, report);
        revisions(plane, report);
        config_only(plane, report);
    }
}

/// What is mounted there is the ConfigMap that holds that key (0.15).
fn volume(plane: &Plane, link: Link, path: &str, key: &str, report: &mut Report) {
    let istiod = plane.istiod.value();
    let mounts = list(istiod, &format!("{CONTAINER}/volumeMounts"));
    let volume = mounts.iter().find(|mount| text(mount, "/mountPath") == path).map(|mount| text(mount, "/name"));
    let volumes = list(istiod, "/spec/template/spec/volumes");
    let volume = volumes.iter().find(|it| Some(text(it, "/name")) == volume);
    let map = volume.map_or("", |volume| text(volume, "/configMap/name"));
    let held = plane.home.get("ConfigMap", plane.namespace(), map);
    if held.is_none_or(|map| map.value().pointer("/data").and_then(|data| data.get(key)).is_none()) {
        let from = plane.istiod.end(&format!("volume at {path}"), map);
        let to = End::of(format!("ConfigMap with {key} in namespace {}", plane.namespace()), "");
        report.add(link, &plane.home.name, from, to);
    }
}

fn shared(plane: &Plane, report: &mut Report) {
    let shared = plane.env("SHARED_MESH_CONFIG").unwrap_or_default();
    if let Some(config) = plane.config() {
        let found = config.cluster.get("ConfigMap", plane.namespace(), shared);
        if found.is_none_or(|map| map.value().pointer("/data/mesh").is_none()) {
            let to = End::of(format!("ConfigMap in namespace {} of {}", plane.namespace(), config.name()), "");
            report.add(Link::SharedMeshConfig, &plane.home.name, plane.env_end("SHARED_MESH_CONFIG"), to);
        }
    }
}

fn configuration(plane: &Plane, report: &mut Report) {
    let own = plane.istiod.end("metadata.namespace", plane.namespace());
    if let Some((map, said)) = &plane.mesh {
        let from = map.end("data.mesh rootNamespace", text(said, "/rootNamespace"));
        report.same(Link::RootNamespace, &plane.home.name, from, own);
    }
    if let Some((map, said)) = &plane.injector {
        let from = map.end("data.values global.network", text(said, "/global/network"));
        if let Some(names) = plane.config().and_then(|it| it.names.as_ref()) {
            report.same(Link::IstiodNetwork, &plane.home.name, from, names.network.clone());
        }
    }
}

/// Webhooks that lead to a Service get istiod's CA from istiod; those with a URL must not (0.14). Where
/// istiod is told nothing, it has a name.
fn patched(plane: &Plane, report: &mut Report) {
    let kinds = [
        ("INJECTION_WEBHOOK_CONFIG_NAME", "MutatingWebhookConfiguration"),
        ("VALIDATION_WEBHOOK_CONFIG_NAME", "ValidatingWebhookConfiguration"),
    ];
    for (name, kind) in kinds {
        let patches = plane.env(name).is_none_or(|value| !value.is_empty());
        for webhook in plane.members.iter().flat_map(|member| webhooks(member.cluster, kind)) {
            if patches != webhook.service().is_some() {
                report.add(Link::WebhookNames, &plane.home.name, plane.env_end(name), webhook.client_end());
            }
        }
    }
}

/// No webhook of istiod's own cluster leads to it: that cluster is no member of its mesh (0.22).
fn foreign(plane: &Plane, report: &mut Report) {
    for kind in ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"] {
        for webhook in webhooks(plane.home, kind) {
            let namespace = webhook.service().map_or("", |service| text(service, "/namespace"));
            if namespace == plane.namespace() || !webhook.url().is_empty() {
                let to = plane.istiod.end("", plane.istiod.name());
                report.add(Link::ForeignWebhook, &plane.home.name, webhook.client_end(), to);
            }
        }
    }
}

fn revisions(plane: &Plane, report: &mut Report) {
    for member in &plane.members {
        for webhook in member.webhooks.iter().filter(|it| !it.is_tag()) {
            let revision = text(webhook.found.value(), "/metadata/labels/istio.io~1rev");
            let from = webhook.found.end("metadata.labels istio.io/rev", revision);
            report.same(Link::Revision, member.name(), from, plane.env_end("REVISION"));
        }
    }
}

/// A further remote cluster holds no configuration, so nothing of what serves that (0.21).
fn config_only(plane: &Plane, report: &mut Report) {
    for member in plane.members.iter().filter(|member| !member.is_config) {
        let maps = member
            .cluster
            .all("ConfigMap")
            .filter(|it| it.namespace() == plane.namespace() && !shows_values(it.name()));
        let accounts = member.cluster.all("ServiceAccount").filter(|it| it.name().starts_with("istiod"));
        let validators = member.cluster.all("ValidatingWebhookConfiguration");
        // What istioctl makes beside is in no file.
        for found in maps.chain(accounts).chain(validators).filter(|it| !it.object.file.is_empty()) {
            let to = End::of("the config cluster alone", plane.config().map_or("", |config| config.name()));
            report.add(Link::ConfigOnly, member.name(), found.end("", found.name()), to);
        }
        for (file, operator) in &member.cluster.operators {
            let said = text(operator, "/spec/values/defaultRevision");
            if !said.is_empty() {
                let field = "spec.values.defaultRevision".to_owned();
                let from = End { file: file.clone(), field, ..End::of("IstioOperator", said) };
                report.add(Link::ConfigOnly, member.name(), from, End::of("the config cluster alone", ""));
            }
        }
    }
}
