//! 0.32 to 0.36: the release, and what istioctl does with files that share a name.

use super::{everywhere, preset};
use crate::documents::text;
use crate::world::World;
use meshwright_core::field::Field;
use std::collections::{BTreeMap, BTreeSet};

const SCRIPTS: [&str; 3] = ["install.sh", "verify.sh", "uninstall.sh"];

#[test]
fn inv_32_one_release_for_all() {
    everywhere(|world| {
        let release = &world.draft.version;
        assert_eq!(world.output.plan.release.to_string(), *release);
        for script in ["install.sh", "uninstall.sh"] {
            let commands = world.commands(script);
            let required = commands.iter().position(|it| *it == format!("require_istioctl {release}")).unwrap();
            let used = commands.iter().position(|it| it.starts_with("istioctl ") || it.starts_with("helm ")).unwrap();
            assert!(required < used, "{script}");
        }
        for command in world.commands("install.sh").iter().filter(|it| it.starts_with("helm ")) {
            assert!(command.contains(&format!(" --version={release} ")), "{command}");
        }
        // No file names another: neither a tag nor a hub that could differ from istioctl's.
        for (_, operator) in world.of_kind("IstioOperator") {
            assert!(
                ["/spec/tag", "/spec/hub", "/spec/values/global/tag"].iter().all(|it| operator.pointer(it).is_none())
            );
        }
    });
    // Two releases in one topology cannot be said: the format has one field.
    assert_eq!(Field::ALL.into_iter().filter(|field| field.info().path.contains("version")).count(), 1);
}

#[test]
fn inv_33_every_istiooperator_has_a_name_of_its_own() {
    everywhere(|world| {
        let mut names: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (cluster, operator) in world.of_kind("IstioOperator") {
            let name = text(operator, "/metadata/name");
            assert!(!name.is_empty());
            assert!(names.entry(cluster).or_default().insert(name), "{name} twice on {cluster}");
        }
    });
}

#[test]
fn inv_34_one_istiooperator_in_a_file() {
    everywhere(|world| {
        for file in &world.output.bundle.files {
            let operators = file.text.matches("kind: IstioOperator").count();
            let documents = if operators > 0 { 1 + file.text.matches("\n---\n").count() } else { 0 };
            assert_eq!(operators, documents, "{}", file.path);
        }
    });
}

#[test]
fn inv_35_nothing_is_purged() {
    everywhere(|world| {
        for script in SCRIPTS {
            assert!(!world.file(script).contains("--purge"), "{script}");
        }
        for command in world.commands("uninstall.sh").iter().filter(|it| it.contains("istioctl uninstall")) {
            assert!(command.contains(" --filename="), "{command}");
        }
        // CRDs are everybody's.
        assert!(!world.commands("uninstall.sh").iter().any(|it| it.contains("crd")));
    });
}

/// See `meshes` for two of them; what differs carries the system namespace's name, or the mesh's.
#[test]
fn inv_36_meshes_on_one_cluster_share_no_name() {
    let mut other = preset();
    "other".clone_into(&mut other.meshes[0].control_planes[0].namespace);
    let (one, other) = (World::of("one", preset()), World::of("other", other));
    let secrets = |world: &World| {
        let commands = world.commands("install.sh");
        let copy = commands.iter().find(|it| it.starts_with("copy_ca ")).unwrap();
        copy.split(' ').next_back().unwrap().to_owned()
    };
    assert_ne!(secrets(&one), secrets(&other), "both would be in the shared gateway's namespace");
}
