//! 0.1 to 0.6 and 0.30: who a cluster, a network and a mesh are.

use super::{everywhere, found, key, preset, problems};
use crate::documents::text;
use crate::world::World;
use meshwright_core::draft::ClusterRef;
use meshwright_core::field::Field;
use meshwright_core::problem::Kind;
use meshwright_core::value::{Fault, Rule};
use std::collections::BTreeSet;

/// The injection path of a member, whether it stands in a URL or alone.
fn path(world: &World, member: &str) -> String {
    let remote = world.remote(member);
    let url = text(remote, "/spec/values/istiodRemote/injectionURL");
    let alone = text(remote, "/spec/values/istiodRemote/injectionPath");
    assert!(url.is_empty() != alone.is_empty(), "{member}: one of both");
    match url.strip_prefix("https://") {
        Some(rest) => rest.split_once('/').map(|(_, path)| format!("/{path}")).unwrap(),
        None => alone.to_owned(),
    }
}

#[test]
fn inv_01_injection_paths_carry_cluster_and_network() {
    everywhere(|world| {
        for member in world.members() {
            assert_eq!(path(world, &member.name), format!("/inject/cluster/{}/net/{}", member.name, member.network));
        }
    });
    // A slash would have to be `--slash--`: no field that stands in the path takes one.
    let slash = |rule| Kind::Text { rule, fault: Fault::Character('/') };
    assert!(problems("cluster1", Field::ClusterName, "a/b").contains(&(Field::ClusterName, slash(Rule::Label(63)))));
    assert!(problems("cluster1", Field::Network, "a/b").contains(&(Field::Network, slash(Rule::LabelValue))));
}

#[test]
fn inv_02_istiod_knows_every_cluster_that_asks() {
    everywhere(|world| {
        let asks: BTreeSet<String> =
            world.members().iter().map(|it| path(world, &it.name).split('/').nth(3).unwrap().to_owned()).collect();
        let mut knows = BTreeSet::from([world.env("CLUSTER_ID").to_owned()]);
        for command in world.commands("install.sh") {
            if let Some((_, name)) = command.split_once(" --name=") {
                knows.insert(name.split(' ').next().unwrap().to_owned());
            }
        }
        assert_eq!(knows, asks);
    });
}

#[test]
fn inv_03_istiod_is_called_after_its_config_cluster() {
    everywhere(|world| {
        let config = &world.config().name;
        assert_eq!(world.env("CLUSTER_ID"), config);
        assert_eq!(text(world.istiod(), "/spec/values/global/multiCluster/clusterName"), config);
        assert_ne!(&world.external().name, config);
    });
    let mut draft = preset();
    draft.meshes[0].control_planes[0].config_cluster = ClusterRef::To(key(&draft, "external-cluster"));
    // That is a primary, and none that these files could be for.
    assert!(found(&draft).contains(&(Field::AddressType, Kind::PrimaryByDns)));
}

/// `World::env` fails where a variable stands twice.
#[test]
fn inv_04_cluster_id_stands_once() {
    everywhere(|world| {
        assert_eq!(world.env("CLUSTER_ID"), text(world.istiod(), "/spec/values/global/multiCluster/clusterName"));
        assert_eq!(world.istiod().pointer("/spec/values/pilot"), None);
    });
}

#[test]
fn inv_05_cluster_names_are_unique() {
    let same = Kind::SameName { name: "cluster1".to_owned() };
    assert!(problems("cluster2", Field::ClusterName, "cluster1").contains(&(Field::ClusterName, same.clone())));
    assert!(problems("external-cluster", Field::ClusterName, "cluster1").contains(&(Field::ClusterName, same)));
    let mut draft = preset();
    let config = ClusterRef::To(key(&draft, "cluster1"));
    draft.meshes[0].control_planes[0].remote_clusters.push(config);
    let twice = Kind::ManagedTwice { name: "cluster1".to_owned() };
    assert!(found(&draft).contains(&(Field::RemoteClusters, twice)));
    everywhere(|world| {
        let names: BTreeSet<&str> = world.draft.clusters.iter().map(|cluster| cluster.name.as_str()).collect();
        assert_eq!(names.len(), world.draft.clusters.len());
        assert!(world.remotes().iter().all(|remote| remote.name != world.env("CLUSTER_ID")));
    });
}

#[test]
fn inv_06_cluster_names_are_dns_labels() {
    let long = "a".repeat(64);
    let table = [
        ("", Fault::Empty),
        ("Cluster1", Fault::Character('C')),
        ("a_b", Fault::Character('_')),
        ("a.b", Fault::Character('.')),
        ("-a", Fault::Edge('-')),
        ("a-", Fault::Edge('-')),
        (long.as_str(), Fault::TooLong { max: 63 }),
    ];
    for (name, fault) in table {
        let kind = Kind::Text { rule: Rule::Label(63), fault };
        assert_eq!(problems("cluster2", Field::ClusterName, name), [(Field::ClusterName, kind)], "{name:?}");
    }
    assert_eq!(problems("cluster2", Field::ClusterName, &"a".repeat(63)), []);
}

#[test]
fn inv_30_the_mesh_id_is_the_topologys() {
    everywhere(|world| {
        assert_eq!(text(world.istiod(), "/spec/values/global/meshID"), world.draft.meshes[0].mesh_id);
        let others = world.of_kind("IstioOperator").into_iter().filter(|(_, it)| it != &world.istiod());
        assert!(others.into_iter().all(|(_, it)| it.pointer("/spec/values/global/meshID").is_none()));
    });
}
