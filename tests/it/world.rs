//! A topology as its draft says it, beside what was made of it: the files parsed, the scripts as
//! commands. Expectations are put together here from the draft alone, never by core's `name.rs`.

use crate::case::{self, Case};
use crate::commands;
use crate::documents::{self, Document, list, text};
use meshwright_core::Output;
use meshwright_core::draft::{Address, Cluster, ClusterRef, ControlPlane, Draft};
use serde_json::Value;
use std::sync::{Arc, LazyLock};

/// A draft of one control plane, and its output.
pub(crate) struct World {
    pub(crate) name: String,
    pub(crate) draft: Draft,
    pub(crate) output: Output,
    pub(crate) documents: Arc<Vec<Document>>,
}

/// The cases and their documents, parsed once for all tests: that takes longer than everything else.
static CASES: LazyLock<Vec<(Case, Arc<Vec<Document>>)>> = LazyLock::new(|| {
    let with = |case: Case| {
        let documents = Arc::new(documents::of(&case::output(&case.draft).bundle));
        (case, documents)
    };
    case::all().into_iter().map(with).collect()
});

/// Whether istioctl installs a draft's one control plane, which runs outside of its mesh. `methods` compares
/// what Helm and Sail get with what istioctl gets.
fn is_external(draft: &Draft) -> bool {
    let planes: Vec<&ControlPlane> = draft.control_planes().collect();
    !matches!(draft.install_method.as_str(), "helm" | "sail")
        && matches!(planes[..], [plane] if plane.cluster != plane.config_cluster)
}

impl World {
    pub(crate) fn of(name: &str, draft: Draft) -> Self {
        let output = case::output(&draft);
        let documents = Arc::new(documents::of(&output.bundle));
        World { name: name.to_owned(), draft, output, documents }
    }

    /// Every case of one external control plane.
    pub(crate) fn all() -> Vec<World> {
        let world = |(case, documents): &(Case, Arc<Vec<Document>>)| World {
            name: case.name.clone(),
            draft: case.draft.clone(),
            output: case::output(&case.draft),
            documents: Arc::clone(documents),
        };
        CASES.iter().filter(|(case, _)| is_external(&case.draft)).map(world).collect()
    }

    pub(crate) fn plane(&self) -> &ControlPlane {
        &self.draft.meshes[0].control_planes[0]
    }

    pub(crate) fn address(&self) -> &Address {
        &self.plane().address
    }

    /// Whether istiod has a DNS name, which is also what an empty field means.
    pub(crate) fn is_dns(&self) -> bool {
        matches!(self.address().kind.as_str(), "" | "dns")
    }

    pub(crate) fn is_discovered(&self) -> bool {
        self.address().kind == "discovered"
    }

    /// The address as files have it; empty where only install.sh knows it.
    pub(crate) fn istiod_address(&self) -> &str {
        if self.is_dns() { &self.address().host } else { &self.address().ip }
    }

    pub(crate) fn namespace(&self) -> &str {
        &self.plane().namespace
    }

    /// `name`, with the revision after it where there is one.
    pub(crate) fn revised(&self, name: &str) -> String {
        match self.plane().revision.as_str() {
            "" => name.to_owned(),
            revision => format!("{name}-{revision}"),
        }
    }

    fn cluster(&self, to: &ClusterRef) -> &Cluster {
        self.draft.clusters.iter().find(|cluster| to.is(cluster.key)).unwrap()
    }

    /// The cluster that istiod runs on.
    pub(crate) fn external(&self) -> &Cluster {
        self.cluster(&self.plane().cluster)
    }

    /// The config cluster.
    pub(crate) fn config(&self) -> &Cluster {
        self.cluster(&self.plane().config_cluster)
    }

    /// The further remote clusters.
    pub(crate) fn remotes(&self) -> Vec<&Cluster> {
        self.plane().remote_clusters.iter().map(|to| self.cluster(to)).collect()
    }

    /// The clusters of the mesh, the config cluster first.
    pub(crate) fn members(&self) -> Vec<&Cluster> {
        std::iter::once(self.config()).chain(self.remotes()).collect()
    }

    /// The one document of that kind and name on a cluster.
    pub(crate) fn object(&self, cluster: &str, kind: &str, name: &str) -> &Value {
        let mut found = self.documents.iter().filter(|document| {
            document.cluster == cluster
                && text(&document.value, "/kind") == kind
                && text(&document.value, "/metadata/name") == name
        });
        let one = found.next().unwrap_or_else(|| panic!("{}: no {kind} {name} on {cluster}", self.name));
        assert!(found.next().is_none(), "{}: {kind} {name} twice on {cluster}", self.name);
        &one.value
    }

    /// Every document of that kind, with its cluster.
    pub(crate) fn of_kind(&self, kind: &str) -> Vec<(&str, &Value)> {
        let documents = self.documents.iter().filter(|document| text(&document.value, "/kind") == kind);
        documents.map(|document| (document.cluster.as_str(), &document.value)).collect()
    }

    /// The operator file of istiod.
    pub(crate) fn istiod(&self) -> &Value {
        self.object(&self.external().name, "IstioOperator", "external-istiod")
    }

    /// The operator file by which a member is managed.
    pub(crate) fn remote(&self, member: &str) -> &Value {
        // 1.15 calls it external.
        let is_remote = |operator: &Value| matches!(text(operator, "/spec/profile"), "remote" | "external");
        let mut found = self
            .of_kind("IstioOperator")
            .into_iter()
            .filter(|(cluster, operator)| *cluster == member && is_remote(operator));
        let (_, one) = found.next().unwrap_or_else(|| panic!("{}: nothing manages {member}", self.name));
        assert!(found.next().is_none(), "{}: {member} is managed twice", self.name);
        one
    }

    /// A variable of istiod's environment; it stands there once.
    pub(crate) fn env(&self, name: &str) -> &str {
        let list = list(self.istiod(), "/spec/components/pilot/k8s/env");
        let found: Vec<&Value> = list.iter().filter(|variable| text(variable, "/name") == name).collect();
        assert_eq!(found.len(), 1, "{}: {name}", self.name);
        found[0].pointer("/value").and_then(Value::as_str).unwrap_or_else(|| panic!("{name} is no text"))
    }

    pub(crate) fn file(&self, path: &str) -> &str {
        &self.output.bundle.file(path).unwrap().text
    }

    /// The commands of a script, without the bodies of its functions.
    pub(crate) fn commands(&self, script: &str) -> Vec<String> {
        commands::of(self.file(script))
    }

    /// Index of the one command of install.sh in which all `parts` are.
    pub(crate) fn step(&self, parts: &[&str]) -> usize {
        let steps = self.steps(parts);
        assert_eq!(steps.len(), 1, "{}: {parts:?} in install.sh: {steps:?}", self.name);
        steps[0]
    }

    /// Indexes of the commands of install.sh in which all `parts` are.
    pub(crate) fn steps(&self, parts: &[&str]) -> Vec<usize> {
        let commands = self.commands("install.sh");
        let has = |command: &String| parts.iter().all(|part| commands::has(command, part));
        (0..commands.len()).filter(|&index| has(&commands[index])).collect()
    }
}

/// `"${CTX_CLUSTER1}"`: a cluster's context, as scripts have it.
pub(crate) fn context(cluster: &Cluster) -> String {
    format!("\"${{CTX_{}}}\"", cluster.name.to_uppercase().replace('-', "_"))
}
