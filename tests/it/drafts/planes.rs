//! Control planes and meshes added, removed, and given other clusters.

use super::{key, preset};
use meshwright_core::check::check;
use meshwright_core::draft::{At, Draft, Role};
use meshwright_core::field::Field;
use meshwright_core::preset::Preset;

/// What is wrong, by name.
fn wrong(draft: &Draft) -> Vec<&'static str> {
    check(draft).problems.iter().map(|problem| problem.kind.name()).collect()
}

fn role_of(draft: &Draft, cluster: &str) -> Role {
    draft.role(key(draft, cluster))
}

/// The cluster by whose control plane another one is managed.
fn manager<'a>(draft: &'a Draft, cluster: &str) -> &'a str {
    let plane = draft.manager(key(draft, cluster)).unwrap();
    &draft.clusters.iter().find(|cluster| plane.cluster.is(cluster.key)).unwrap().name
}

fn at(draft: &Draft, field: Field) -> At {
    At { field, key: draft.control_planes().next().unwrap().key }
}

#[test]
fn a_cluster_is_added_in_the_manner_of_the_last() {
    for (preset, role, network, by) in [
        (Preset::PrimaryRemote, Role::Remote, "network1", "cluster1"),
        (Preset::PrimaryRemoteMultiNetwork, Role::Remote, "network3", "cluster1"),
        (Preset::MultiPrimary, Role::Primary, "network1", "cluster3"),
        (Preset::MultiPrimaryMultiNetwork, Role::Primary, "network3", "cluster3"),
    ] {
        let mut draft = preset.draft();
        let added = draft.add_cluster();
        let cluster = draft.cluster(added).unwrap();
        assert_eq!((cluster.name.as_str(), cluster.network.as_str()), ("cluster3", network), "{preset:?}");
        assert_eq!((draft.role(added), manager(&draft, "cluster3")), (role, by), "{preset:?}");
        assert_eq!(wrong(&draft), Vec::<&str>::new(), "{preset:?}: what is added is right as it is");
    }
    let mut draft = Preset::ExternalControlPlaneTwoMeshes.draft();
    draft.add_cluster();
    let meshes: Vec<usize> = draft.control_planes().map(|plane| plane.remote_clusters.len()).collect();
    assert_eq!((meshes, wrong(&draft)), (vec![1, 2], vec![]), "in the mesh of the last one");
}

#[test]
fn a_control_plane_is_added_with_a_cluster_of_its_own() {
    for preset in Preset::ALL {
        let mut draft = preset.draft();
        let mesh = draft.meshes[0].key;
        let added = draft.add_control_plane(mesh);
        assert_eq!(draft.role(added), Role::Primary);
        assert_eq!(draft.mesh_of(draft.manager(added).unwrap().key), Some(mesh));
        let errors = check(&draft);
        assert!(errors.topology.is_some(), "{preset:?}: {:?}", errors.problems);
    }
}

#[test]
fn a_mesh_is_added_beside_the_others() {
    let mut draft = Preset::MultiPrimary.draft();
    let added = draft.add_mesh();
    assert_eq!(draft.text(At { field: Field::MeshId, key: added }), "mesh2");
    assert_eq!((role_of(&draft, "cluster3"), wrong(&draft)), (Role::Primary, vec![]));

    // The address of an external one is nobody's to guess.
    let mut draft = preset();
    draft.add_mesh();
    assert_eq!(role_of(&draft, "cluster3"), Role::Config);
    let planes: Vec<_> = draft.control_planes().map(|plane| (&plane.cluster, plane.namespace.as_str())).collect();
    assert_eq!(planes[0].0, planes[1].0);
    assert_eq!(planes[1].1, "external-istiod-2");
    let problems = check(&draft).problems;
    let fields: Vec<Field> = problems.iter().map(|problem| problem.at.field).collect();
    assert_eq!(fields, [Field::Host, Field::TlsSecret]);
}

