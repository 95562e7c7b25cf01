//! 0.13, 0.40: what the Sail operator calls things by, and what it does not make.

use crate::case;
use crate::commands;
use crate::documents::text;
use crate::sail;
use meshwright_core::check::check;
use meshwright_core::draft::{At, ClusterRef};
use meshwright_core::field::Field;
use meshwright_core::preset::Preset;
use meshwright_core::problem::Kind;
use std::collections::BTreeSet;

/// A resource is called after the revision, on all of its control plane's clusters, and all that carries the
/// revision in its name has that.
#[test]
fn inv_13_the_resources_name_is_the_revision() {
    for case in sail::cases() {
        println!("case {}", case.name);
        let documents = sail::documents(&case.draft);
        for plane in case.draft.control_planes() {
            let name = |to: &ClusterRef| case.draft.clusters.iter().find(|it| to.is(it.key)).unwrap().name.clone();
            let revision = if plane.revision.is_empty() { "default" } else { &plane.revision };
            let mut clusters: BTreeSet<String> = plane.remote_clusters.iter().map(name).collect();
            clusters.extend([name(&plane.cluster), name(&plane.config_cluster)]);
            for cluster in clusters {
                let istios =
                    sail::resources(&documents).filter(|it| it.cluster == cluster && it.value["kind"] == "Istio");
                let own: Vec<_> = istios.filter(|it| it.value["spec"]["namespace"] == plane.namespace).collect();
                assert_eq!(own.len(), 1, "{cluster}");
                let istio = &own[0].value;
                assert_eq!(text(istio, "/metadata/name"), revision);
                assert!(istio.pointer("/spec/values/revision").is_none(), "the operator gives it");
                let env = &istio["spec"]["values"]["pilot"]["env"];
                if let Some(shared) = env.get("SHARED_MESH_CONFIG") {
                    assert_eq!(*shared, format!("istio-{revision}"));
                    let webhook = format!("istio-sidecar-injector-{revision}-{}", plane.namespace);
                    assert_eq!(env["INJECTION_WEBHOOK_CONFIG_NAME"], webhook);
                }
            }
        }
        // A name stands for one resource on a cluster.
        let names: Vec<_> = sail::resources(&documents)
            .map(|it| {
                (it.cluster.clone(), it.value["kind"].clone().to_string(), text(&it.value, "/metadata/name").to_owned())
            })
            .collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
    }
    // Beside the gateway's istiod, which is called "default".
    let mut draft = Preset::SailExternalControlPlane.draft();
    let at = At { field: Field::Revision, key: super::plane(&draft) };
    draft.set_text(at, String::new());
    assert_eq!(super::found(&draft), [(Field::Revision, Kind::SailWithoutRevision)]);
    let fix = check(&draft).problems[0].fix(&draft).unwrap();
    assert_eq!((fix.at, fix.text.as_str()), (at, "external-istiod"));
}

/// The operator makes the account that istiods elsewhere read by for one revision alone, and not in every
/// release: install.sh sees to it before it asks for a secret, and never has istioctl make it.
#[test]
fn inv_40_every_cluster_that_is_read_has_its_account_first() {
    for name in ["sail-revision", "sail-remote-second"] {
        let draft = case::file(name);
        let output = case::output(&draft);
        let commands = commands::of(&output.bundle.file("install.sh").unwrap().text);
        let secrets = commands.iter().enumerate().filter(|(_, it)| it.contains("--type=remote"));
        let mut read = 0;
        for (place, secret) in secrets {
            assert!(secret.contains(" --create-service-account=false"), "{secret}");
            let context = secret.split(' ').find_map(|word| word.strip_prefix("--context=")).unwrap();
            let seen = commands.iter().position(|it| it.starts_with(&format!("ensure_reader {context} "))).unwrap();
            assert!(seen < place, "{secret}");
            // The operator has done what it will by then.
            let waits = |it: &String| it.starts_with("kubectl wait istios/") && it.contains(context);
            assert!(commands.iter().position(waits).unwrap() < seen, "{secret}");
            read += 1;
        }
        assert_eq!(read, if name == "sail-revision" { 4 } else { 1 });
    }
}
