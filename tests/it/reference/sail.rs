//! What is compared where the Sail operator installs everything: its own guides, and `OpenShift` Service Mesh 3's.
//!
//! Their gateways are files that Istio's script printed for 1.22, with its image; here they are releases of chart
//! `gateway`, whose ports, labels and variables tests/it/links.rs follows.

use super::compare::{Comparison, Pair};
use meshwright_core::draft::Draft;
use meshwright_core::preset::Preset;

/// Every comparison by Sail.
pub(super) fn all() -> Vec<Comparison> {
    const SAIL: &str = "sail-operator/head";
    const OSSM: &str = "ossm3/external-control-plane/corrected";
    const EXTERNAL: [(&str, &str); 4] = [
        ("cluster1/istio-default", "cluster1/01-istio.default"),
        ("cluster1/istio-external-istiod", "cluster1/02-istio.external-istiod"),
        ("cluster1/external-istiod-gw", "cluster1/03-gateway-virtualservice.external-istiod-gw"),
        ("cluster2/istio-external-istiod", "cluster2/01-istio.external-istiod"),
    ];
    const BOTH: [(&str, &str); 2] = [
        ("cluster1/istio-default", "cluster1/01-istio.default"),
        ("cluster2/istio-default", "cluster2/01-istio.default"),
    ];
    const OPENSHIFT: [(&str, &str); 5] = [
        ("cluster1/istio-default", "control-plane-cluster/01-istio.default"),
        ("cluster1/istio-external-istiod", "control-plane-cluster/02-istio.external-istiod"),
        ("cluster1/external-istiod-gw", "control-plane-cluster/03-gateway-virtualservice.external-istiod"),
        ("cluster2/istio-external-istiod", "data-plane-cluster/01-istio.external-istiod"),
        ("cluster2/istiocni", "data-plane-cluster/02-istiocni.default"),
    ];
    let mut all = vec![
        of(Preset::SailExternalControlPlane, &format!("{SAIL}/external-control-plane"), &EXTERNAL),
        of(Preset::OpenShiftExternalControlPlane, OSSM, &OPENSHIFT),
    ];
    for (preset, folder) in [
        (Preset::SailPrimaryRemote, "primary-remote-single-network"),
        (Preset::SailPrimaryRemoteMultiNetwork, "primary-remote-multi-network"),
        (Preset::SailMultiPrimary, "multi-primary-single-network"),
        (Preset::SailMultiPrimaryMultiNetwork, "multi-primary-multi-network"),
    ] {
        all.push(of(preset, &format!("{SAIL}/{folder}"), &BOTH));
    }
    let resources = format!("{SAIL}/resources");
    let exposed = [("cluster1/expose-istiod", "expose-istiod"), ("cluster1/expose-services", "expose-services")];
    let exposed = of(Preset::SailPrimaryRemoteMultiNetwork, &resources, &exposed);
    all.push(Comparison { name: "sail-resources".to_owned(), ..exposed });
    all
}

/// What that draft of the preset is compared with; `None` where the operator has no guide for it.
pub(super) fn of_preset(preset: Preset, draft: Draft) -> Option<Comparison> {
    let found = all().into_iter().find(|comparison| comparison.name == preset.name())?;
    Some(Comparison { draft, ..found })
}

fn of(preset: Preset, tree: &str, files: &[(&str, &str)]) -> Comparison {
    let pair = |(ours, theirs): &(&str, &str)| {
        let (cluster, stem) = ours.split_once('/').unwrap();
        Pair::new(cluster, stem, &format!("{tree}/{theirs}.yaml"))
    };
    Comparison {
        name: preset.name().to_owned(),
        draft: preset.draft(),
        pairs: files.iter().map(pair).collect(),
        whole: false,
    }
}
