//! What fields have to agree on with each other. Read from the draft, so that a fault in one place
//! hides no problem in another.

use super::read::{Reader, effective};
use super::top;
use crate::draft::{At, Cluster, ControlPlane, Draft, Key, Role};
use crate::field::Field;
use crate::name::GATEWAY_NAMESPACE;
use crate::problem::Kind;
use crate::sorted::Sorted;
use crate::value::{Address, Release};
use crate::version;

pub(super) fn check(draft: &Draft, reader: &mut Reader) {
    unique(draft, reader);
    let mut planes = draft.control_planes();
    if planes.next().is_none() {
        let key = draft.meshes.first().map_or(Key::TOPOLOGY, |mesh| mesh.key);
        reader.problem(at(Field::ControlPlaneCluster, key), Kind::NoControlPlane);
    }
    for second in planes {
        reader.problem(at(Field::ControlPlaneCluster, second.key), Kind::SeveralControlPlanes);
    }
    for (cluster, played) in draft.clusters.iter().zip(draft.roles()) {
        role(cluster, played, reader);
    }
    for plane in draft.control_planes() {
        namespaces(draft, plane, reader);
        address(draft, plane, reader);
        east_west(draft, plane, reader);
        sample_route(draft, plane, reader);
    }
}

fn at(field: Field, key: Key) -> At {
    At { field, key }
}

/// Names and contexts are each cluster's own (0.5). The later one of two is told.
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
}

fn role(cluster: &Cluster, role: Role, reader: &mut Reader) {
    if cluster.platform == "openshift" {
        reader.problem(at(Field::Platform, cluster.key), Kind::PlatformNotSupported);
    }
    match role {
        Role::Unused => reader.problem(at(Field::ClusterName, cluster.key), Kind::ClusterNotUsed),
        Role::External => {
            let members_only = [
                (Field::Network, &cluster.network),
                (Field::IngressGateway, &cluster.ingress),
                (Field::EgressGateway, &cluster.egress),
                (Field::EastWestGateway, &cluster.east_west),
            ];
            for (field, _) in members_only.into_iter().filter(|(_, typed)| !matches!(typed.as_str(), "" | "none")) {
                reader.problem(at(field, cluster.key), Kind::NotAMember);
            }
        }
        Role::Config | Role::Remote => {
            if cluster.platform == "kind" && cluster.api_server.is_empty() {
                reader.problem(at(Field::ApiServer, cluster.key), Kind::ApiServerOnLoopback);
            }
        }
    }
}

/// The system namespace is istiod's alone (0.11), and the sample has its own.
fn namespaces(draft: &Draft, plane: &ControlPlane, reader: &mut Reader) {
    let taken = |namespace: &str| namespace == GATEWAY_NAMESPACE || namespace.starts_with("kube-");
    if taken(&plane.namespace) {
        let kind = Kind::NamespaceTaken { namespace: plane.namespace.clone() };
        reader.problem(at(Field::Namespace, plane.key), kind);
    }
    if plane.revision == "default" {
        reader.problem(at(Field::Revision, plane.key), Kind::RevisionDefault);
    }
    let sample = effective(Field::SampleNamespace, &draft.sample.namespace);
    let wanted = effective(Field::Sample, &draft.sample.app) != "none";
    if wanted && (taken(sample) || (sample == plane.namespace && !sample.is_empty())) {
        reader.problem(top(Field::SampleNamespace), Kind::NamespaceTaken { namespace: sample.to_owned() });
    }
}

/// What the way to istiod and the clusters have to agree on (0.20, 0.43).
fn address(draft: &Draft, plane: &ControlPlane, reader: &mut Reader) {
    let kind = effective(Field::AddressType, &plane.address.kind);
    if kind == "dns" && plane.address.gateway_trust == "insecure-skip-verify" {
        reader.problem(at(Field::GatewayTrust, plane.key), Kind::NotVerified);
    }
    let release = Release::parse(&draft.version).ok();
    let facts = release.and_then(version::facts);
    if let (Some(release), Some(facts), "ip", Ok(ip)) = (release, facts, kind, Address::parse(&plane.address.ip))
        && ip.ip().is_ipv6()
        && !facts.remote_address_ipv6
    {
        reader.problem(at(Field::Ip, plane.key), Kind::Ipv6TooEarly { release });
    }
    let external = draft.clusters.iter().find(|cluster| plane.cluster.is(cluster.key));
    if matches!(kind, "ip" | "discovered") && external.is_some_and(|cluster| cluster.platform == "eks") {
        reader.problem(at(Field::AddressType, plane.key), Kind::LoadBalancerHasHostName);
    }
}

/// One east-west gateway per network, as soon as there are two networks (0.27).
fn east_west(draft: &Draft, plane: &ControlPlane, reader: &mut Reader) {
    let mut managed = vec![false; draft.clusters.len()];
    for place in plane.members().filter_map(|key| reader.place(key)) {
        if let Some(managed) = managed.get_mut(place) {
            *managed = true;
        }
    }
    let mut networks: Sorted<&str, Vec<&Cluster>> = Sorted::default();
    for (cluster, managed) in draft.clusters.iter().zip(managed) {
        if managed && !cluster.network.is_empty() {
            networks.change(&cluster.network, |members| members.push(cluster));
        }
    }
    let several = networks.len() > 1;
    for (network, members) in networks.iter() {
        let network = (*network).to_owned();
        let mut gateways = members.iter().filter(|cluster| !matches!(cluster.east_west.as_str(), "" | "none"));
        let first = gateways.next();
        if let Some(second) = gateways.next() {
            let kind = Kind::SeveralEastWestGateways { network };
            reader.problem(at(Field::EastWestGateway, second.key), kind);
        } else if let (None, true, Some(member)) = (first, several, members.first()) {
            reader.problem(at(Field::EastWestGateway, member.key), Kind::NoEastWestGateway { network });
        }
    }
}

/// The sample's route needs a gateway; the Gateway API brings its own.
fn sample_route(draft: &Draft, plane: &ControlPlane, reader: &mut Reader) {
    let app = effective(Field::Sample, &draft.sample.app);
    let route = effective(Field::SampleRoute, &draft.sample.route);
    let config = draft.clusters.iter().find(|cluster| plane.config_cluster.is(cluster.key));
    let without = config.is_some_and(|cluster| matches!(cluster.ingress.as_str(), "" | "none"));
    if app == "helloworld" && route == "istio" && without {
        reader.problem(top(Field::SampleRoute), Kind::NoIngressGateway);
    }
}
