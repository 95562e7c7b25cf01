//! The invariants that touch primaries, and meshes of several control planes.

use super::{found, key};
use crate::commands;
use crate::documents::{list, text};
use crate::world::World;
use meshwright_core::draft::{ClusterRef, Draft, Key};
use meshwright_core::field::Field;
use meshwright_core::preset::Preset;
use meshwright_core::problem::Kind;

const PRIMARIES: [Preset; 4] =
    [Preset::PrimaryRemote, Preset::PrimaryRemoteMultiNetwork, Preset::MultiPrimary, Preset::MultiPrimaryMultiNetwork];

fn world(preset: Preset) -> World {
    World::of(preset.name(), preset.draft())
}

fn with_revision() -> World {
    let mut draft = Preset::PrimaryRemoteMultiNetwork.draft();
    "canary".clone_into(&mut draft.meshes[0].control_planes[0].revision);
    World::of("revision", draft)
}

/// Index of the one command of install.sh with all of `parts`.
fn at(world: &World, parts: &[&str]) -> usize {
    world.step(parts)
}

#[test]
fn inv_02_every_istiod_knows_every_cluster() {
    for preset in [Preset::MultiPrimary, Preset::MultiPrimaryMultiNetwork] {
        let world = world(preset);
        for (reader, read) in [("CLUSTER1", "CLUSTER2"), ("CLUSTER2", "CLUSTER1")] {
            let create = format!("--context=\"${{CTX_{read}}}\"");
            let apply = format!("--context=\"${{CTX_{reader}}}\"");
            let name = format!("--name={}", read.to_lowercase());
            at(&world, &["create-remote-secret", &create, &apply, &name]);
        }
    }
    let world = world(Preset::PrimaryRemote);
    assert_eq!(world.steps(&["create-remote-secret"]).len(), 1, "the primary knows itself");
}

#[test]
fn inv_03_a_primary_is_called_after_its_own_cluster() {
    for preset in PRIMARIES {
        let world = world(preset);
        for plane in world.draft.control_planes() {
            let home = world.draft.clusters.iter().find(|cluster| plane.cluster.is(cluster.key)).unwrap();
            let operator = world.object(&home.name, "IstioOperator", "primary");
            assert_eq!(text(operator, "/spec/values/global/multiCluster/clusterName"), home.name);
            assert_eq!(text(operator, "/spec/values/global/network"), home.network);
            assert_eq!(text(operator, "/spec/values/global/meshID"), "mesh1");
        }
    }
}

#[test]
fn inv_05_no_cluster_has_two_managers() {
    let mut draft = Preset::MultiPrimary.draft();
    let second = key(&draft, "cluster2");
    draft.meshes[0].control_planes[0].remote_clusters.push(ClusterRef::To(second));
    let twice = Kind::ManagedElsewhere { name: "cluster2".to_owned() };
    assert!(found(&draft).contains(&(Field::ConfigCluster, twice)));
}

#[test]
fn inv_07_a_primarys_remotes_name_it_before_it_sees_them() {
    for preset in [Preset::PrimaryRemote, Preset::PrimaryRemoteMultiNetwork] {
        let world = world(preset);
        let namespace = world.object("cluster2", "Namespace", "istio-system");
        let annotation = "/metadata/annotations/topology.istio.io~1controlPlaneClusters";
        assert_eq!(text(namespace, annotation), "cluster1");
        let made = at(&world, &["ensure_namespace", "cluster2/05-namespace-istio-system.yaml"]);
        assert!(made < at(&world, &["create-remote-secret"]));
        assert_eq!(world.object("cluster1", "Namespace", "istio-system").pointer("/metadata/annotations"), None);
    }
}

#[test]
fn inv_08_namespaces_are_one_name_in_a_mesh() {
    let mut draft = Preset::MultiPrimary.draft();
    "other".clone_into(&mut draft.meshes[0].control_planes[1].namespace);
    let differs = Kind::NamespaceDiffers { other: "istio-system".to_owned() };
    assert_eq!(found(&draft), [(Field::Namespace, differs)]);
}

#[test]
fn inv_09_a_primary_serves_remotes_where_it_has_some() {
    for preset in PRIMARIES {
        let world = world(preset);
        let operator = world.object("cluster1", "IstioOperator", "primary");
        let serves = operator.pointer("/spec/values/global/externalIstiod").and_then(serde_json::Value::as_bool);
        assert_eq!(serves, preset.name().starts_with("primary-remote").then_some(true), "{}", world.name);
    }
}

#[test]
fn inv_20_a_primary_is_reached_by_an_ip_address() {
    let mut draft = Preset::PrimaryRemote.draft();
    "dns".clone_into(&mut draft.meshes[0].control_planes[0].address.kind);
    assert_eq!(found(&draft), [(Field::AddressType, Kind::PrimaryByDns)]);
    let world = world(Preset::PrimaryRemote);
    let found = at(&world, &["DISCOVERY_ADDRESS=", "istio-eastwestgateway"]);
    let used = at(&world, &["--set=values.global.remotePilotAddress=\"${DISCOVERY_ADDRESS}\""]);
    assert!(found < used);
}

#[test]
fn inv_21_a_primarys_remote_is_no_config_cluster() {
    let world = world(Preset::PrimaryRemoteMultiNetwork);
    let remote = world.object("cluster2", "IstioOperator", "remote-cluster");
    assert_eq!(text(remote, "/spec/profile"), "remote");
    for absent in ["/spec/values/global/configCluster", "/spec/values/pilot", "/spec/values/defaultRevision"] {
        assert_eq!(remote.pointer(absent), None, "{absent}");
    }
    assert_eq!(text(remote, "/spec/values/istiodRemote/injectionPath"), "/inject/cluster/cluster2/net/network2");
}

