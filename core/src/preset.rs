//! The presets: each reproduces a guide with the guide's example values.

mod about;
mod parts;

use crate::draft::{ApiVersion, Draft, File, FileAddress, FileIstio, FileSample};
use crate::version::{NEWEST, NEWEST_OF_SAIL, OPENSHIFT_3_0};
use parts::{by_name, external, legacy, multi_primary, primary_remote, sail_external, two_meshes};

/// A preset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// One config cluster, istiod by DNS name.
    ExternalControlPlane,
    /// The same by IP address.
    ExternalControlPlaneIp,
    /// A second remote cluster on another network.
    ExternalControlPlaneMulticluster,
    /// Two meshes, whose istiods share a cluster.
    ExternalControlPlaneTwoMeshes,
    /// The mesh of the first guide, of Istio 1.8, with its names.
    ExternalControlPlaneLegacy,
    /// A primary and a remote cluster on one network.
    PrimaryRemote,
    /// A primary and a remote cluster on two networks.
    PrimaryRemoteMultiNetwork,
    /// Two primaries on one network.
    MultiPrimary,
    /// Two primaries on two networks.
    MultiPrimaryMultiNetwork,
    /// One config cluster, istiod by DNS name; everything by Helm.
    ExternalControlPlaneHelm,
    /// A primary and a remote cluster on one network, by Helm.
    PrimaryRemoteHelm,
    /// A primary and a remote cluster on two networks, by Helm.
    PrimaryRemoteMultiNetworkHelm,
    /// Two primaries on one network, by Helm.
    MultiPrimaryHelm,
    /// Two primaries on two networks, by Helm.
    MultiPrimaryMultiNetworkHelm,
    /// One config cluster, istiod by IP address; the Sail operator.
    SailExternalControlPlane,
    /// A primary and a remote cluster on one network, by the Sail operator.
    SailPrimaryRemote,
    /// A primary and a remote cluster on two networks, by the Sail operator.
    SailPrimaryRemoteMultiNetwork,
    /// Two primaries on one network, by the Sail operator.
    SailMultiPrimary,
    /// Two primaries on two networks, by the Sail operator.
    SailMultiPrimaryMultiNetwork,
    /// One config cluster, istiod by IP address; OpenShift Service Mesh 3.
    OpenShiftExternalControlPlane,
}

impl Preset {
    /// Every preset.
    pub const ALL: [Preset; 20] = [
        Preset::ExternalControlPlane,
        Preset::ExternalControlPlaneIp,
        Preset::ExternalControlPlaneMulticluster,
        Preset::ExternalControlPlaneTwoMeshes,
        Preset::ExternalControlPlaneLegacy,
        Preset::PrimaryRemote,
        Preset::PrimaryRemoteMultiNetwork,
        Preset::MultiPrimary,
        Preset::MultiPrimaryMultiNetwork,
        Preset::ExternalControlPlaneHelm,
        Preset::PrimaryRemoteHelm,
        Preset::PrimaryRemoteMultiNetworkHelm,
        Preset::MultiPrimaryHelm,
        Preset::MultiPrimaryMultiNetworkHelm,
        Preset::SailExternalControlPlane,
        Preset::SailPrimaryRemote,
        Preset::SailPrimaryRemoteMultiNetwork,
        Preset::SailMultiPrimary,
        Preset::SailMultiPrimaryMultiNetwork,
        Preset::OpenShiftExternalControlPlane,
    ];

    /// The name, as the command line takes it.
    pub const fn name(self) -> &'static str {
        let [name, _] = self.names();
        name
    }

    /// The name, as the form shows it.
    pub const fn title(self) -> &'static str {
        let [_, title] = self.names();
        title
    }

    /// The preset of that name.
    pub fn named(name: &str) -> Option<Preset> {
        Preset::ALL.into_iter().find(|preset| preset.name() == name)
    }

    /// The preset's topology.
    pub fn draft(self) -> Draft {
        let (clusters, meshes) = match self {
            Preset::ExternalControlPlane | Preset::ExternalControlPlaneHelm => external(&[1], by_name("myhost")),
            Preset::ExternalControlPlaneIp => {
                external(&[1], FileAddress { kind: "ip".into(), ip: "203.0.113.10".into(), ..FileAddress::default() })
            }
            Preset::ExternalControlPlaneMulticluster => external(&[1, 2], by_name("myhost")),
            Preset::ExternalControlPlaneTwoMeshes => two_meshes(),
            Preset::ExternalControlPlaneLegacy => legacy(),
            Preset::PrimaryRemote | Preset::PrimaryRemoteHelm | Preset::SailPrimaryRemote => primary_remote(false),
            Preset::PrimaryRemoteMultiNetwork
            | Preset::PrimaryRemoteMultiNetworkHelm
            | Preset::SailPrimaryRemoteMultiNetwork => primary_remote(true),
            Preset::MultiPrimary | Preset::MultiPrimaryHelm | Preset::SailMultiPrimary => multi_primary(false),
            Preset::MultiPrimaryMultiNetwork
            | Preset::MultiPrimaryMultiNetworkHelm
            | Preset::SailMultiPrimaryMultiNetwork => multi_primary(true),
            Preset::SailExternalControlPlane => sail_external("", ""),
            Preset::OpenShiftExternalControlPlane => sail_external("openshift", "istioctl"),
        };
        let (method, version) = self.means();
        let route = if self == Preset::SailExternalControlPlane { "gateway-api" } else { "istio" };
        let mut draft = Draft::from(File {
            api_version: ApiVersion::V1,
            istio: FileIstio { version: version.into(), install_method: "istioctl".into() },
            clusters,
            meshes,
            sample: FileSample { app: "helloworld".into(), namespace: "sample".into(), route: route.into() },
        });
        draft.install_by(method);
        draft
    }

    /// What installs it, and which release.
    const fn means(self) -> (&'static str, &'static str) {
        match self {
            Preset::ExternalControlPlane
            | Preset::ExternalControlPlaneIp
            | Preset::ExternalControlPlaneMulticluster
            | Preset::ExternalControlPlaneTwoMeshes
            | Preset::ExternalControlPlaneLegacy
            | Preset::PrimaryRemote
            | Preset::PrimaryRemoteMultiNetwork
            | Preset::MultiPrimary
            | Preset::MultiPrimaryMultiNetwork => ("istioctl", NEWEST),
            Preset::ExternalControlPlaneHelm
            | Preset::PrimaryRemoteHelm
            | Preset::PrimaryRemoteMultiNetworkHelm
            | Preset::MultiPrimaryHelm
            | Preset::MultiPrimaryMultiNetworkHelm => ("helm", NEWEST),
            Preset::SailExternalControlPlane
            | Preset::SailPrimaryRemote
            | Preset::SailPrimaryRemoteMultiNetwork
            | Preset::SailMultiPrimary
            | Preset::SailMultiPrimaryMultiNetwork => ("sail", NEWEST_OF_SAIL),
            Preset::OpenShiftExternalControlPlane => ("sail", OPENSHIFT_3_0),
        }
    }
}
