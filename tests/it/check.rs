//! What is wrong with a draft: tables of texts, choices and fields that have to agree, each with the
//! problem that is to be told, and nothing beside it.

mod choices;
mod fixes;
mod places;
mod texts;
mod together;
mod words;

use meshwright_core::check::check;
use meshwright_core::draft::{At, Draft, Key};
use meshwright_core::field::Field;
use meshwright_core::preset::Preset;
use meshwright_core::problem::{Kind, Problem};

/// The preset with all that there is: two remote clusters, two networks, all gateways.
fn preset() -> Draft {
    Preset::ExternalControlPlaneMulticluster.draft()
}

/// Where `field` stands in a draft: of its config cluster, where it is a cluster's.
fn at(draft: &Draft, field: Field) -> At {
    let mesh = &draft.meshes[0];
    let plane = &mesh.control_planes[0];
    let config = draft.clusters.iter().find(|cluster| plane.config_cluster.is(cluster.key)).unwrap().key;
    let keys = [Key::TOPOLOGY, mesh.key, plane.key, config];
    let owners = ["", "meshes[0].", "meshes[0].controlPlanes[0].", "clusters["];
    let key = match field {
        Field::IstioVersion | Field::InstallMethod | Field::Sample | Field::SampleNamespace | Field::SampleRoute => {
            keys[0]
        }
        Field::MeshId | Field::TrustDomain => keys[1],
        Field::ControlPlaneCluster
        | Field::ConfigCluster
        | Field::RemoteClusters
        | Field::Namespace
        | Field::Revision
        | Field::AddressType
        | Field::Host
        | Field::TlsSecret
        | Field::GatewayTrust
        | Field::Ip => keys[2],
        Field::ClusterName
        | Field::Context
        | Field::Network
        | Field::ApiServer
        | Field::Platform
        | Field::IngressGateway
        | Field::EgressGateway
        | Field::EastWestGateway => keys[3],
    };
    let owner = owners[keys.iter().position(|it| *it == key).unwrap()];
    assert!(draft.path(At { field, key }).starts_with(owner));
    At { field, key }
}

/// A draft in which `field` is read: of three kinds of address, one reads it.
fn draft_for(field: Field) -> Draft {
    let mut draft = preset();
    if field == Field::Ip {
        let at = at(&draft, Field::AddressType);
        draft.set_text(at, "ip".to_owned());
        draft.set_text(At { field: Field::Ip, ..at }, "203.0.113.10".to_owned());
    }
    draft
}

/// The problems once `field` says `text`.
fn with(field: Field, text: &str) -> Vec<Problem> {
    let mut draft = draft_for(field);
    let at = at(&draft, field);
    draft.set_text(at, text.to_owned());
    assert_eq!(draft.text(at), text);
    check(&draft).problems
}

/// Their kinds, each at `field`; fails where one is elsewhere.
fn kinds(field: Field, problems: Vec<Problem>) -> Vec<Kind> {
    problems
        .into_iter()
        .map(|problem| {
            assert_eq!(problem.at.field, field, "{problem:?}");
            problem.kind
        })
        .collect()
}

#[test]
fn what_the_tables_start_from_is_right() {
    for field in Field::ALL {
        assert_eq!(check(&draft_for(field)).problems, Vec::new());
    }
}
