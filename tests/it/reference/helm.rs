//! What is compared where Helm installs everything.

use super::compare::{Comparison, Pair};
use super::pairs::two_remotes;
use crate::case;
use meshwright_core::draft::Draft;
use meshwright_core::preset::Preset;

/// Every comparison by Helm.
pub(super) fn all() -> Vec<Comparison> {
    let external = ["dns", "ip"].map(|mode| external(mode, two_remotes(mode)));
    let primaries = [
        Preset::PrimaryRemoteHelm,
        Preset::PrimaryRemoteMultiNetworkHelm,
        Preset::MultiPrimaryHelm,
        Preset::MultiPrimaryMultiNetworkHelm,
    ];
    external.into_iter().chain(primaries.map(|preset| guide(preset.name(), preset.draft()))).collect()
}

/// The derived tree of an external control plane by Helm alone: all of its files.
pub(super) fn external(mode: &str, mut draft: Draft) -> Comparison {
    const FILES: [(&str, &str, &str); 6] = [
        ("external-cluster", "external-cluster", "istio-ingressgateway-values"),
        ("external-cluster", "external-cluster", "istiod-external-values"),
        ("cluster1", "cluster1-config", "base-values"),
        ("cluster1", "cluster1-config", "istiod-values"),
        ("cluster2", "cluster2-second", "base-values"),
        ("cluster2", "cluster2-second", "istiod-values"),
    ];
    const TREE: &str = "derived/external-controlplane-helm-1.24-plus";
    let pair = |(cluster, folder, stem)| Pair::new(cluster, stem, &format!("{TREE}/{mode}/{folder}/{stem}.yaml"));
    draft.install_by("helm");
    Comparison { name: format!("helm-{mode}"), draft, pairs: FILES.map(pair).into(), whole: false }
}

/// The values that a guide of primary-remote or multi-primary gives on Helm's command line.
pub(super) fn guide(preset: &str, draft: Draft) -> Comparison {
    let name = preset.strip_suffix("-helm").unwrap();
    let folder = match name.strip_suffix("-multi-network") {
        Some(model) => format!("{model}_multi-network"),
        None => name.to_owned(),
    };
    let remote = name.starts_with("primary-remote");
    let method = if remote { "helm-1.24-plus" } else { "helm" };
    let mut pairs = Vec::new();
    for file in case::output(&draft).bundle.files {
        let Some((cluster, stem)) = crate::documents::place(&file.path) else {
            continue;
        };
        let theirs = match stem {
            "istiod-values" => stem,
            "base-values" if remote && cluster == "cluster2" => stem,
            "istio-eastwestgateway-values" => "eastwestgateway-values",
            _ => continue,
        };
        pairs.push(Pair::new(cluster, stem, &format!("{folder}/{method}/{cluster}/{theirs}.yaml")));
    }
    Comparison { name: preset.to_owned(), draft, pairs, whole: false }
}
