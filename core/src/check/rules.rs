//! What fields have to agree on with each other. Read from the draft, so that a fault in one place
//! hides no problem in another.

mod control_planes;
mod networks;

use super::read::{Reader, effective};
use super::top;
use crate::draft::{At, Cluster, Draft, Key, Role};
use crate::field::Field;
use crate::problem::Kind;
use crate::sorted::Sorted;

pub(super) fn check(draft: &Draft, reader: &mut Reader) {
    unique(draft, reader);
    if draft.meshes.is_empty() {
        reader.problem(at(Field::ControlPlaneCluster, Key::TOPOLOGY), Kind::NoControlPlane);
    }
    for (cluster, played) in draft.clusters.iter().zip(draft.roles()) {
        role(draft, cluster, played, reader);
    }
    control_planes::method(draft, reader);
    control_planes::side_by_side(draft, reader);
    for mesh in &draft.meshes {
        if mesh.control_planes.is_empty() {
            reader.problem(at(Field::ControlPlaneCluster, mesh.key), Kind::NoControlPlane);
        }
        for plane in &mesh.control_planes {
            control_planes::namespaces(draft, plane, reader);
            control_planes::address(draft, plane, reader);
        }
        networks::east_west(draft, mesh, reader);
    }
    sample_route(draft, reader);
}

fn at(field: Field, key: Key) -> At {
    At { field, key }
}

/// Whether a gateway of a cluster is wanted.
fn wanted(gateway: &str) -> bool {
    !matches!(gateway, "" | "none")
}

/// Names and contexts are each cluster's own (0.5), IDs each mesh's (0.30). The later one of two is told.
fn unique(draft: &Draft, reader: &mut Reader) {
    let (mut names, mut contexts) = (Sorted::default(), Sorted::default());
    for cluster in &draft.clusters {
        if !cluster.name.is_empty() && !names.add(cluster.name.as_str(), cluster) {
            reader.problem(at(Field::ClusterName, cluster.key), Kind::SameName { name: cluster.name.clone() });
        }
        if cluster.context.is_empty() {
            continue;
        }
        if !contexts.add(cluster.context.as_str(), cluster) {
            let other = contexts.get(&cluster.context.as_str()).map_or_else(String::new, |first| first.name.clone());
            reader.problem(at(Field::Context, cluster.key), Kind::SameContext { other });
        }
    }
    let mut meshes = Sorted::default();
    for mesh in &draft.meshes {
        if !mesh.mesh_id.is_empty() && !meshes.add(mesh.mesh_id.as_str(), ()) {
            reader.problem(at(Field::MeshId, mesh.key), Kind::SameMeshId { id: mesh.mesh_id.clone() });
        }
    }
}

fn role(draft: &Draft, cluster: &Cluster, role: Role, reader: &mut Reader) {
    let sail = draft.effective(top(Field::InstallMethod)) == "sail";
    if cluster.platform == "openshift" && !sail {
        reader.problem(at(Field::Platform, cluster.key), Kind::PlatformNotSupported);
    }
    let gateways = [
        (Field::IngressGateway, &cluster.ingress),
        (Field::EgressGateway, &cluster.egress),
        (Field::EastWestGateway, &cluster.east_west),
    ];
    match role {
        Role::Unused => reader.problem(at(Field::ClusterName, cluster.key), Kind::ClusterNotUsed),
        Role::External => {
            let members_only = [(Field::Network, &cluster.network)].into_iter().chain(gateways);
            for (field, _) in members_only.filter(|(_, typed)| wanted(typed)) {
                reader.problem(at(field, cluster.key), Kind::NotAMember);
            }
        }
        Role::Primary | Role::Config | Role::Remote => {
            for (field, _) in gateways.into_iter().filter(|(_, by)| sail && *by == "istioctl") {
                reader.problem(at(field, cluster.key), Kind::SailBesideIstioctl);
            }
            let read = role != Role::Primary || draft.peers(cluster.key);
            if cluster.platform == "kind" && cluster.api_server.is_empty() && read {
                reader.problem(at(Field::ApiServer, cluster.key), Kind::ApiServerOnLoopback);
            }
        }
    }
}

/// The sample's route needs a gateway; the Gateway API brings its own.
fn sample_route(draft: &Draft, reader: &mut Reader) {
    let app = effective(Field::Sample, &draft.sample.app);
    let route = effective(Field::SampleRoute, &draft.sample.route);
    if app == "helloworld" && route == "istio" && draft.without_ingress().next().is_some() {
        reader.problem(top(Field::SampleRoute), Kind::NoIngressGateway);
    }
}
