//! One problem of each kind, with the field where it occurs: what `explain` and the documentation show.

use super::{Kind, Problem};
use crate::draft::{At, Key};
use crate::field::Field;
use crate::name::SYSTEM_NAMESPACE;
use crate::value::{ClusterName, Fault, Release};

impl Problem {
    /// An example of every kind of problem.
    pub fn examples() -> Vec<Problem> {
        let name = |name: &str| name.to_owned();
        let release = Release { major: 1, minor: 23, patch: 4 };
        let all = [
            (Field::ClusterName, Kind::Text { rule: ClusterName::RULE, fault: Fault::Character('_') }),
            (Field::Platform, Kind::Choice { typed: name("minikube") }),
            (Field::ConfigCluster, Kind::NoSuchCluster { name: name("cluster9") }),
            (Field::ControlPlaneCluster, Kind::NoControlPlane),
            (Field::MeshId, Kind::SameMeshId { id: name("mesh1") }),
            (Field::IstioVersion, Kind::ReleaseTooEarly { release: Release { minor: 8, ..release } }),
            (Field::IstioVersion, Kind::ReleaseNotSupported { release: Release { minor: 99, ..release } }),
            (Field::InstallMethod, Kind::HelmTooEarly { release }),
            (
                Field::IstioVersion,
                Kind::SailHasNot {
                    release: Release { minor: 31, ..release },
                    nearest: Release { minor: 30, patch: 3, ..release },
                },
            ),
            (Field::ClusterName, Kind::SameName { name: name("cluster1") }),
            (Field::Context, Kind::SameContext { other: name("cluster1") }),
            (Field::ControlPlaneCluster, Kind::ExternalInMesh),
            (Field::RemoteClusters, Kind::ManagedTwice { name: name("cluster2") }),
            (Field::ConfigCluster, Kind::ManagedElsewhere { name: name("cluster1") }),
            (Field::ClusterName, Kind::ClusterNotUsed),
            (Field::Namespace, Kind::NamespaceTaken { namespace: name(SYSTEM_NAMESPACE) }),
            (Field::Namespace, Kind::NamespaceDiffers { other: name(SYSTEM_NAMESPACE) }),
            (Field::Namespace, Kind::SameNamespace { namespace: name("external-istiod") }),
            (Field::Revision, Kind::RevisionDefault),
            (Field::Revision, Kind::SailWithoutRevision),
            (Field::AddressType, Kind::PrimaryByDns),
            (Field::AddressType, Kind::SailByDns),
            (Field::AddressType, Kind::SharedGatewayByIp),
            (Field::Host, Kind::SameHost { host: name("myhost.example.com") }),
            (Field::Ip, Kind::Ipv6TooEarly { release }),
            (Field::Network, Kind::NotAMember),
            (Field::EastWestGateway, Kind::NoGatewayToIstiod),
            (Field::EastWestGateway, Kind::NoEastWestGateway { network: name("network2") }),
            (Field::EastWestGateway, Kind::SeveralEastWestGateways { network: name("network1") }),
            (Field::IngressGateway, Kind::SailBesideIstioctl),
            (Field::Platform, Kind::PlatformNotSupported),
            (Field::ApiServer, Kind::ApiServerOnLoopback),
            (Field::AddressType, Kind::LoadBalancerHasHostName),
            (Field::GatewayTrust, Kind::NotVerified),
            (Field::SampleRoute, Kind::NoIngressGateway),
        ];
        all.into_iter().map(|(field, kind)| Problem { at: At { field, key: Key::TOPOLOGY }, kind }).collect()
    }
}
