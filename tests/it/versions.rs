//! What differs between Istio's minors, as the files show it: for each fact the first or last minor that has
//! it, written here a second time (versions.md).

use crate::case;
use crate::documents::{self, Document, text};
use meshwright_core::check::check;
use meshwright_core::draft::Draft;
use meshwright_core::preset::Preset;
use meshwright_core::problem::Kind;
use meshwright_core::version::{self, Facts, NEWEST, NEWEST_OF_SAIL, OPENSHIFT_3_0};

fn of(facts: &Facts, preset: Preset, change: impl FnOnce(&mut Draft)) -> Draft {
    let mut draft = preset.draft();
    facts.newest.clone_into(&mut draft.version);
    change(&mut draft);
    draft
}

fn documents(draft: &Draft) -> Vec<Document> {
    documents::of(&case::output(draft).bundle)
}

/// Whether something shows with the releases from a minor on, and never before.
fn from(first: u32, what: &str, shows: impl Fn(&Facts) -> bool) {
    for facts in &version::ALL {
        let minor: u32 = facts.minor.strip_prefix("1.").unwrap().parse().unwrap();
        assert_eq!(shows(facts), minor >= first, "{what}: 1.{minor}");
    }
}

fn multicluster(facts: &Facts) -> Vec<Document> {
    documents(&of(facts, Preset::ExternalControlPlaneMulticluster, |_| ()))
}

fn gateway_api(facts: &Facts) -> Vec<Document> {
    let route = |draft: &mut Draft| "gateway-api".clone_into(&mut draft.sample.route);
    documents(&of(facts, Preset::ExternalControlPlane, route))
}

/// Whether all of the documents that `of` chooses have a text that `is` likes, or none.
fn all(documents: &[Document], of: impl Fn(&Document) -> bool, path: &str, is: impl Fn(&str) -> bool) -> bool {
    let found: Vec<bool> = documents.iter().filter(|it| of(it)).map(|it| is(text(&it.value, path))).collect();
    assert!(!found.is_empty(), "nothing has {path}");
    assert!(found.iter().all(|it| *it == found[0]), "{path} is mixed");
    found[0]
}

#[test]
fn every_minor_has_a_row() {
    let minors: Vec<String> = (15..=31).rev().map(|minor| format!("1.{minor}")).collect();
    assert_eq!(version::ALL.each_ref().map(|facts| facts.minor.to_owned()).as_slice(), minors);
    for facts in &version::ALL {
        assert!(facts.newest.starts_with(&format!("{}.", facts.minor)), "{}", facts.newest);
    }
    assert_eq!(version::ALL[0].newest, NEWEST);
}

#[test]
fn the_remote_profile_has_its_name_from_1_16() {
    from(16, "profile", |facts| {
        let remote = |it: &Document| it.stem.contains("remote-");
        all(&multicluster(facts), remote, "/spec/profile", |profile| match profile {
            "remote" => true,
            "external" => false,
            other => panic!("{other}"),
        })
    });
}

#[test]
fn istiod_serves_others_by_a_value_from_1_24() {
    from(24, "external", |facts| {
        let all = multicluster(facts);
        let istiod = all.iter().find(|it| it.stem == "external-istiod").unwrap();
        istiod.value.pointer("/spec/values/global/externalIstiod").is_some()
    });
    from(24, "primary", |facts| {
        let all = documents(&of(facts, Preset::PrimaryRemote, |_| ()));
        let spec = &all.iter().find(|it| it.stem == "cluster1").unwrap().value["spec"];
        let (value, variable) = (&spec["values"]["global"]["externalIstiod"], &spec["values"]["pilot"]["env"]);
        assert_eq!(value.is_null(), variable["EXTERNAL_ISTIOD"] == "true", "one of both");
        !value.is_null()
    });
}

#[test]
fn networking_is_v1_from_1_24() {
    from(24, "networking", |facts| {
        let version = |it: &Document| text(&it.value, "/apiVersion").starts_with("networking.istio.io/");
        all(&multicluster(facts), version, "/apiVersion", |version| match version {
            "networking.istio.io/v1" => true,
            "networking.istio.io/v1beta1" => false,
            other => panic!("{other}"),
        })
    });
}

#[test]
fn the_gateway_api_is_v1_from_1_24() {
    from(24, "gateway API", |facts| {
        let version = |it: &Document| text(&it.value, "/apiVersion").starts_with("gateway.networking.k8s.io/");
        all(&gateway_api(facts), version, "/apiVersion", |version| match version {
            "gateway.networking.k8s.io/v1" => true,
            "gateway.networking.k8s.io/v1beta1" => false,
            other => panic!("{other}"),
        })
    });
}

/// What install.sh and verify.sh say of the gateway that istiod makes.
fn made_gateway(facts: &Facts) -> String {
    let route = |draft: &mut Draft| "gateway-api".clone_into(&mut draft.sample.route);
    let files = case::output(&of(facts, Preset::ExternalControlPlane, route)).bundle.files;
    files
        .into_iter()
        .filter(|file| ["install.sh", "verify.sh"].contains(&file.path.as_str()))
        .map(|file| file.text)
        .collect()
}

