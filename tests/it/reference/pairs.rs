//! Which of our files is compared with which of upstream's, and for which topology.

use super::compare::{Comparison, Pair};
use crate::case;
use meshwright_core::draft::Draft;
use meshwright_core::preset::Preset;

/// The guide's tree.
pub(super) const GUIDE: &str = "external-controlplane/istioctl-1.24-plus";

/// Upstream's releases at hand, and a release of ours of the same minor.
const RELEASES: [(&str, &str); 3] = [("1.24.3", "1.24.6"), ("1.30.3", "1.30.3"), ("1.31.0-rc.0", "1.31.1")];

/// The guide's folder for each of the preset's clusters.
const FOLDERS: [(&str, &str); 3] =
    [("external-cluster", "external-cluster"), ("cluster1", "cluster1-config"), ("cluster2", "cluster2-second")];

/// Every comparison.
pub(super) fn all() -> Vec<Comparison> {
    let mut all = Vec::new();
    for mode in ["dns", "ip"] {
        all.push(guide(GUIDE, mode, mode, "istioctl", two_remotes(mode)));
        let mut draft = two_remotes(mode);
        for cluster in draft.clusters.iter_mut().filter(|cluster| cluster.name == "cluster1") {
            (cluster.ingress, cluster.egress) = ("helm".into(), "helm".into());
        }
        all.push(guide(GUIDE, &format!("{mode}-helm"), mode, "helm", draft));
    }
    all.push(two_meshes(Preset::ExternalControlPlaneTwoMeshes.draft()));
    all.push(expose_istiod_revision());
    for preset in [
        Preset::PrimaryRemote,
        Preset::PrimaryRemoteMultiNetwork,
        Preset::MultiPrimary,
        Preset::MultiPrimaryMultiNetwork,
    ] {
        all.push(primaries(preset.name(), preset.draft()));
    }
    for (theirs, ours) in RELEASES {
        all.push(release(theirs, ours));
        all.push(expose_istiod(theirs, ours));
        all.push(revision(theirs, ours));
        all.push(gateway_api(theirs, ours));
    }
    all.extend(super::helm::all());
    all.extend(super::sail::all());
    all.extend(super::eras::all());
    all
}

/// The preset of two remote clusters, in the mode wanted, with the guide's address.
pub(super) fn two_remotes(mode: &str) -> Draft {
    let mut draft = Preset::ExternalControlPlaneMulticluster.draft();
    let by_ip = Preset::ExternalControlPlaneIp.draft();
    if mode == "ip" {
        draft.meshes[0].control_planes[0].address = by_ip.meshes[0].control_planes[0].address.clone();
    }
    draft
}

pub(super) fn of_release(mut draft: Draft, release: &str) -> Draft {
    release.clone_into(&mut draft.version);
    draft
}

/// All files of a bundle, with those of the guide that are their counterparts.
pub(super) fn guide(tree: &str, name: &str, mode: &str, method: &str, draft: Draft) -> Comparison {
    const STEMS: [&str; 10] = [
        "controlplane-gateway",
        "external-istiod",
        "external-istiod-gw",
        "remote-config-cluster",
        "second-remote-cluster",
        "istio-ingressgateway",
        "istio-egressgateway",
        "eastwest-gateway-1",
        "eastwest-gateway-2",
        "expose-services",
    ];
    let mut pairs = Vec::new();
    for file in case::output(&draft).bundle.files {
        let Some((cluster, stem)) = crate::documents::place(&file.path) else {
            continue;
        };
        let folder = FOLDERS.iter().find(|(ours, _)| *ours == cluster).unwrap().1;
        let theirs = match stem {
            "istio-ingressgateway-values" | "istio-egressgateway-values" if method == "helm" => format!("helm-{stem}"),
            _ if STEMS.contains(&stem) => stem.to_owned(),
            _ => continue,
        };
        pairs.push(Pair::new(cluster, stem, &format!("{tree}/{mode}/{folder}/{theirs}.yaml")));
    }
    Comparison { name: name.to_owned(), draft, pairs, whole: true }
}

/// Files that a release of Istio brings itself, or its script prints.
fn release(theirs: &str, ours: &str) -> Comparison {
    let samples = format!("samples/{theirs}");
    let east_west = format!("eastwest-gateway/istioctl-gen/{theirs}");
    let pairs = vec![
        Pair::new("cluster1", "eastwest-gateway-1", &format!("{east_west}/network1.yaml")),
        Pair::new("cluster2", "eastwest-gateway-2", &format!("{east_west}/network2.yaml")),
        Pair::new("cluster1", "expose-services", &format!("{samples}/multicluster/expose-services.yaml")),
        Pair::new("cluster1", "helloworld", &format!("{samples}/helloworld/helloworld.yaml")),
        Pair::new("cluster2", "helloworld", &format!("{samples}/helloworld/helloworld.yaml")),
        Pair::new("cluster1", "curl", &format!("{samples}/curl/curl.yaml")),
        Pair::new("cluster2", "curl", &format!("{samples}/curl/curl.yaml")),
        Pair::new("cluster1", "helloworld-gateway", &format!("{samples}/helloworld/helloworld-gateway.yaml")),
    ];
    Comparison { name: theirs.to_owned(), draft: of_release(two_remotes("dns"), ours), pairs, whole: false }
}

