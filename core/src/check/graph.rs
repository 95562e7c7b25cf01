//! Clusters and meshes, with references resolved.

use super::read::Reader;
use crate::draft::{self, At, Draft, Key};
use crate::field::Field;
use crate::problem::Kind;
use crate::sorted::Sorted;
use crate::topology::{Address, Cluster, ControlPlane, GatewayMethod, GatewayTrust, Gateways, Member, Mesh, Platform};
use crate::value::{
    Address as IpAddress, ClusterName, Context, Host, MeshId, Namespace, Network, Revision, SecretName, ServerUrl,
    TrustDomain,
};
use std::rc::Rc;

/// What Istio takes where nothing is said.
const DEFAULT_TRUST_DOMAIN: &str = "cluster.local";

/// A cluster as typed and, where nothing is wrong with it, as read.
struct Known<'a> {
    typed: &'a draft::Cluster,
    read: Option<Rc<Cluster>>,
}

/// The clusters in order and the meshes; `None` where any of them is wrong.
pub(super) fn graph(draft: &Draft, reader: &mut Reader) -> Option<(Vec<Rc<Cluster>>, Vec<Mesh>)> {
    // Every cluster and every mesh is read, wrong or not: all problems at once.
    let mut clusters = Vec::with_capacity(draft.clusters.len());
    for typed in &draft.clusters {
        let read = cluster(typed, reader).map(Rc::new);
        clusters.push(Known { typed, read });
    }
    let meshes: Vec<_> = draft.meshes.iter().map(|read| mesh(read, &clusters, reader)).collect();
    let ordered: Option<Vec<_>> = clusters.into_iter().map(|cluster| cluster.read).collect();
    Some((ordered?, meshes.into_iter().collect::<Option<_>>()?))
}

fn cluster(typed: &draft::Cluster, reader: &mut Reader) -> Option<Cluster> {
    let at = |field| At { field, key: typed.key };
    let name = reader.text(at(Field::ClusterName), &typed.name, ClusterName::parse);
    let context = reader.text(at(Field::Context), &typed.context, Context::parse);
    let api_server = reader.optional(at(Field::ApiServer), &typed.api_server, ServerUrl::parse);
    let platforms = [
        ("kubernetes", Platform::Kubernetes),
        ("openshift", Platform::OpenShift),
        ("eks", Platform::Eks),
        ("gke", Platform::Gke),
        ("aks", Platform::Aks),
        ("kind", Platform::Kind),
    ];
    let platform = reader.choice(at(Field::Platform), &typed.platform, &platforms);
    Some(Cluster { name: name?, context: context?, api_server: api_server?, platform: platform? })
}

