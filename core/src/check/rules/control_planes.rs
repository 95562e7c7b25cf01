//! What a control plane has to agree on with its clusters, and with the control planes beside it.

use super::{at, effective, top};
use crate::check::read::Reader;
use crate::draft::{ClusterRef, ControlPlane, Draft, Key};
use crate::field::Field;
use crate::name::GATEWAY_NAMESPACE;
use crate::problem::Kind;
use crate::sorted::Sorted;
use crate::value::{Address, Release};
use crate::version;

/// Namespaces that istiod cannot have beside others, and that the sample cannot have beside istiod.
pub(super) fn namespaces(draft: &Draft, plane: &ControlPlane, reader: &mut Reader) {
    let systems = |namespace: &str| namespace.starts_with("kube-");
    // istio-system belongs to the gateway that exposes an external istiod (0.11).
    if systems(&plane.namespace) || (plane.namespace == GATEWAY_NAMESPACE && !plane.is_primary()) {
        let kind = Kind::NamespaceTaken { namespace: plane.namespace.clone() };
        reader.problem(at(Field::Namespace, plane.key), kind);
    }
    if plane.revision == "default" {
        reader.problem(at(Field::Revision, plane.key), Kind::RevisionDefault);
    }
    let sample = effective(Field::SampleNamespace, &draft.sample.namespace);
    let wanted = effective(Field::Sample, &draft.sample.app) != "none";
    let taken = sample == GATEWAY_NAMESPACE || systems(sample) || (sample == plane.namespace && !sample.is_empty());
    if wanted && taken {
        reader.problem(top(Field::SampleNamespace), Kind::NamespaceTaken { namespace: sample.to_owned() });
    }
}

/// What the release can be installed by.
pub(super) fn method(draft: &Draft, reader: &mut Reader) {
    let field = top(Field::InstallMethod);
    let release = Release::parse(&draft.version).ok();
    if draft.effective(field) == "sail"
        && let Some(release) = release.filter(|release| version::facts(*release).is_some())
    {
        let nearest = version::nearest_of_sail(release);
        if nearest != release {
            reader.problem(top(Field::IstioVersion), Kind::SailHasNot { release, nearest });
        }
    }
    let elsewhere = draft.control_planes().any(|plane| !plane.is_primary() || plane.serves_remotes());
    if elsewhere
        && draft.effective(field) == "helm"
        && let Some(release) = release
        && version::facts(release).is_some_and(|facts| !facts.helm_control_planes)
    {
        reader.problem(field, Kind::HelmTooEarly { release });
    }
}

/// What the way to istiod and the clusters have to agree on (0.20, 0.43).
pub(super) fn address(draft: &Draft, plane: &ControlPlane, reader: &mut Reader) {
    if plane.is_primary() && plane.remote_clusters.is_empty() {
        return;
    }
    let kind = effective(Field::AddressType, &plane.address.kind);
    if !plane.is_primary() && draft.effective(top(Field::InstallMethod)) == "sail" {
        if kind == "dns" {
            reader.problem(at(Field::AddressType, plane.key), Kind::SailByDns);
        }
        if plane.revision.is_empty() {
            reader.problem(at(Field::Revision, plane.key), Kind::SailWithoutRevision);
        }
    }
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
    let home = draft.clusters.iter().find(|cluster| plane.cluster.is(cluster.key));
    if matches!(kind, "ip" | "discovered") && home.is_some_and(|cluster| cluster.platform == "eks") {
        reader.problem(at(Field::AddressType, plane.key), Kind::LoadBalancerHasHostName);
    }
}

/// Control planes beside each other: in one mesh, and on one cluster (0.5, 0.8, 0.36). The later one
/// of two is told.
pub(super) fn side_by_side(draft: &Draft, reader: &mut Reader) {
    let mut managed: Sorted<Key, Key> = Sorted::default();
    let mut external: Sorted<Key, Vec<&ControlPlane>> = Sorted::default();
    for mesh in &draft.meshes {
        for plane in &mesh.control_planes {
            if let Some(first) = mesh.control_planes.first()
                && first.namespace != plane.namespace
            {
                let kind = Kind::NamespaceDiffers { other: first.namespace.clone() };
                reader.problem(at(Field::Namespace, plane.key), kind);
            }
            once(draft, plane, &mut managed, reader);
            if let (ClusterRef::To(home), false) = (&plane.cluster, plane.is_primary()) {
                external.change(*home, |planes| planes.push(plane));
            }
        }
    }
    for (home, planes) in external.iter() {
        if let (Some(first), Some(by)) = (planes.first(), managed.get(home))
            && *by != first.key
        {
            reader.problem(at(Field::ControlPlaneCluster, first.key), Kind::ExternalInMesh);
        }
        for (index, plane) in planes.iter().enumerate() {
            let before = planes.iter().take(index);
            share(plane, before.copied(), planes.len() > 1, reader);
        }
    }
}

/// No cluster is managed by two control planes. `managed` says by which one each is so far.
fn once(draft: &Draft, plane: &ControlPlane, managed: &mut Sorted<Key, Key>, reader: &mut Reader) {
    for key in plane.members() {
        if !managed.add(key, plane.key) && managed.get(&key) != Some(&plane.key) {
            let field = if plane.config_cluster.is(key) { Field::ConfigCluster } else { Field::RemoteClusters };
            let name = draft.cluster(key).map_or_else(String::new, |cluster| cluster.name.clone());
            reader.problem(at(field, plane.key), Kind::ManagedElsewhere { name });
        }
    }
}

/// External control planes on one cluster share the gateway that exposes them, and nothing else (0.36).
fn share<'a>(plane: &ControlPlane, before: impl Iterator<Item = &'a ControlPlane>, several: bool, reader: &mut Reader) {
    let by_name = effective(Field::AddressType, &plane.address.kind) == "dns";
    if several && !by_name {
        reader.problem(at(Field::AddressType, plane.key), Kind::SharedGatewayByIp);
    }
    for other in before {
        if other.namespace == plane.namespace && !plane.namespace.is_empty() {
            let kind = Kind::SameNamespace { namespace: plane.namespace.clone() };
            reader.problem(at(Field::Namespace, plane.key), kind);
        }
        if by_name && other.address.host == plane.address.host && !plane.address.host.is_empty() {
            reader.problem(at(Field::Host, plane.key), Kind::SameHost { host: plane.address.host.clone() });
        }
    }
}