#[test]
fn a_mesh_goes_with_what_only_it_had() {
    let mut draft = Preset::ExternalControlPlaneTwoMeshes.draft();
    let (first, last) = (draft.meshes[0].key, draft.meshes[1].key);
    draft.remove_mesh(last);
    let names: Vec<_> = draft.clusters.iter().map(|cluster| cluster.name.as_str()).collect();
    assert_eq!((names, wrong(&draft)), (vec!["external-cluster", "cluster1", "cluster2"], vec![]));
    let before = draft.clone();
    draft.remove_mesh(first);
    assert_eq!(draft, before, "the last one stays");
}

#[test]
fn clusters_of_a_control_plane_that_goes_are_managed_by_another() {
    let mut draft = Preset::MultiPrimaryMultiNetwork.draft();
    let plane = draft.manager(key(&draft, "cluster2")).unwrap().key;
    draft.remove_control_plane(plane);
    assert_eq!((role_of(&draft, "cluster2"), manager(&draft, "cluster2")), (Role::Remote, "cluster1"));
    assert_eq!(wrong(&draft), Vec::<&str>::new());
    let before = draft.clone();
    let last = draft.control_planes().next().unwrap().key;
    draft.remove_control_plane(last);
    assert_eq!(draft, before, "a mesh has one");
}

#[test]
fn roles_keep_a_cluster_in_its_mesh() {
    let mut draft = Preset::ExternalControlPlaneTwoMeshes.draft();
    let cluster = key(&draft, "cluster4");
    for role in [Role::Primary, Role::Remote] {
        draft.set_role(cluster, role);
        let mesh = draft.mesh_of(draft.manager(cluster).unwrap().key);
        assert_eq!((draft.role(cluster), mesh), (role, Some(draft.meshes[1].key)));
    }
}

#[test]
fn a_remote_changes_its_manager() {
    let mut draft = Preset::MultiPrimaryMultiNetwork.draft();
    draft.add_cluster();
    let (cluster, plane) = (key(&draft, "cluster3"), draft.manager(key(&draft, "cluster2")).unwrap().key);
    draft.set_role(cluster, Role::Remote);
    assert_eq!(manager(&draft, "cluster3"), "cluster1");
    draft.set_manager(cluster, plane);
    assert_eq!((manager(&draft, "cluster3"), wrong(&draft)), ("cluster2", vec![]));
}

#[test]
fn a_control_plane_gets_another_cluster() {
    // External with the remote as its config cluster: they change places.
    let mut draft = preset();
    let config = at(&draft, Field::ConfigCluster);
    draft.set_cluster(config, key(&draft, "cluster2"));
    assert_eq!((role_of(&draft, "cluster2"), role_of(&draft, "cluster1")), (Role::Config, Role::Remote));
    // The ingress gateway stays where it is, and that is told.
    assert_eq!(wrong(&draft), ["no-ingress-gateway"]);
    // Reading the cluster that it runs on makes it a primary, and nobody falls out of the mesh.
    draft.set_cluster(config, key(&draft, "external-cluster"));
    assert_eq!((role_of(&draft, "external-cluster"), role_of(&draft, "cluster2")), (Role::Primary, Role::Remote));
    assert_eq!(draft.effective(at(&draft, Field::AddressType)), "discovered");
    // And reading another one again makes it external.
    draft.set_cluster(config, key(&draft, "cluster1"));
    assert_eq!((role_of(&draft, "external-cluster"), role_of(&draft, "cluster1")), (Role::External, Role::Config));
    assert_eq!(role_of(&draft, "cluster2"), Role::Remote);
    let before = draft.clone();
    draft.set_cluster(config, key(&draft, "cluster1"));
    assert_eq!(draft, before);
    // Where it runs on its config cluster it is a primary too.
    let runs = at(&draft, Field::ControlPlaneCluster);
    draft.set_cluster(runs, key(&draft, "cluster1"));
    assert_eq!((role_of(&draft, "cluster1"), role_of(&draft, "external-cluster")), (Role::Primary, Role::Unused));
}