#[test]
fn a_made_gateway_has_its_class_in_its_name_from_1_17() {
    from(17, "name of a made gateway", |facts| {
        let text = made_gateway(facts);
        let named = ["rollout status deployment/helloworld-gateway-istio", "sample helloworld-gateway-istio"];
        assert_eq!(text.contains(named[0]), text.contains(named[1]), "install.sh and verify.sh");
        text.contains(named[0])
    });
}

#[test]
fn a_made_gateway_is_programmed_from_1_18() {
    from(18, "condition of a made gateway", |facts| {
        let text = made_gateway(facts);
        assert_ne!(text.contains("condition=Ready"), text.contains("condition=Programmed"), "one of both");
        text.contains("condition=Programmed")
    });
}

#[test]
fn the_client_is_curl_from_1_24() {
    from(24, "client", |facts| {
        let stems: Vec<String> = multicluster(facts).into_iter().map(|it| it.stem).collect();
        let has = |name: &str| stems.iter().any(|stem| stem == name);
        assert_ne!(has("curl"), has("sleep"), "one of both");
        has("curl")
    });
}

#[test]
fn images_are_of_istios_own_registry_from_1_30() {
    from(30, "hub", |facts| {
        let path = "/spec/template/spec/containers/0/image";
        let deployment = |it: &Document| it.stem == "helloworld" && text(&it.value, "/kind") == "Deployment";
        all(&multicluster(facts), deployment, path, |image| {
            assert!(
                image.starts_with("registry.istio.io/release/") != image.starts_with("docker.io/istio/"),
                "{image}"
            );
            image.starts_with("registry.istio.io/release/")
        })
    });
}

#[test]
fn an_ipv6_address_is_accepted_from_1_30() {
    from(30, "IPv6", |facts| {
        let draft = of(facts, Preset::ExternalControlPlaneIp, |draft| {
            "2001:db8::10".clone_into(&mut draft.meshes[0].control_planes[0].address.ip);
        });
        let problems = check(&draft).problems;
        assert!(problems.iter().all(|it| matches!(it.kind, Kind::Ipv6TooEarly { .. })), "{problems:?}");
        problems.is_empty()
    });
}

#[test]
fn helm_installs_what_serves_other_clusters_from_1_24() {
    for preset in [Preset::ExternalControlPlaneHelm, Preset::PrimaryRemoteHelm] {
        from(24, preset.name(), |facts| {
            let problems = check(&of(facts, preset, |_| ())).problems;
            assert!(problems.iter().all(|it| matches!(it.kind, Kind::HelmTooEarly { .. })), "{problems:?}");
            problems.is_empty()
        });
    }
    // An istiod that serves its own cluster alone is in every release's charts.
    from(0, "multi-primary", |facts| check(&of(facts, Preset::MultiPrimaryHelm, |_| ())).problems.is_empty());
}

#[test]
fn the_gateway_charts_schema_is_broken_from_1_21_to_1_25() {
    let skips = |facts: &Facts| {
        let draft = of(facts, Preset::MultiPrimaryHelm, |_| ());
        let install = case::output(&draft).bundle;
        let install = install.files.iter().find(|file| file.path == "install.sh").unwrap();
        install.text.contains("--skip-schema-validation")
    };
    from(21, "broken", |facts| skips(facts) || facts.minor >= "1.26");
    from(26, "whole", |facts| !skips(facts) && facts.minor > "1.20");
}

/// Of each minor the patches that the Sail operator can install; `sail/crd.rs` holds them against its CRD.
#[test]
fn sail_installs_the_releases_that_it_has() {
    const PATCHES: [(&str, [u32; 2]); 7] = [
        ("1.24", [0, 6]),
        ("1.25", [1, 5]),
        ("1.26", [0, 8]),
        ("1.27", [0, 9]),
        ("1.28", [0, 10]),
        ("1.29", [0, 6]),
        ("1.30", [0, 3]),
    ];
    let told = |release: &str| {
        let mut draft = Preset::SailPrimaryRemote.draft();
        release.clone_into(&mut draft.version);
        let problems = check(&draft).problems;
        assert!(problems.len() <= 1, "{problems:?}");
        let problem = problems.into_iter().next()?;
        let Kind::SailHasNot { nearest, .. } = &problem.kind else { panic!("{problem:?}") };
        let fixed = problem.fix(&draft).unwrap();
        assert_eq!(fixed.text, nearest.to_string());
        Some(fixed.text)
    };
    let refused = |release: &str, nearest: &str| assert_eq!(told(release).as_deref(), Some(nearest), "{release}");
    for facts in &version::ALL {
        let Some((minor, [first, last])) = PATCHES.iter().find(|(minor, _)| *minor == facts.minor) else {
            assert_eq!(facts.sail, None, "{}", facts.minor);
            refused(facts.newest, if facts.minor == "1.31" { NEWEST_OF_SAIL } else { "1.24.6" });
            continue;
        };
        assert_eq!(facts.sail, Some([*first, *last]), "{minor}");
        for patch in *first..=*last {
            assert_eq!(told(&format!("{minor}.{patch}")), None);
        }
        refused(&format!("{minor}.{}", last + 1), &format!("{minor}.{last}"));
        if *first > 0 {
            refused(&format!("{minor}.0"), &format!("{minor}.{first}"));
        }
    }
    assert_eq!(told(NEWEST_OF_SAIL), None);
    assert_eq!(told(OPENSHIFT_3_0), None);
}
