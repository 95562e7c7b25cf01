//! Fields that have to agree: the wrong draft has exactly the problems that are told, where they are.

use super::{at, preset};
use meshwright_core::check::check;
use meshwright_core::draft::{At, ClusterRef, Draft, Key};
use meshwright_core::field::Field;
use meshwright_core::problem::{Kind, Problem, Severity};
use meshwright_core::value::{Fault, Release, Rule};

fn key(draft: &Draft, cluster: &str) -> Key {
    draft.clusters.iter().find(|it| it.name == cluster).unwrap().key
}

/// A draft with fields of clusters changed; an empty name means the field's one place.
fn changed(changes: &[(&str, Field, &str)]) -> Draft {
    let mut draft = preset();
    let places: Vec<At> = changes
        .iter()
        .map(
            |(cluster, field, _)| {
                if cluster.is_empty() { at(&draft, *field) } else { At { field: *field, key: key(&draft, cluster) } }
            },
        )
        .collect();
    for (at, (_, _, text)) in places.into_iter().zip(changes) {
        draft.set_text(at, (*text).to_owned());
    }
    draft
}

/// The problems as path in the file and kind.
fn told(draft: &Draft) -> Vec<(String, Kind)> {
    check(draft).problems.into_iter().map(|it| (draft.path(it.at), it.kind)).collect()
}

fn one(path: &str, kind: Kind) -> Vec<(String, Kind)> {
    vec![(path.to_owned(), kind)]
}

#[test]
fn clusters_of_one_name_or_context() {
    let same = |name: &str| Kind::SameName { name: name.to_owned() };
    let draft = changed(&[("cluster2", Field::ClusterName, "cluster1")]);
    assert_eq!(told(&draft), one("clusters[2].name", same("cluster1")));
    let all = changed(&[
        ("cluster2", Field::ClusterName, "x"),
        ("cluster1", Field::ClusterName, "x"),
        ("external-cluster", Field::ClusterName, "x"),
    ]);
    let both = [("clusters[1].name".to_owned(), same("x")), ("clusters[2].name".to_owned(), same("x"))];
    assert_eq!(told(&all), both);
    let context = changed(&[("cluster2", Field::Context, "cluster1")]);
    assert_eq!(told(&context), one("clusters[2].context", Kind::SameContext { other: "cluster1".to_owned() }));
    // Two that are empty are two empty ones, not one name twice.
    let empty = changed(&[("cluster2", Field::ClusterName, ""), ("cluster1", Field::ClusterName, "")]);
    assert!(told(&empty).iter().all(|(_, kind)| matches!(kind, Kind::Text { fault: Fault::Empty, .. })));
}

#[test]
fn roles() {
    let mut draft = preset();
    let (external, config, remote) =
        (key(&draft, "external-cluster"), key(&draft, "cluster1"), key(&draft, "cluster2"));
    draft.meshes[0].control_planes[0].remote_clusters.push(ClusterRef::To(external));
    let path = "meshes[0].controlPlanes[0].remoteClusters";
    assert_eq!(told(&draft)[..1], one(path, Kind::ExternalInMesh));
    draft.meshes[0].control_planes[0].remote_clusters = vec![ClusterRef::To(remote), ClusterRef::To(remote)];
    assert_eq!(told(&draft), one(path, Kind::ManagedTwice { name: "cluster2".to_owned() }));
    draft.meshes[0].control_planes[0].remote_clusters = vec![ClusterRef::To(remote), ClusterRef::To(config)];
    assert_eq!(told(&draft), one(path, Kind::ManagedTwice { name: "cluster1".to_owned() }));
    draft.meshes[0].control_planes[0].remote_clusters.clear();
    assert_eq!(told(&draft).last(), Some(&("clusters[2].name".to_owned(), Kind::ClusterNotUsed)));
}

#[test]
fn every_mesh_has_a_control_plane() {
    let mut draft = preset();
    draft.meshes[0].control_planes.clear();
    assert!(check(&draft).problems.iter().any(|it| it.kind == Kind::NoControlPlane));
    draft.meshes.clear();
    assert!(check(&draft).problems.iter().any(|it| it.kind == Kind::NoControlPlane));
}

