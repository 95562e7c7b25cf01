//! What problems say of how to mend them, done: by their own fix where they have one, else as their words say.

use meshwright_core::draft::{At, Cluster, ClusterRef, ControlPlane, Draft, Key};
use meshwright_core::field::Field;
use meshwright_core::preset::Preset;
use meshwright_core::problem::{Kind, Problem};
use meshwright_core::version::NEWEST;

const METHOD: At = At { field: Field::InstallMethod, key: Key::TOPOLOGY };

/// The draft without the cause of that problem.
pub(super) fn mend(draft: &Draft, problem: &Problem) -> Draft {
    let mut mended = draft.clone();
    // What is told once may be so in each mesh.
    let causes = if problem.kind == Kind::NoIngressGateway { draft.meshes.len() } else { 1 };
    for _ in 0..causes {
        if let Some(fix) = problem.fix(&mended) {
            mended.set_text(fix.at, fix.text);
        }
    }
    if mended != *draft {
        return mended;
    }
    let at = problem.at;
    let mut write = |field: Field, text: &str| mended.set_text(At { field, key: at.key }, text.to_owned());
    let unique = format!("mended{}", at.key.0);
    match &problem.kind {
        Kind::Text { .. } | Kind::ApiServerOnLoopback => write(at.field, at.field.info().example),
        Kind::SameName { .. } | Kind::SameContext { .. } | Kind::SameMeshId { .. } | Kind::NamespaceTaken { .. } => {
            write(at.field, &unique);
        }
        Kind::SameHost { .. } => write(at.field, &format!("{unique}.example.com")),
        Kind::SharedGatewayByIp if draft.text(METHOD) == "sail" => references(&mut mended, problem),
        Kind::SharedGatewayByIp => write(at.field, "dns"),
        Kind::SailWithoutRevision => write(at.field, "external-istiod"),
        Kind::Ipv6TooEarly { .. } => write(Field::IstioVersion, NEWEST),
        Kind::NoIngressGateway => write(at.field, "gateway-api"),
        Kind::ClusterNotUsed => mended.clusters.retain(|cluster| cluster.key != at.key),
        Kind::NoControlPlane => mended = Preset::ExternalControlPlane.draft(),
        Kind::NoSuchCluster { .. }
        | Kind::ManagedElsewhere { .. }
        | Kind::ManagedTwice { .. }
        | Kind::ExternalInMesh
        | Kind::SameNamespace { .. }
        | Kind::LoadBalancerHasHostName => references(&mut mended, problem),
        Kind::Choice { .. }
        | Kind::PrimaryByDns
        | Kind::NoGatewayToIstiod
        | Kind::NamespaceDiffers { .. }
        | Kind::ReleaseTooEarly { .. }
        | Kind::ReleaseNotSupported { .. }
        | Kind::RevisionDefault
        | Kind::PlatformNotSupported
        | Kind::HelmTooEarly { .. }
        | Kind::SailHasNot { .. }
        | Kind::SailByDns
        | Kind::SailBesideIstioctl
        | Kind::NotAMember
        | Kind::NoEastWestGateway { .. }
        | Kind::SeveralEastWestGateways { .. }
        | Kind::NotVerified => panic!("it has a fix: {problem:?}"),
    }
    mended
}

/// Problems of which cluster a control plane refers to.
fn references(draft: &mut Draft, problem: &Problem) {
    let fresh = fresh(draft);
    let (key, field) = (problem.at.key, problem.at.field);
    let known: Vec<(Key, String)> = draft.clusters.iter().map(|it| (it.key, it.name.clone())).collect();
    let planes = draft.meshes.iter_mut().flat_map(|mesh| &mut mesh.control_planes);
    let plane = planes.into_iter().find(|plane| plane.key == key).unwrap();
    let name = |to: &ClusterRef| known.iter().find(|(key, _)| to.is(*key)).map(|(_, name)| name);
    let home = plane.cluster.clone();
    if problem.kind == Kind::LoadBalancerHasHostName {
        draft.clusters.iter_mut().filter(|it| home.is(it.key)).for_each(|it| it.platform.clear());
    } else if let Kind::ManagedTwice { .. } = problem.kind {
        let mut seen = vec![plane.config_cluster.clone()];
        plane.remote_clusters.retain(|to| {
            let first = !seen.contains(to);
            seen.push(to.clone());
            first
        });
    } else if field == Field::RemoteClusters {
        let elsewhere = if let Kind::ManagedElsewhere { name } = &problem.kind { Some(name) } else { None };
        let outside = problem.kind == Kind::ExternalInMesh;
        plane.remote_clusters.retain(|to| {
            let name = name(to);
            name.is_some() && name != elsewhere && !(outside && *to == home)
        });
    } else if field == Field::ConfigCluster {
        move_to(plane, fresh);
    } else {
        plane.cluster = ClusterRef::To(fresh);
    }
    if !draft.control_planes().any(|plane| plane.cluster.is(fresh) || plane.config_cluster.is(fresh)) {
        draft.clusters.retain(|cluster| cluster.key != fresh);
    }
}

/// A primary is one thereafter too.
fn move_to(plane: &mut ControlPlane, key: Key) {
    if plane.is_primary() {
        plane.cluster = ClusterRef::To(key);
    }
    plane.config_cluster = ClusterRef::To(key);
}

/// A cluster that nothing refers to yet.
fn fresh(draft: &mut Draft) -> Key {
    let clusters = draft.clusters.iter().map(|it| it.key);
    let meshes = draft.meshes.iter().map(|it| it.key);
    let Key(last) = clusters.chain(meshes).chain(draft.plane_keys()).max().unwrap_or(Key::TOPOLOGY);
    let (key, name, empty) = (Key(last + 1), format!("fresh{}", last + 1), String::new);
    draft.clusters.push(Cluster {
        key,
        context: name.clone(),
        name,
        network: "network1".to_owned(),
        api_server: empty(),
        platform: empty(),
        ingress: empty(),
        egress: empty(),
        east_west: empty(),
    });
    key
}
