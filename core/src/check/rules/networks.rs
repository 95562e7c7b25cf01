//! What the clusters of a mesh have to agree on about networks.

use super::{at, wanted};
use crate::check::read::Reader;
use crate::draft::{Cluster, ControlPlane, Draft, Mesh};
use crate::field::Field;
use crate::problem::Kind;
use crate::sorted::Sorted;

/// One east-west gateway per network, as soon as there are two networks (0.27), and one on every
/// primary that has remote clusters: they reach its istiod through it.
pub(super) fn east_west(draft: &Draft, mesh: &Mesh, reader: &mut Reader) {
    let mut managed = vec![false; draft.clusters.len()];
    for place in mesh.control_planes.iter().flat_map(ControlPlane::members).filter_map(|key| reader.place(key)) {
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
    let leads_to_istiod = |cluster: &Cluster| {
        mesh.control_planes.iter().any(|plane| plane.serves_remotes() && plane.cluster.is(cluster.key))
    };
    for cluster in draft.clusters.iter().filter(|cluster| leads_to_istiod(cluster) && !wanted(&cluster.east_west)) {
        reader.problem(at(Field::EastWestGateway, cluster.key), Kind::NoGatewayToIstiod);
    }
    for (network, members) in networks.iter() {
        let network = (*network).to_owned();
        let mut gateways = members.iter().filter(|cluster| wanted(&cluster.east_west));
        let first = gateways.next();
        if let Some(second) = gateways.find(|cluster| !leads_to_istiod(cluster)) {
            let kind = Kind::SeveralEastWestGateways { network };
            reader.problem(at(Field::EastWestGateway, second.key), kind);
        } else if let (None, true, Some(member)) =
            (first, several, members.iter().find(|cluster| !leads_to_istiod(cluster)))
        {
            reader.problem(at(Field::EastWestGateway, member.key), Kind::NoEastWestGateway { network });
        }
    }
}
