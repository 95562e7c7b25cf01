//! What the presets are called and are about.

use super::Preset;

impl Preset {
    /// Its name and its title.
    pub(super) const fn names(self) -> [&'static str; 2] {
        match self {
            Preset::ExternalControlPlane => ["external-control-plane", "External control plane"],
            Preset::ExternalControlPlaneIp => ["external-control-plane-ip", "External control plane, by IP address"],
            Preset::ExternalControlPlaneMulticluster => {
                ["external-control-plane-multicluster", "External control plane, two remote clusters"]
            }
            Preset::ExternalControlPlaneTwoMeshes => {
                ["external-control-plane-two-meshes", "External control plane, two meshes"]
            }
            Preset::ExternalControlPlaneLegacy => {
                ["external-control-plane-legacy", "External control plane, as in the guide of 1.8"]
            }
            Preset::PrimaryRemote => ["primary-remote", "Primary-remote"],
            Preset::PrimaryRemoteMultiNetwork => ["primary-remote-multi-network", "Primary-remote, two networks"],
            Preset::MultiPrimary => ["multi-primary", "Multi-primary"],
            Preset::MultiPrimaryMultiNetwork => ["multi-primary-multi-network", "Multi-primary, two networks"],
            Preset::ExternalControlPlaneHelm => ["external-control-plane-helm", "External control plane, by Helm"],
            Preset::PrimaryRemoteHelm => ["primary-remote-helm", "Primary-remote, by Helm"],
            Preset::PrimaryRemoteMultiNetworkHelm => {
                ["primary-remote-multi-network-helm", "Primary-remote, two networks, by Helm"]
            }
            Preset::MultiPrimaryHelm => ["multi-primary-helm", "Multi-primary, by Helm"],
            Preset::MultiPrimaryMultiNetworkHelm => {
                ["multi-primary-multi-network-helm", "Multi-primary, two networks, by Helm"]
            }
            Preset::SailExternalControlPlane => ["sail-external-control-plane", "External control plane, by Sail"],
            Preset::SailPrimaryRemote => ["sail-primary-remote", "Primary-remote, by Sail"],
            Preset::SailPrimaryRemoteMultiNetwork => {
                ["sail-primary-remote-multi-network", "Primary-remote, two networks, by Sail"]
            }
            Preset::SailMultiPrimary => ["sail-multi-primary", "Multi-primary, by Sail"],
            Preset::SailMultiPrimaryMultiNetwork => {
                ["sail-multi-primary-multi-network", "Multi-primary, two networks, by Sail"]
            }
            Preset::OpenShiftExternalControlPlane => {
                ["openshift-external-control-plane", "OpenShift Service Mesh 3, external control plane"]
            }
        }
    }

    /// What it is, in a sentence.
    pub const fn about(self) -> &'static str {
        match self {
            Preset::ExternalControlPlane => {
                "istiod on a cluster of its own, reached by a DNS name, manages one config cluster."
            }
            Preset::ExternalControlPlaneIp => {
                "istiod on a cluster of its own, reached by an IP address, manages one config cluster."
            }
            Preset::ExternalControlPlaneMulticluster => {
                "istiod on a cluster of its own manages two clusters on two networks, joined by east-west gateways."
            }
            Preset::ExternalControlPlaneTwoMeshes => {
                "Two istiods on one cluster, behind one gateway, manage a mesh of two clusters each."
            }
            Preset::ExternalControlPlaneLegacy => {
                "The external istiod and the user cluster of the first guide, with its names, for a release of today."
            }
            Preset::PrimaryRemote => "istiod on one cluster manages another one too, on the same network.",
            Preset::PrimaryRemoteMultiNetwork => "istiod on one cluster manages another one too, on another network.",
            Preset::MultiPrimary => "An istiod on each of two clusters on one network; each reads both.",
            Preset::MultiPrimaryMultiNetwork => {
                "An istiod on each of two clusters on two networks, joined by east-west gateways."
            }
            Preset::ExternalControlPlaneHelm => {
                "istiod on a cluster of its own, reached by a DNS name, manages one config cluster; Helm installs everything."
            }
            Preset::PrimaryRemoteHelm => {
                "istiod on one cluster manages another one too, on the same network; Helm installs everything."
            }
            Preset::PrimaryRemoteMultiNetworkHelm => {
                "istiod on one cluster manages another one too, on another network; Helm installs everything."
            }
            Preset::MultiPrimaryHelm => {
                "An istiod on each of two clusters on one network; each reads both; Helm installs everything."
            }
            Preset::MultiPrimaryMultiNetworkHelm => {
                "An istiod on each of two clusters on two networks, joined by east-west gateways; Helm installs everything."
            }
            Preset::SailExternalControlPlane => {
                "istiod on a cluster of its own, reached by an IP address, manages one config cluster; the Sail operator installs both."
            }
            Preset::SailPrimaryRemote => {
                "istiod on one cluster manages another one too, on the same network; the Sail operator installs both."
            }
            Preset::SailPrimaryRemoteMultiNetwork => {
                "istiod on one cluster manages another one too, on another network; the Sail operator installs both."
            }
            Preset::SailMultiPrimary => {
                "An istiod on each of two clusters on one network; each reads both; the Sail operator installs them."
            }
            Preset::SailMultiPrimaryMultiNetwork => {
                "An istiod on each of two clusters on two networks, joined by east-west gateways; the Sail operator installs them."
            }
            Preset::OpenShiftExternalControlPlane => {
                "istiod on an OpenShift cluster of its own, reached by an IP address, manages one config cluster."
            }
        }
    }
}
