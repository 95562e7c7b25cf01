//! The guide's tree for a preset of any release and method: that of its era, with what is listed of it.

use super::compare::{Compared, Comparison};
use super::{eras, helm, listed, pairs, sail};
use meshwright_core::draft::Draft;
use meshwright_core::preset::Preset;
use meshwright_core::version::{Facts, NEWEST};
use std::path::Path;
use std::sync::LazyLock;

static LISTED: LazyLock<Vec<listed::Entry>> = LazyLock::new(listed::read);

/// What a preset's draft of that minor, installed by `method`, is compared with; `None` where no guide has it.
pub(crate) fn comparison(preset: Preset, method: &str, facts: &Facts, draft: Draft) -> Option<Comparison> {
    let name = preset.name().strip_suffix("-helm").unwrap_or(preset.name());
    let found = match (name, method) {
        ("external-control-plane" | "external-control-plane-multicluster", "istioctl") => external("dns", facts, draft),
        ("external-control-plane-ip", "istioctl") => external("ip", facts, draft),
        ("external-control-plane-legacy", "istioctl") => eras::legacy(era(facts), draft),
        ("external-control-plane" | "external-control-plane-multicluster", "helm") => helm::external("dns", draft),
        ("external-control-plane-ip", "helm") => helm::external("ip", draft),
        ("external-control-plane-two-meshes", "istioctl") if is_present(facts) => pairs::two_meshes(draft),
        // The guide is for the profile remote, which 1.15 does not have.
        ("primary-remote" | "primary-remote-multi-network", "istioctl") if era(facts) == "1.23.6" => {
            eras::primary_remote(name, draft)
        }
        (_, "sail") => sail::of_preset(preset, draft)?,
        (_, "istioctl") if name.contains("primary") && is_present(facts) => pairs::primaries(name, draft),
        (_, "helm") if name.contains("primary") && is_present(facts) => helm::guide(&format!("{name}-helm"), draft),
        _ => return None,
    };
    Some(Comparison { whole: false, ..found.of_what_is_made() })
}

fn number(facts: &Facts) -> u32 {
    facts.minor.strip_prefix("1.").unwrap().parse().unwrap()
}

/// Whether the guides of today are for it.
fn is_present(facts: &Facts) -> bool {
    number(facts) >= 24
}

/// The release that the list of differences has for the era.
fn era(facts: &Facts) -> &'static str {
    match number(facts) {
        ..16 => "1.15.7",
        16..24 => "1.23.6",
        24.. => NEWEST,
    }
}

/// 1.16 to 1.19 have the guide of 1.20 (versions.md, 6).
fn external(mode: &str, facts: &Facts, draft: Draft) -> Comparison {
    let era = era(facts);
    let of = |tree: &str, name: &str| pairs::guide(tree, name, mode, "istioctl", draft);
    match era {
        "1.15.7" => {
            let tree = "external-controlplane/istioctl-1.15-profile-external";
            eras::without_east_west(of(tree, &format!("{era}-{mode}")))
        }
        "1.23.6" => of("external-controlplane/istioctl-1.20-to-1.23", &format!("{era}-{mode}")),
        _ => of(pairs::GUIDE, mode),
    }
}

/// Objects compared and differences.
///
/// # Errors
/// Those that are not listed with a reason.
pub(crate) fn count(comparison: &Comparison, data: &Path) -> Result<(usize, usize), String> {
    let Compared { objects, mut differences } = comparison.compare(data);
    // What the operator is to install is the row's minor, not the guide's.
    differences.retain(|difference| difference.path != "spec.version");
    let unlisted = listed::unlisted(&LISTED, &differences);
    assert!(objects > 0, "nothing is compared");
    if unlisted.is_empty() { Ok((objects, differences.len())) } else { Err(unlisted) }
}