fn mesh(mesh: &draft::Mesh, clusters: &[Known<'_>], reader: &mut Reader) -> Option<Mesh> {
    let at = |field| At { field, key: mesh.key };
    let id = reader.text(at(Field::MeshId), &mesh.mesh_id, MeshId::parse);
    let trust_domain = reader.optional(at(Field::TrustDomain), &mesh.trust_domain, TrustDomain::parse);
    let planes: Vec<_> = mesh.control_planes.iter().map(|plane| control_plane(plane, clusters, reader)).collect();
    Some(Mesh {
        id: id?,
        trust_domain: trust_domain?.filter(|domain| domain.as_str() != DEFAULT_TRUST_DOMAIN),
        control_planes: planes.into_iter().collect::<Option<_>>()?,
    })
}

fn control_plane(plane: &draft::ControlPlane, clusters: &[Known<'_>], reader: &mut Reader) -> Option<ControlPlane> {
    let at = |field| At { field, key: plane.key };
    let runs_on = reader.cluster(Field::ControlPlaneCluster, plane.key, &plane.cluster);
    let config = reader.cluster(Field::ConfigCluster, plane.key, &plane.config_cluster);
    let remotes: Vec<_> =
        plane.remote_clusters.iter().map(|remote| reader.cluster(Field::RemoteClusters, plane.key, remote)).collect();
    let primary = config.is_some() && config == runs_on;
    let mut seen: Sorted<Key, ()> = Sorted::default();
    if let Some(config) = config {
        seen.add(config, ());
    }
    for key in remotes.iter().copied().flatten() {
        if Some(key) == runs_on && !primary {
            reader.problem(at(Field::RemoteClusters), Kind::ExternalInMesh);
        }
        if !seen.add(key, ()) {
            let name = known(key, clusters, reader).map_or_else(String::new, |known| known.typed.name.clone());
            reader.problem(at(Field::RemoteClusters), Kind::ManagedTwice { name });
        }
    }
    let config = config.map(|key| member(key, clusters, reader));
    let remotes: Vec<_> = remotes.into_iter().map(|key| member(key?, clusters, reader)).collect();
    let namespace = reader.text(at(Field::Namespace), &plane.namespace, Namespace::parse);
    let revision = reader.optional(at(Field::Revision), &plane.revision, Revision::parse);
    // Nobody else asks a primary without remote clusters for anything.
    let address =
        if primary && remotes.is_empty() { Some(Address::Discovered) } else { address(plane, primary, reader) };
    Some(ControlPlane {
        cluster: known(runs_on?, clusters, reader)?.read.clone()?,
        config: config??,
        remotes: remotes.into_iter().collect::<Option<_>>()?,
        namespace: namespace?,
        revision: revision?,
        address: address?,
    })
}

fn known<'a>(key: Key, clusters: &'a [Known<'a>], reader: &Reader) -> Option<&'a Known<'a>> {
    clusters.get(reader.place(key)?)
}

fn member(key: Key, clusters: &[Known<'_>], reader: &mut Reader) -> Option<Member> {
    let at = |field| At { field, key };
    let known = known(key, clusters, reader)?;
    let typed = known.typed;
    let network = reader.text(at(Field::Network), &typed.network, Network::parse);
    let methods = [("none", None), ("istioctl", Some(GatewayMethod::Istioctl)), ("helm", Some(GatewayMethod::Helm))];
    let ingress = reader.choice(at(Field::IngressGateway), &typed.ingress, &methods);
    let egress = reader.choice(at(Field::EgressGateway), &typed.egress, &methods);
    let east_west = reader.choice(at(Field::EastWestGateway), &typed.east_west, &methods);
    let gateways = Gateways { ingress: ingress?, egress: egress?, east_west: east_west? };
    Some(Member { cluster: known.read.clone()?, network: network?, gateways })
}

/// Kinds of address, before their parts are read.
#[derive(Clone, Copy)]
enum AddressType {
    Dns,
    Ip,
    Discovered,
}

fn address(plane: &draft::ControlPlane, primary: bool, reader: &mut Reader) -> Option<Address> {
    let at = |field| At { field, key: plane.key };
    let typed = &plane.address;
    let kinds = [("dns", AddressType::Dns), ("ip", AddressType::Ip), ("discovered", AddressType::Discovered)];
    match reader.choice(at(Field::AddressType), &typed.kind, &kinds)? {
        AddressType::Dns if primary => {
            reader.problem(at(Field::AddressType), Kind::PrimaryByDns);
            None
        }
        AddressType::Dns => {
            let host = reader.text(at(Field::Host), &typed.host, Host::parse);
            let tls_secret = reader.text(at(Field::TlsSecret), &typed.tls_secret, SecretName::parse);
            let trusts =
                [("mesh-ca", GatewayTrust::MeshCa), ("insecure-skip-verify", GatewayTrust::InsecureSkipVerify)];
            let trust = reader.choice(at(Field::GatewayTrust), &typed.gateway_trust, &trusts);
            Some(Address::Dns { host: host?, tls_secret: tls_secret?, trust: trust? })
        }
        AddressType::Ip => reader.text(at(Field::Ip), &typed.ip, IpAddress::parse).map(Address::Ip),
        AddressType::Discovered => Some(Address::Discovered),
    }
}