/// What is wrong with the topology as a whole is told at a place that its file has.
#[test]
fn control_planes_are_told_at_a_place_of_the_file() {
    let mut draft = preset();
    draft.meshes.clear();
    let none = check(&draft).problems.into_iter().find(|it| it.kind == Kind::NoControlPlane).unwrap();
    assert!(draft.path(none.at).starts_with("meshes"), "{}", draft.path(none.at));
}

#[test]
fn namespaces_of_others() {
    let taken = |namespace: &str| Kind::NamespaceTaken { namespace: namespace.to_owned() };
    for name in ["istio-system", "kube-system", "kube-public"] {
        let system = changed(&[("", Field::Namespace, name)]);
        assert_eq!(told(&system), one("meshes[0].controlPlanes[0].namespace", taken(name)));
        let sample = changed(&[("", Field::SampleNamespace, name)]);
        assert_eq!(told(&sample), one("sample.namespace", taken(name)));
    }
    let own = changed(&[("", Field::SampleNamespace, "external-istiod")]);
    assert_eq!(told(&own), one("sample.namespace", taken("external-istiod")));
    let default = changed(&[("", Field::Namespace, "sample"), ("", Field::SampleNamespace, "")]);
    assert_eq!(told(&default), one("sample.namespace", taken("sample")));
    let none = changed(&[("", Field::SampleNamespace, "istio-system"), ("", Field::Sample, "none")]);
    assert_eq!(told(&none), []);
}

#[test]
fn releases_without_facts() {
    for (text, early) in [("1.14.6", true), ("1.8.0", true), ("0.0.0", true), ("1.32.0", false), ("2.1.1", false)] {
        let release = Release::parse(text).unwrap();
        let draft = changed(&[("", Field::IstioVersion, text)]);
        let kind = if early { Kind::ReleaseTooEarly { release } } else { Kind::ReleaseNotSupported { release } };
        assert_eq!(told(&draft), one("istio.version", kind));
    }
}

#[test]
fn ipv6_before_its_time() {
    for (version, early) in [("1.24.6", true), ("1.29.0", true), ("1.30.0", false), ("1.31.1", false)] {
        let draft =
            changed(&[("", Field::IstioVersion, version), ("", Field::AddressType, "ip"), ("", Field::Ip, "fd00::1")]);
        let kind = Kind::Ipv6TooEarly { release: Release::parse(version).unwrap() };
        let expected = if early { one("meshes[0].controlPlanes[0].address.ip", kind) } else { Vec::new() };
        assert_eq!(told(&draft), expected, "{version}");
    }
    // An address that is not used is not looked at.
    let unused = changed(&[("", Field::IstioVersion, "1.24.6"), ("", Field::Ip, "fd00::1")]);
    assert_eq!(told(&unused), []);
}

#[test]
fn warnings_leave_the_files() {
    let table = [
        (vec![("external-cluster", Field::Network, "n")], "clusters[0].network", Kind::NotAMember),
        (vec![("external-cluster", Field::IngressGateway, "helm")], "clusters[0].gateways.ingress", Kind::NotAMember),
        (vec![("external-cluster", Field::EgressGateway, "helm")], "clusters[0].gateways.egress", Kind::NotAMember),
        (vec![("external-cluster", Field::EastWestGateway, "helm")], "clusters[0].gateways.eastWest", Kind::NotAMember),
        (
            vec![("cluster2", Field::EastWestGateway, "none")],
            "clusters[2].gateways.eastWest",
            Kind::NoEastWestGateway { network: "network2".to_owned() },
        ),
        (
            vec![("cluster2", Field::Network, "network1")],
            "clusters[2].gateways.eastWest",
            Kind::SeveralEastWestGateways { network: "network1".to_owned() },
        ),
        (vec![("cluster1", Field::Platform, "kind")], "clusters[1].apiServer", Kind::ApiServerOnLoopback),
        (vec![("cluster1", Field::IngressGateway, "none")], "sample.route", Kind::NoIngressGateway),
        (
            vec![("", Field::GatewayTrust, "insecure-skip-verify")],
            "meshes[0].controlPlanes[0].address.gatewayTrust",
            Kind::NotVerified,
        ),
        (
            vec![("", Field::AddressType, "discovered"), ("external-cluster", Field::Platform, "eks")],
            "meshes[0].controlPlanes[0].address.type",
            Kind::LoadBalancerHasHostName,
        ),
    ];
    for (changes, path, kind) in table {
        let draft = changed(&changes);
        assert_eq!(told(&draft), one(path, kind));
        assert!(check(&draft).problems.iter().all(|it| it.severity() == Severity::Warning), "{path}");
        assert!(check(&draft).topology.is_some(), "{path}");
    }
    let none = [("external-cluster", Field::IngressGateway, "none"), ("external-cluster", Field::Network, "")];
    assert_eq!(told(&changed(&none)), []);
    let eks_by_name = changed(&[("external-cluster", Field::Platform, "eks")]);
    assert_eq!(told(&eks_by_name), []);
}

