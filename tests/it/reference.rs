//! Our bundles against upstream's own files in `../shared`: every object of theirs is in ours and
//! equal, but for what `tests/reference/differences.yaml` lists with a reason.

mod compare;
mod eras;
mod helm;
mod listed;
mod pairs;
mod sail;
pub(crate) mod scenario;

use crate::case;
use compare::Difference;
use std::path::PathBuf;

/// Where the reference is, on machines that have it: beside the checkout.
pub(crate) fn data() -> Option<PathBuf> {
    let folder = case::root().join("../shared/reference/istio/data");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: no {}, so bundles are compared with golden trees alone", folder.display());
    None
}

#[test]
fn bundles_are_the_guides_but_for_what_is_listed() {
    let Some(data) = data() else {
        return;
    };
    let mut found: Vec<Difference> = Vec::new();
    for comparison in pairs::all() {
        found.extend(comparison.differences(&data));
    }
    let report = listed::against(&listed::read(), &found);
    assert!(report.is_empty(), "{report}");
}

/// Every file of the guide's tree has a counterpart among those that are compared.
#[test]
fn no_file_of_the_guide_is_forgotten() {
    let Some(data) = data() else {
        return;
    };
    let compared = pairs::all();
    let is_compared =
        |theirs: &str| compared.iter().any(|comparison| comparison.pairs.iter().any(|pair| pair.theirs == theirs));
    for tree in ["sail-operator/head", "ossm3/external-control-plane/corrected"] {
        // What does not parse, gateways as files with an image of 1.22, samples of gateways of one's own, and ambient.
        let others = [
            "as-printed",
            "resources/controlplane-gateway",
            "resources/east-west-gateway-",
            "chart-samples/",
            "ambient",
        ];
        for path in crate::tree::read(&data.join(tree)).into_keys() {
            let covered = is_compared(&format!("{tree}/{path}")) || others.iter().any(|other| path.contains(other));
            assert!(covered, "nothing is compared with {tree}/{path}");
        }
    }
    for mode in ["dns", "ip"] {
        for path in crate::tree::read(&data.join(pairs::GUIDE).join(mode)).into_keys() {
            let theirs = format!("{}/{mode}/{path}", pairs::GUIDE);
            assert!(is_compared(&theirs) || path.ends_with(".as-printed.yaml"), "nothing is compared with {theirs}");
        }
    }
}
