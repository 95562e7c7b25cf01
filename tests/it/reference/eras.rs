//! What is compared for releases before 1.24: the guides as they were, and the samples of the release.

use super::compare::{Comparison, Pair};
use super::pairs::{guide, of_release, two_remotes};
use meshwright_core::draft::Draft;
use meshwright_core::preset::Preset;
use meshwright_core::version::NEWEST;

/// Every comparison of an earlier era.
pub(super) fn all() -> Vec<Comparison> {
    let mut all = Vec::new();
    for mode in ["dns", "ip"] {
        let of = |tree: &str, release: &str| {
            let tree = format!("external-controlplane/{tree}");
            let draft = of_release(two_remotes(mode), release);
            guide(&tree, &format!("{release}-{mode}"), mode, "istioctl", draft)
        };
        all.push(Comparison { whole: false, ..of("istioctl-1.20-to-1.23", "1.23.6") });
        let first = of("istioctl-1.15-profile-external", "1.15.7");
        all.push(Comparison { whole: false, ..without_east_west(first) });
    }
    for preset in [Preset::PrimaryRemote, Preset::PrimaryRemoteMultiNetwork] {
        all.push(primary_remote(preset.name(), of_release(preset.draft(), "1.23.6")));
    }
    for release in [NEWEST, "1.23.6", "1.15.7"] {
        let draft = of_release(Preset::ExternalControlPlaneLegacy.draft(), release);
        all.push(legacy(release, draft));
    }
    all.extend(["1.23.6", "1.16.7"].map(samples));
    all.push(gateway_api());
    all
}

/// The guide's east-west gateways are of the release's own script, and compared with what later ones print.
pub(super) fn without_east_west(mut guide: Comparison) -> Comparison {
    guide.pairs.retain(|pair| !pair.ours.contains("eastwest-gateway") && !pair.ours.contains("expose-services"));
    guide
}

pub(super) fn primary_remote(preset: &str, draft: Draft) -> Comparison {
    let folder = if preset == "primary-remote" { preset } else { "primary-remote_multi-network" };
    let pair = |cluster: &str| {
        let theirs = format!("{folder}/istioctl-up-to-1.23/{cluster}/{cluster}.yaml");
        Pair::new(cluster, cluster, &theirs)
    };
    let pairs = ["cluster1", "cluster2"].map(pair).into();
    Comparison { name: format!("1.23.6-{preset}"), draft, pairs, whole: false }
}

/// The first guide, of Istio 1.8, with its mistakes mended. `release` stands for its era.
pub(super) fn legacy(release: &str, draft: Draft) -> Comparison {
    const TREE: &str = "external-controlplane/early-1.8/corrected";
    let pair = |cluster: &str, stem: &str, theirs: &str| Pair::new(cluster, stem, &format!("{TREE}/{theirs}.yaml"));
    let pairs = vec![
        pair("external-cp-cluster", "controlplane-gateway", "external-cluster/external-cp"),
        pair("external-cp-cluster", "external-istiod", "external-cluster/external-istiod"),
        pair("external-cp-cluster", "external-istiod-gw", "external-cluster/external-istiod-gw"),
        pair("user-cluster", "remote-config-cluster", "user-cluster/remote-config-cluster"),
    ];
    Comparison { name: format!("{release}-legacy"), draft, pairs, whole: false }
}

/// Files that the release brings itself.
fn samples(release: &str) -> Comparison {
    let samples = format!("samples/{release}");
    let pairs = vec![
        Pair::new("cluster1", "expose-services", &format!("{samples}/multicluster/expose-services.yaml")),
        Pair::new("cluster1", "helloworld", &format!("{samples}/helloworld/helloworld.yaml")),
        Pair::new("cluster2", "helloworld", &format!("{samples}/helloworld/helloworld.yaml")),
        Pair::new("cluster1", "sleep", &format!("{samples}/sleep/sleep.yaml")),
        Pair::new("cluster1", "helloworld-gateway", &format!("{samples}/helloworld/helloworld-gateway.yaml")),
    ];
    let draft = of_release(two_remotes("dns"), release);
    Comparison { name: format!("{release}-samples"), draft, pairs, whole: false }
}

fn gateway_api() -> Comparison {
    let mut draft = of_release(two_remotes("dns"), "1.23.6");
    "gateway-api".clone_into(&mut draft.sample.route);
    let file = "samples/1.23.6/helloworld/gateway-api/helloworld-gateway.yaml";
    let pairs = vec![Pair::new("cluster1", "helloworld-gateway", file)];
    Comparison { name: "1.23.6-gateway-api".to_owned(), draft, pairs, whole: false }
}