#[test]
fn inv_27_services_are_exposed_by_every_primary_and_istiod_by_those_with_remotes() {
    let exposing = |preset: Preset, name: &str| -> Vec<String> {
        let world = world(preset);
        let gateways = world.of_kind("Gateway").into_iter().filter(|(_, it)| text(it, "/metadata/name") == name);
        gateways.map(|(cluster, _)| cluster.to_owned()).collect()
    };
    let services = |preset| exposing(preset, "cross-network-gateway");
    let istiod = |preset| exposing(preset, "istiod-gateway");
    assert_eq!(services(Preset::PrimaryRemote), Vec::<String>::new());
    assert_eq!(services(Preset::PrimaryRemoteMultiNetwork), ["cluster1"]);
    assert_eq!(services(Preset::MultiPrimary), Vec::<String>::new());
    assert_eq!(services(Preset::MultiPrimaryMultiNetwork), ["cluster1", "cluster2"]);
    assert_eq!(istiod(Preset::PrimaryRemote), ["cluster1"]);
    assert_eq!(istiod(Preset::PrimaryRemoteMultiNetwork), ["cluster1"]);
    assert_eq!(istiod(Preset::MultiPrimaryMultiNetwork), Vec::<String>::new());
    let mut draft = Preset::PrimaryRemote.draft();
    draft.clusters[0].east_west.clear();
    assert_eq!(found(&draft), [(Field::EastWestGateway, Kind::NoGatewayToIstiod)]);
}

#[test]
fn inv_29_istiod_is_exposed_by_its_own_name_and_namespace() {
    for (world, istiod, service) in [
        (world(Preset::PrimaryRemote), "istiod.istio-system.svc.cluster.local", "istiod-vs"),
        (with_revision(), "istiod-canary.istio-system.svc.cluster.local", "istiod-vs-canary"),
    ] {
        let routes = world.object("cluster1", "VirtualService", service);
        let leads: Vec<&str> =
            list(routes, "/spec/tls").iter().map(|route| text(route, "/route/0/destination/host")).collect();
        assert_eq!(leads, [istiod, istiod]);
        let apply = at(&world, &["kubectl apply", "expose-istiod.yaml"]);
        assert!(commands::has(&world.commands("install.sh")[apply], "--namespace=istio-system"));
    }
}

#[test]
fn inv_30_mesh_ids_differ() {
    let mut draft = Preset::ExternalControlPlaneTwoMeshes.draft();
    "mesh1".clone_into(&mut draft.meshes[1].mesh_id);
    assert_eq!(found(&draft), [(Field::MeshId, Kind::SameMeshId { id: "mesh1".to_owned() })]);
}

#[test]
fn inv_31_control_planes_of_one_mesh_get_one_root_before_they_start() {
    for preset in [Preset::MultiPrimary, Preset::MultiPrimaryMultiNetwork] {
        let world = world(preset);
        for (cluster, context) in [("cluster1", "CTX_CLUSTER1"), ("cluster2", "CTX_CLUSTER2")] {
            let given = at(&world, &["ensure_cacerts", context, "istio-system", cluster, "mesh1"]);
            assert!(given < at(&world, &["istioctl install", context]));
        }
        assert!(world.commands("verify.sh").iter().any(|it| it.contains("same_root")));
    }
    for preset in [Preset::PrimaryRemote, Preset::ExternalControlPlane, Preset::ExternalControlPlaneTwoMeshes] {
        assert_eq!(world(preset).steps(&["ensure_cacerts"]), Vec::<usize>::new(), "one istiod signs alone");
    }
}

fn two_meshes(change: impl FnOnce(&mut Draft)) -> Vec<(Field, Kind)> {
    let mut draft = Preset::ExternalControlPlaneTwoMeshes.draft();
    change(&mut draft);
    found(&draft)
}

#[test]
fn inv_36_meshes_that_share_a_cluster_share_nothing_else() {
    let plane = |draft: &Draft, mesh: usize| draft.meshes[mesh].control_planes[0].clone();
    let namespace = two_meshes(|draft| {
        draft.meshes[1].control_planes[0].namespace = plane(draft, 0).namespace;
    });
    assert_eq!(namespace, [(Field::Namespace, Kind::SameNamespace { namespace: "external-istiod-1".to_owned() })]);
    let host = two_meshes(|draft| {
        draft.meshes[1].control_planes[0].address.host = plane(draft, 0).address.host;
    });
    assert_eq!(host, [(Field::Host, Kind::SameHost { host: "mesh1.example.com".to_owned() })]);
    let by_ip = two_meshes(|draft| "discovered".clone_into(&mut draft.meshes[1].control_planes[0].address.kind));
    assert_eq!(by_ip, [(Field::AddressType, Kind::SharedGatewayByIp)]);
    let member = two_meshes(|draft| {
        let external = ClusterRef::To(key(draft, "external-cluster"));
        draft.meshes[1].control_planes[0] = meshwright_core::draft::ControlPlane {
            cluster: external.clone(),
            config_cluster: external,
            ..plane(draft, 1)
        };
        draft.meshes[1].control_planes[0].key = Key(99);
    });
    assert!(member.contains(&(Field::ControlPlaneCluster, Kind::ExternalInMesh)));
    let world = world(Preset::ExternalControlPlaneTwoMeshes);
    assert_eq!(world.steps(&["istioctl install", "controlplane-gateway.yaml"]).len(), 1, "one gateway for both");
    let copied: Vec<String> =
        world.commands("install.sh").into_iter().filter(|it| it.starts_with("copy_ca ")).collect();
    let secret = |command: &String| command.split(' ').next_back().map(str::to_owned);
    assert_eq!(copied.len(), 2);
    assert_ne!(secret(&copied[0]), secret(&copied[1]));
}