/// The derived tree of two meshes on one external cluster: all of its files.
pub(super) fn two_meshes(draft: Draft) -> Comparison {
    const TREE: &str = "derived/external-controlplane-two-meshes-dns";
    let mut pairs = vec![Pair::new(
        "external-cluster",
        "controlplane-gateway",
        &format!("{TREE}/external-cluster/controlplane-gateway.yaml"),
    )];
    for mesh in ["mesh1", "mesh2"] {
        for stem in ["external-istiod", "external-istiod-gw"] {
            let theirs = format!("{TREE}/external-cluster/{mesh}/{stem}.yaml");
            pairs.push(Pair::new("external-cluster", &format!("{stem}-{mesh}"), &theirs));
        }
    }
    for (ours, theirs) in [("cluster1", "cluster1-config"), ("cluster3", "cluster3-config")] {
        for stem in ["remote-config-cluster", "istio-ingressgateway", "istio-egressgateway"] {
            pairs.push(Pair::new(ours, stem, &format!("{TREE}/{theirs}/{stem}.yaml")));
        }
    }
    for (ours, theirs) in [("cluster2", "cluster2-second"), ("cluster4", "cluster4-second")] {
        let stem = "second-remote-cluster";
        pairs.push(Pair::new(ours, stem, &format!("{TREE}/{theirs}/{stem}.yaml")));
    }
    Comparison { name: "two-meshes".to_owned(), draft, pairs, whole: false }
}

/// The guides of primary-remote and multi-primary: their files, and what they take from the release.
pub(super) fn primaries(name: &str, draft: Draft) -> Comparison {
    let tree = match name.strip_suffix("-multi-network") {
        Some(model) => format!("{model}_multi-network"),
        None => name.to_owned(),
    };
    let method = if name.starts_with("primary-remote") { "istioctl-1.24-plus" } else { "istioctl" };
    let mut pairs: Vec<Pair> = ["cluster1", "cluster2"]
        .map(|cluster| Pair::new(cluster, cluster, &format!("{tree}/{method}/{cluster}/{cluster}.yaml")))
        .into();
    for number in [1, 2] {
        let (cluster, stem) = (format!("cluster{number}"), format!("eastwest-gateway-{number}"));
        if case::output(&draft).bundle.files.iter().any(|file| file.path.contains(&stem)) {
            let theirs = format!("eastwest-gateway/istioctl-gen/1.31.0-rc.0/network{number}.yaml");
            pairs.push(Pair::new(&cluster, &stem, &theirs));
        }
    }
    Comparison { name: name.to_owned(), draft, pairs, whole: false }
}

/// How a release itself exposes a primary's istiod, without and with a revision.
fn expose_istiod(theirs: &str, ours: &str) -> Comparison {
    let file = format!("samples/{theirs}/multicluster/expose-istiod.yaml");
    let pairs = vec![Pair::new("cluster1", "expose-istiod", &file)];
    let draft = of_release(Preset::PrimaryRemote.draft(), ours);
    Comparison { name: format!("{theirs}-expose-istiod"), draft, pairs, whole: false }
}

fn expose_istiod_revision() -> Comparison {
    let mut draft = of_release(Preset::PrimaryRemote.draft(), "1.30.3");
    "rev".clone_into(&mut draft.meshes[0].control_planes[0].revision);
    let pairs = vec![Pair::new("cluster1", "expose-istiod", "expose/1.30.3/expose-istiod-rev.rev.yaml")];
    Comparison { name: "1.30.3-expose-istiod-rev".to_owned(), draft, pairs, whole: false }
}

fn revision(theirs: &str, ours: &str) -> Comparison {
    let mut draft = of_release(two_remotes("ip"), ours);
    "rev".clone_into(&mut draft.meshes[0].control_planes[0].revision);
    let file = format!("eastwest-gateway/istioctl-gen/{theirs}/network1.revision-rev.yaml");
    let pairs = vec![Pair::new("cluster1", "eastwest-gateway-1", &file)];
    Comparison { name: format!("{theirs}-rev"), draft, pairs, whole: false }
}

fn gateway_api(theirs: &str, ours: &str) -> Comparison {
    let mut draft = of_release(two_remotes("dns"), ours);
    "gateway-api".clone_into(&mut draft.sample.route);
    let file = format!("samples/{theirs}/helloworld/gateway-api/helloworld-gateway.yaml");
    let pairs = vec![Pair::new("cluster1", "helloworld-gateway", &file)];
    Comparison { name: format!("{theirs}-gateway-api"), draft, pairs, whole: false }
}
