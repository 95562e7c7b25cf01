//! Clusters added, removed, moved, renamed, and given another role.

use super::{key, preset};
use meshwright_core::check::check;
use meshwright_core::draft::{At, ClusterRef, Draft, File, Key, Role};
use meshwright_core::field::Field;

fn names(draft: &Draft) -> Vec<&str> {
    draft.clusters.iter().map(|cluster| cluster.name.as_str()).collect()
}

fn role_of(draft: &Draft, cluster: &str) -> Role {
    draft.role(key(draft, cluster))
}

fn remotes(draft: &Draft) -> Vec<&str> {
    let of = |to: &ClusterRef| draft.clusters.iter().find(|cluster| to.is(cluster.key)).unwrap().name.as_str();
    draft.meshes[0].control_planes[0].remote_clusters.iter().map(of).collect()
}

#[test]
fn an_added_cluster_is_a_remote_with_names_of_its_own() {
    let mut draft = preset();
    for _ in 0..3 {
        draft.add_cluster();
    }
    assert_eq!(names(&draft), ["external-cluster", "cluster1", "cluster2", "cluster3", "cluster4", "cluster5"]);
    assert_eq!(remotes(&draft), ["cluster2", "cluster3", "cluster4", "cluster5"]);
    assert_eq!(check(&draft).problems, Vec::new(), "what is added is right as it is");
    let keys: std::collections::BTreeSet<Key> = draft.clusters.iter().map(|cluster| cluster.key).collect();
    assert_eq!(keys.len(), 6);
}

#[test]
fn a_removed_cluster_leaves_no_reference() {
    for (cluster, path) in [
        ("external-cluster", "meshes[0].controlPlanes[0].cluster"),
        ("cluster1", "meshes[0].controlPlanes[0].configCluster"),
    ] {
        let mut draft = preset();
        draft.remove_cluster(key(&draft, cluster));
        let problems = check(&draft).problems;
        assert!(problems.iter().any(|problem| draft.path(problem.at) == path), "{problems:?}");
    }
    let mut draft = preset();
    draft.remove_cluster(key(&draft, "cluster2"));
    assert_eq!((names(&draft), remotes(&draft)), (vec!["external-cluster", "cluster1"], vec![]));
    assert_eq!(check(&draft).problems, Vec::new());
    // Its key is not given to another while something could still mean it.
    let added = draft.add_cluster();
    assert_eq!(remotes(&draft), ["cluster2"]);
    assert_eq!(role_of(&draft, "cluster2"), Role::Remote);
    assert_eq!(draft.cluster(added).map(|it| it.name.as_str()), Some("cluster2"));
}

#[test]
fn a_moved_cluster_keeps_its_role_and_remotes_follow_the_form() {
    let mut draft = preset();
    draft.add_cluster();
    let (first, last) = (key(&draft, "external-cluster"), key(&draft, "cluster3"));
    draft.move_cluster(last, -1);
    assert_eq!(names(&draft), ["external-cluster", "cluster1", "cluster3", "cluster2"]);
    assert_eq!(remotes(&draft), ["cluster3", "cluster2"]);
    draft.move_cluster(first, 99);
    assert_eq!(names(&draft), ["cluster1", "cluster3", "cluster2", "external-cluster"]);
    draft.move_cluster(first, -99);
    draft.move_cluster(last, 0);
    draft.move_cluster(Key(99), 1);
    assert_eq!(names(&draft), ["external-cluster", "cluster1", "cluster3", "cluster2"]);
    assert_eq!((role_of(&draft, "external-cluster"), role_of(&draft, "cluster1")), (Role::External, Role::Config));
    assert_eq!(check(&draft).problems, Vec::new());
}

#[test]
fn a_role_that_one_can_have_is_swapped() {
    let mut draft = preset();
    draft.set_role(key(&draft, "cluster2"), Role::Config);
    assert_eq!((role_of(&draft, "cluster2"), role_of(&draft, "cluster1")), (Role::Config, Role::Remote));
    assert_eq!(remotes(&draft), ["cluster1"]);
    assert!(check(&draft).topology.is_some());
    draft.set_role(key(&draft, "cluster1"), Role::External);
    assert_eq!((role_of(&draft, "cluster1"), role_of(&draft, "external-cluster")), (Role::External, Role::Remote));
    draft.set_role(key(&draft, "external-cluster"), Role::Unused);
    assert_eq!((role_of(&draft, "external-cluster"), remotes(&draft)), (Role::Unused, vec![]));
    // From one of a kind to none: nobody has it then, and that is told.
    draft.set_role(key(&draft, "cluster1"), Role::Remote);
    assert_eq!(role_of(&draft, "cluster1"), Role::Remote);
    assert_eq!(draft.meshes[0].control_planes[0].cluster, ClusterRef::Unknown(String::new()));
    let before = draft.clone();
    draft.set_role(key(&draft, "cluster1"), Role::Remote);
    assert_eq!(draft, before);
}

/// Files of further remote clusters are numbered in this order.
#[test]
fn remotes_follow_the_form_after_a_role_too() {
    let mut draft = preset();
    draft.add_cluster();
    draft.set_role(key(&draft, "cluster2"), Role::Unused);
    draft.set_role(key(&draft, "cluster2"), Role::Remote);
    assert_eq!(remotes(&draft), ["cluster2", "cluster3"]);
    draft.set_role(key(&draft, "cluster3"), Role::Config);
    assert_eq!(remotes(&draft), ["cluster1", "cluster2"]);
}

#[test]
fn a_rename_over_another_name_and_on_loses_nothing() {
    let at = |draft: &Draft| At { field: Field::ClusterName, key: key(draft, "cluster2") };
    let typed = ["cluster", "", "cluster1", "cluster1x", "#1", "#3", "external-cluster", "west"];
    let mut draft = preset();
    let at = at(&draft);
    for name in typed {
        draft.set_text(at, name.to_owned());
        // On the way the page is left and comes back: the draft goes through its file.
        let back = Draft::from(File::from(&draft));
        assert_eq!(back.roles().iter().filter(|role| **role != Role::Unused).count(), 3, "{name:?}");
        assert_eq!(back, draft, "{name:?}");
    }
    assert_eq!((remotes(&draft), role_of(&draft, "cluster1")), (vec!["west"], Role::Config));
    assert_eq!(check(&draft).problems, Vec::new());
}

/// Names that stand for nothing yet are kept as they were typed, and found once a cluster has them.
#[test]
fn a_reference_to_a_name_that_is_not_there_is_kept() {
    let mut file = File::from(&preset());
    file.meshes[0].control_planes[0].remote_clusters = vec!["later".into(), "#9".into(), "#0".into(), "#x".into()];
    let draft = Draft::from(file.clone());
    assert_eq!(File::from(&draft), file);
    file.clusters[2].name = "later".into();
    let draft = Draft::from(file);
    assert_eq!(draft.role(draft.clusters[2].key), Role::Remote);
}
