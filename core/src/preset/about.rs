//! What the presets are called and are about.

use super::Preset;

/// What a preset is called and is about.
pub(super) struct About {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) about: &'static str,
}

impl Preset {
    pub(super) const fn words(self) -> About {
        match self {
            Preset::ExternalControlPlane => About {
                name: "external-control-plane",
                title: "External control plane",
                about: "istiod on a cluster of its own, reached by a DNS name, manages one config cluster.",
            },
            Preset::ExternalControlPlaneIp => About {
                name: "external-control-plane-ip",
                title: "External control plane, by IP address",
                about: "istiod on a cluster of its own, reached by an IP address, manages one config cluster.",
            },
            Preset::ExternalControlPlaneMulticluster => About {
                name: "external-control-plane-multicluster",
                title: "External control plane, two remote clusters",
                about: "istiod on a cluster of its own manages two clusters on two networks, joined by east-west gateways.",
            },
            Preset::ExternalControlPlaneTwoMeshes => About {
                name: "external-control-plane-two-meshes",
                title: "External control plane, two meshes",
                about: "Two istiods on one cluster, behind one gateway, manage a mesh of two clusters each.",
            },
            Preset::ExternalControlPlaneLegacy => About {
                name: "external-control-plane-legacy",
                title: "External control plane, as in the guide of 1.8",
                about: "The external istiod and the user cluster of the first guide, with its names, for a release of today.",
            },
            Preset::PrimaryRemote => About {
                name: "primary-remote",
                title: "Primary-remote",
                about: "istiod on one cluster manages another one too, on the same network.",
            },
            Preset::PrimaryRemoteMultiNetwork => About {
                name: "primary-remote-multi-network",
                title: "Primary-remote, two networks",
                about: "istiod on one cluster manages another one too, on another network.",
            },
            Preset::MultiPrimary => About {
                name: "multi-primary",
                title: "Multi-primary",
                about: "An istiod on each of two clusters on one network; each reads both.",
            },
            Preset::MultiPrimaryMultiNetwork => About {
                name: "multi-primary-multi-network",
                title: "Multi-primary, two networks",
                about: "An istiod on each of two clusters on two networks, joined by east-west gateways.",
            },
            Preset::ExternalControlPlaneHelm => About {
                name: "external-control-plane-helm",
                title: "External control plane, by Helm",
                about: "istiod on a cluster of its own, reached by a DNS name, manages one config cluster; Helm installs everything.",
            },
            Preset::PrimaryRemoteHelm => About {
                name: "primary-remote-helm",
                title: "Primary-remote, by Helm",
                about: "istiod on one cluster manages another one too, on the same network; Helm installs everything.",
            },
            Preset::PrimaryRemoteMultiNetworkHelm => About {
                name: "primary-remote-multi-network-helm",
                title: "Primary-remote, two networks, by Helm",
                about: "istiod on one cluster manages another one too, on another network; Helm installs everything.",
            },
            Preset::MultiPrimaryHelm => About {
                name: "multi-primary-helm",
                title: "Multi-primary, by Helm",
                about: "An istiod on each of two clusters on one network; each reads both; Helm installs everything.",
            },
            Preset::MultiPrimaryMultiNetworkHelm => About {
                name: "multi-primary-multi-network-helm",
                title: "Multi-primary, two networks, by Helm",
                about: "An istiod on each of two clusters on two networks, joined by east-west gateways; Helm installs everything.",
            },
        }
    }
}
