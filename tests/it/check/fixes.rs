//! Fixes: each removes the problem that it is for.

use meshwright_core::check::check;
use meshwright_core::draft::{At, Draft, Key};
use meshwright_core::field::Field;
use meshwright_core::preset::Preset;
use meshwright_core::problem::{Fix, Kind};
use std::mem::discriminant;

fn cluster(draft: &Draft, name: &str) -> Key {
    draft.clusters.iter().find(|cluster| cluster.name == name).unwrap().key
}

/// A preset, a field of a cluster (or of its control plane, or of the topology), and a text that is a problem there.
const WRONG: [(Preset, &str, Field, &str); 18] = [
    (Preset::ExternalControlPlane, "cluster1", Field::ClusterName, " cluster1"),
    (Preset::ExternalControlPlane, "cluster1", Field::Platform, "minikube"),
    (Preset::ExternalControlPlane, "external-cluster", Field::Network, "network1"),
    (Preset::ExternalControlPlane, "plane", Field::Revision, "default"),
    (Preset::ExternalControlPlane, "plane", Field::GatewayTrust, "insecure-skip-verify"),
    (Preset::ExternalControlPlane, "topology", Field::IstioVersion, "1.99.0"),
    (Preset::ExternalControlPlaneLegacy, "topology", Field::IstioVersion, "1.8.0"),
    (Preset::ExternalControlPlane, "cluster1", Field::IngressGateway, "none"),
    (Preset::ExternalControlPlaneMulticluster, "cluster2", Field::EastWestGateway, "none"),
    (Preset::PrimaryRemote, "plane", Field::AddressType, "dns"),
    (Preset::PrimaryRemote, "cluster1", Field::EastWestGateway, "none"),
    (Preset::MultiPrimary, "second plane", Field::Namespace, "other"),
    (Preset::ExternalControlPlaneMulticluster, "cluster2", Field::Network, "network1"),
    (Preset::ExternalControlPlane, "cluster1", Field::Platform, "openshift"),
    (Preset::SailPrimaryRemote, "topology", Field::IstioVersion, "1.31.1"),
    (Preset::SailPrimaryRemote, "cluster1", Field::IngressGateway, "istioctl"),
    (Preset::SailExternalControlPlane, "plane", Field::AddressType, "dns"),
    (Preset::SailExternalControlPlane, "plane", Field::Revision, ""),
];

#[test]
fn a_fix_removes_its_problem() {
    for (preset, place, field, text) in WRONG {
        let mut draft = preset.draft();
        let key = match place {
            "topology" => Key::TOPOLOGY,
            "plane" => draft.meshes[0].control_planes[0].key,
            "second plane" => draft.meshes[0].control_planes[1].key,
            name => cluster(&draft, name),
        };
        draft.set_text(At { field, key }, text.to_owned());
        let problems = check(&draft).problems;
        let problem = problems.first().unwrap_or_else(|| panic!("{field:?} {text:?} is no problem"));
        let fix = problem.fix(&draft).unwrap_or_else(|| panic!("nothing mends {problem:?}"));
        draft.set_text(fix.at, fix.text);
        let left: Vec<Kind> = check(&draft).problems.into_iter().map(|problem| problem.kind).collect();
        assert!(left.iter().all(|kind| discriminant(kind) != discriminant(&problem.kind)), "{problem:?}: {left:?}");
    }
}

/// The gateway that a route needs comes to the mesh that has none, whichever that is.
#[test]
fn an_ingress_gateway_comes_to_the_mesh_without() {
    let mut draft = Preset::ExternalControlPlaneTwoMeshes.draft();
    let at = At { field: Field::IngressGateway, key: cluster(&draft, "cluster3") };
    draft.set_text(at, "none".to_owned());
    let problems = check(&draft).problems;
    assert_eq!(problems[0].kind, Kind::NoIngressGateway);
    assert_eq!(problems[0].fix(&draft), Some(Fix { at, text: "istioctl".to_owned() }));
}
