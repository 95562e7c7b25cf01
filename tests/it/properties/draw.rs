//! Random drafts: right ones, and right ones in which some texts are changed for any others.

mod planes;
mod tangle;

use meshwright_core::check::check;
use meshwright_core::draft::{At, Cluster, Draft, Key, Sample};
use meshwright_core::field::Field;
use meshwright_core::problem::Kind;
use meshwright_core::{version, yaml};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any as anything, prop_oneof};
use proptest::sample::{Index, select};
use std::fmt;

/// A draft in which texts were changed.
#[derive(Clone)]
pub(super) struct Typed {
    pub(super) draft: Draft,
    /// The draft before.
    pub(super) right: Draft,
    /// Where it was changed.
    pub(super) changed: Vec<At>,
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let changes = self.changed.iter().map(|&at| (self.draft.path(at), self.draft.text(at)));
        f.debug_map().entries(changes).finish()?;
        write!(f, "\n{}", yaml::write(&self.draft))
    }
}

fn one(texts: &[&'static str]) -> impl Strategy<Value = String> + use<> {
    select(texts.to_vec()).prop_map(str::to_owned)
}

/// Text that somebody may type or paste, and that no field should fall over.
fn hostile() -> impl Strategy<Value = String> {
    let known = one(&[
        "",
        " ",
        "a b",
        "-",
        ".",
        "..",
        "../x",
        "/",
        "a/b",
        "$(x)",
        "`x`",
        "'",
        "\"",
        "\\",
        "a\nb",
        "\0",
        "\u{202e}x",
        "~",
        "null",
        "on",
        "1e3",
        "0x1f",
        "2024-01-01",
        "a: b",
        "- a",
        "#1",
        "*",
        "&a",
        "!x",
        "%",
        "@",
        "|",
        ">",
        "日本",
        "default",
        "istio-system",
        "kube-system",
        "none",
        "helm",
        "dns",
        "ip",
        "cluster0",
        "cluster1",
        "https://a",
        "https://[::1",
        "[",
        "999.1.1.1",
        "::",
        "1.24.6",
        "1.99.0",
        "v1.31.1",
    ]);
    prop_oneof![3 => known, 1 => ".{0,80}", 1 => "[a-z0-9.-]{1,70}"]
}

fn cluster(index: usize) -> impl Strategy<Value = Cluster> {
    let name = prop_oneof![6 => Just(format!("cluster{index}")), 1 => Just(format!("{index}e3"))];
    let context = prop_oneof![Just(format!("ctx-{index}")), Just(format!("it's \"{index}\" $(x) `y`"))];
    let network = one(&["network1", "network2", "1e3", "2024-01-01", "null"]);
    let api_server = one(&["", "", "https://10.0.0.5:6443", "https://[2001:db8::1]:6443"]);
    let platform = one(&["", "kubernetes", "eks", "gke", "aks", "kind"]);
    let gateway = || one(&["", "none", "istioctl", "helm"]);
    let key = Key(u32::try_from(index).unwrap() + 1);
    (name, context, network, api_server, platform, (gateway(), gateway(), gateway())).prop_map(
        move |(name, context, network, api_server, platform, (ingress, egress, east_west))| Cluster {
            key,
            name,
            context,
            network,
            api_server,
            platform,
            ingress,
            egress,
            east_west,
        },
    )
}

/// Drafts without an error: one or two meshes of control planes of every kind, mostly over up to 8
/// clusters, and up to 50.
pub(super) fn right() -> impl Strategy<Value = Draft> {
    let count = prop_oneof![12 => 2..6usize, 4 => 6..=8usize, 1 => 9..=50usize];
    let clusters = count.prop_flat_map(|count| (0..count).map(cluster).collect::<Vec<_>>());
    let version = select(version::ALL.each_ref().map(|facts| facts.newest.to_owned()).to_vec());
    let sample = (one(&["", "helloworld", "none"]), one(&["", "sample", "y"]), one(&["", "istio", "gateway-api"]));
    (clusters, planes::drawn(), version, one(&["", "istioctl", "helm"]), sample).prop_map(
        |(mut clusters, drawn, version, install_method, (app, namespace, route))| {
            let meshes = drawn.over(&mut clusters);
            let sample = Sample { app, namespace, route };
            let mut draft = Draft { version, install_method, clusters, meshes, sample };
            // Helm cannot always: earlier releases have no charts for it.
            if check(&draft).problems.iter().any(|problem| matches!(problem.kind, Kind::HelmTooEarly { .. })) {
                "istioctl".clone_into(&mut draft.install_method);
            }
            draft
        },
    )
}

/// Drafts of which up to six texts are anything.
pub(super) fn any() -> impl Strategy<Value = Typed> {
    let change = (select(Field::ALL.to_vec()), anything::<Index>(), hostile());
    (right(), vec(change, 0..6)).prop_map(|(right, changes)| {
        let mut typed = Typed { draft: right.clone(), right, changed: Vec::new() };
        for (field, index, text) in changes {
            let draft = &mut typed.draft;
            let cluster = draft.clusters[index.index(draft.clusters.len())].key;
            let mesh = &draft.meshes[index.index(draft.meshes.len())];
            let plane = mesh.control_planes[index.index(mesh.control_planes.len())].key;
            let mesh = mesh.key;
            let path = field.info().path;
            let key = if path.starts_with("istio.") || path.starts_with("sample.") {
                Some(Key::TOPOLOGY)
            } else {
                let keys = [mesh, plane, cluster];
                keys.into_iter().find(|&key| keeps(draft, At { field, key }))
            };
            // A reference takes no text.
            let Some(key) = key else {
                continue;
            };
            let at = At { field, key };
            typed.draft.set_text(at, text);
            typed.changed.push(at);
        }
        typed
    })
}

/// Drafts of which anything is anything: texts, and who runs where, reads what and manages whom.
pub(super) fn tangled() -> impl Strategy<Value = Draft> {
    (any(), tangle::changes()).prop_map(|(typed, changes)| {
        let mut draft = typed.draft;
        for one in changes {
            tangle::change(&mut draft, one);
        }
        draft
    })
}

/// Whether a field of text stands there.
fn keeps(draft: &Draft, at: At) -> bool {
    let mut changed = draft.clone();
    changed.set_text(at, "\u{1}".to_owned());
    changed != *draft
}