/// `OpenShift` needs the Sail operator, on whichever cluster.
#[test]
fn openshift_is_refused() {
    for (cluster, path) in [("external-cluster", "clusters[0].platform"), ("cluster2", "clusters[2].platform")] {
        let draft = changed(&[(cluster, Field::Platform, "openshift")]);
        assert_eq!(told(&draft), one(path, Kind::PlatformNotSupported));
        assert!(check(&draft).topology.is_none());
    }
}

/// What the Sail operator cannot do is told where it can be changed.
#[test]
fn what_sail_cannot_do() {
    let mut draft = preset();
    draft.install_method = "sail".to_owned();
    let (release, nearest) = (Release { major: 1, minor: 31, patch: 1 }, Release { major: 1, minor: 30, patch: 3 });
    let beside = |path: &str| (path.to_owned(), Kind::SailBesideIstioctl);
    let wanted = [
        ("istio.version".to_owned(), Kind::SailHasNot { release, nearest }),
        ("meshes[0].controlPlanes[0].revision".to_owned(), Kind::SailWithoutRevision),
        ("meshes[0].controlPlanes[0].address.type".to_owned(), Kind::SailByDns),
        beside("clusters[1].gateways.ingress"),
        beside("clusters[1].gateways.egress"),
        beside("clusters[1].gateways.eastWest"),
        beside("clusters[2].gateways.eastWest"),
    ];
    assert_eq!(told(&draft), wanted);
    // On OpenShift it is what can.
    draft.clusters.iter_mut().for_each(|cluster| cluster.platform = "openshift".to_owned());
    assert_eq!(told(&draft), wanted);
}

/// Everything wrong at once is told at once, in the order of the form; no fault hides another.
#[test]
fn all_problems_at_once() {
    let draft = changed(&[
        ("cluster2", Field::Network, "a b"),
        ("", Field::Namespace, "A"),
        ("cluster2", Field::ClusterName, "cluster1"),
        ("", Field::IstioVersion, "1"),
        ("", Field::MeshId, ""),
        ("external-cluster", Field::Context, ""),
        ("", Field::Host, "x"),
        ("", Field::SampleRoute, "x"),
        ("", Field::IngressGateway, "x"),
        ("", Field::SampleNamespace, "kube-x"),
    ]);
    let paths: Vec<String> = told(&draft).into_iter().map(|(path, _)| path).collect();
    assert_eq!(
        paths,
        [
            "istio.version",
            "meshes[0].meshID",
            "meshes[0].controlPlanes[0].namespace",
            "meshes[0].controlPlanes[0].address.host",
            "sample.namespace",
            "sample.route",
            "clusters[0].context",
            "clusters[1].gateways.ingress",
            "clusters[2].name",
            "clusters[2].network",
        ]
    );
    assert!(check(&draft).topology.is_none());
    let Problem { kind, .. } = &check(&draft).problems[2];
    assert_eq!(*kind, Kind::Text { rule: Rule::Label(63), fault: Fault::Character('A') });
}
