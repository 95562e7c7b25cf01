//! What would stand on each cluster after install.sh, and since when.

mod call;
mod disk;
mod helm;
mod istioctl;
mod kubectl;
mod local;
mod run;
mod sail;

use crate::broken::{Broken, End};
use crate::files::Files;
use crate::link::Link;
use crate::tools::Tools;
use crate::value::{merge, text};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) use disk::{Certificate, key};

/// Every cluster, and what was found while the script ran.
pub(crate) struct World<'f> {
    pub(crate) files: &'f Files,
    pub(crate) clusters: Vec<Cluster>,
    pub(crate) broken: Vec<Broken>,
    tools: &'f dyn Tools,
    /// Istio's release, as the bundle's input names it.
    release: String,
    clock: u32,
    /// What the script wrote.
    disk: BTreeMap<String, String>,
    /// Private keys made so far.
    keys: u64,
}

/// A cluster, called after its folder.
#[derive(Default)]
pub(crate) struct Cluster {
    pub(crate) name: String,
    pub(crate) context: String,
    pub(crate) objects: BTreeMap<Id, Object>,
    pub(crate) probes: Vec<Probe>,
    /// What each release of a chart made, by its namespace and name.
    releases: BTreeMap<(String, String), BTreeSet<Id>>,
    /// What uninstall.sh removes.
    pub(crate) removed: BTreeSet<Id>,
    /// Files that istioctl read, with whether it installed them itself.
    pub(crate) operators: Vec<(String, Value)>,
}

/// What tells objects of a cluster apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Id {
    pub(crate) kind: String,
    /// Empty for what is in no namespace.
    pub(crate) namespace: String,
    pub(crate) name: String,
}

/// An object on a cluster.
pub(crate) struct Object {
    pub(crate) value: Value,
    /// The file that it is from; empty where a command made it.
    pub(crate) file: String,
    /// When it was made.
    pub(crate) since: u32,
    /// When it was last changed.
    pub(crate) changed: u32,
}

/// A pod that install.sh asked an API server for, without making it.
pub(crate) struct Probe {
    pub(crate) namespace: String,
    pub(crate) labels: Value,
    pub(crate) at: u32,
}

/// An object where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Found<'w> {
    pub(crate) cluster: &'w Cluster,
    pub(crate) id: &'w Id,
    pub(crate) object: &'w Object,
}

impl<'w> Found<'w> {
    pub(crate) fn value(&self) -> &'w Value {
        &self.object.value
    }

    pub(crate) fn namespace(&self) -> &'w str {
        &self.id.namespace
    }

    pub(crate) fn name(&self) -> &'w str {
        &self.id.name
    }

    /// A field of it with what stands there.
    pub(crate) fn end(&self, field: &str, value: impl Into<String>) -> End {
        let namespace = if self.id.namespace.is_empty() { String::new() } else { format!("{}/", self.id.namespace) };
        End {
            file: self.object.file.clone(),
            object: format!("{} {namespace}{}", self.id.kind, self.id.name),
            field: field.to_owned(),
            value: value.into(),
        }
    }
}

impl Cluster {
    /// Every object of a kind.
    pub(crate) fn all<'c>(&'c self, kind: &str) -> impl Iterator<Item = Found<'c>> + use<'c> {
        let kind = kind.to_owned();
        let of_kind = self.objects.iter().filter(move |(id, _)| id.kind == kind);
        of_kind.map(|(id, object)| Found { cluster: self, id, object })
    }

    pub(crate) fn get(&self, kind: &str, namespace: &str, name: &str) -> Option<Found<'_>> {
        let id = Id { kind: kind.to_owned(), namespace: namespace.to_owned(), name: name.to_owned() };
        let (id, object) = self.objects.get_key_value(&id)?;
        Some(Found { cluster: self, id, object })
    }
}

impl<'f> World<'f> {
    /// Nothing is installed yet. A cluster is a folder.
    pub(crate) fn new(files: &'f Files, tools: &'f dyn Tools) -> Self {
        let folders: BTreeSet<&str> = files.paths().filter_map(|path| path.split_once('/')).map(|it| it.0).collect();
        let cluster = |name: &str| Cluster { name: name.to_owned(), ..Cluster::default() };
        let input = files.documents("meshwright.yaml").ok().and_then(<[Value]>::first);
        World {
            files,
            clusters: folders.into_iter().map(cluster).collect(),
            broken: Vec::new(),
            tools,
            release: input.map(|input| text(input, "/istio/version").to_owned()).unwrap_or_default(),
            clock: 0,
            disk: BTreeMap::new(),
            keys: 0,
        }
    }

    pub(crate) fn report(&mut self, link: Link, cluster: &str, from: End, to: End) {
        let broken = Broken { link, cluster: cluster.to_owned(), from, to };
        if !self.broken.contains(&broken) {
            self.broken.push(broken);
        }
    }

    /// Puts an object on a cluster, as `kubectl apply` does.
    fn apply(&mut self, cluster: usize, value: &Value, file: &str, namespace: &str) -> Result<(), String> {
        let id = id(value, file, namespace)?;
        let clock = self.clock;
        let Some(on) = self.clusters.get_mut(cluster) else {
            return Err("no such cluster".to_owned());
        };
        let absent = !matches!(id.namespace.as_str(), "" | "default" | "kube-system")
            && on.get("Namespace", "", &id.namespace).is_none();
        let on_name = on.name.clone();
        let new = || Object { value: json!({}), file: String::new(), since: clock, changed: clock };
        let object = on.objects.entry(id.clone()).or_insert_with(new);
        let before = object.value.clone();
        merge(&mut object.value, value);
        if object.value != before {
            object.changed = clock;
        }
        file.clone_into(&mut object.file);
        if absent {
            let from = End { file: file.to_owned(), ..End::of(format!("{} {}", id.kind, id.name), &id.namespace) };
            self.report(Link::NamespaceFirst, &on_name, from, End::of("Namespace", ""));
        }
        Ok(())
    }

    /// Makes a namespace without labels, as istioctl does where there is none.
    fn ensure_namespace(&mut self, cluster: usize, name: &str) {
        if self.clusters.get(cluster).is_some_and(|on| on.get("Namespace", "", name).is_none()) {
            let namespace = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}});
            let _ = self.apply(cluster, &namespace, "", "");
        }
    }
}

/// What tells an object apart that goes to a namespace by what it says itself, or else by a command.
fn id(value: &Value, file: &str, namespace: &str) -> Result<Id, String> {
    const IN_NONE: [&str; 8] = [
        "Namespace",
        "MutatingWebhookConfiguration",
        "ValidatingWebhookConfiguration",
        "ClusterRole",
        "ClusterRoleBinding",
        "CustomResourceDefinition",
        "Istio",
        "IstioCNI",
    ];
    let (kind, name) = (text(value, "/kind").to_owned(), text(value, "/metadata/name").to_owned());
    if kind.is_empty() || name.is_empty() {
        return Err(format!("{file}: an object without kind or name"));
    }
    let said = text(value, "/metadata/namespace");
    if !said.is_empty() && !namespace.is_empty() && said != namespace {
        return Err(format!("{kind} {name} is in namespace {said}, and --namespace={namespace}"));
    }
    let namespace = match [said, namespace].into_iter().find(|it| !it.is_empty()) {
        _ if IN_NONE.contains(&kind.as_str()) => "",
        None => "default",
        Some(namespace) => namespace,
    };
    Ok(Id { kind, namespace: namespace.to_owned(), name })
}
