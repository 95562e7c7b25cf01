//! What differs between Istio's minors, a row each. Code asks for the fact; nothing else compares
//! version numbers. Proof of every column: `reference/istio/versions.md`.

use crate::value::Release;

/// One minor's facts.
#[expect(clippy::struct_excessive_bools, reason = "a fact each")]
#[derive(Debug, PartialEq, Eq)]
pub struct Facts {
    /// The minor as its documentation is addressed: `1.31`.
    pub minor: &'static str,
    /// The number after the `1.`.
    number: u32,
    /// A release of this minor to offer: the newest one known.
    pub newest: &'static str,
    /// The profile of a cluster whose istiod is elsewhere is called `external` (`remote` from 1.16.0).
    pub remote_profile_is_external: bool,
    /// `global.externalIstiod` has istiod serve other clusters, and not only its variable (1.23.1; the
    /// guides from 1.24).
    pub external_istiod_value: bool,
    /// The charts have the profile `remote`, and so Helm can install control planes for other clusters
    /// (1.24.0; before there was a chart `istiod-remote`).
    pub helm_control_planes: bool,
    /// The first and the last patch that the Sail operator can install, of all its releases up to 1.30.3
    /// (enum of `spec.version` in its CRDs). Before 1.24 it has no profile `remote` in the charts either.
    pub sail: Option<[u32; 2]>,
    /// API version of Gateway, VirtualService and DestinationRule: `v1` is served from 1.22 and used by
    /// the guides from 1.24, `v1beta1` by every release.
    pub networking: &'static str,
    /// API version of the Gateway API's kinds, as the samples have it.
    pub gateway_api: &'static str,
    /// What istiod makes for a Gateway of the Gateway API has its class in its name (1.17, istio/istio#43103).
    pub gateway_named_by_class: bool,
    /// What a Gateway of the Gateway API says of itself once it has its address: `Ready` is gone in 1.18
    /// (istio/istio#43975), and `Programmed` knows of addresses from there on (#44139).
    pub gateway_condition: &'static str,
    /// The sample that sends requests (samples/curl, 1.24.0; samples/sleep before).
    pub client: &'static str,
    /// `remotePilotAddress` may be an IPv6 address (remote-istiod-endpointslices.yaml, 1.30.0).
    pub remote_address_ipv6: bool,
    /// Registry and folder of the sample's images (manifests/profiles/default.yaml and samples, 1.30.0).
    pub sample_hub: &'static str,
    /// The gateway chart's own schema refuses it under Helm 3.22 (matrix 10.14; measured on 1.21.6 to
    /// 1.24.6 as bad, on 1.20.8 and 1.25.5 as good; the patches between are not known, so 1.25 counts as
    /// bad).
    pub gateway_chart_schema_is_broken: bool,
}

const fn row(number: u32, minor: &'static str, newest: &'static str) -> Facts {
    Facts {
        minor,
        number,
        newest,
        remote_profile_is_external: number <= 15,
        external_istiod_value: number >= 24,
        helm_control_planes: number >= 24,
        sail: match number {
            24 | 29 => Some([0, 6]),
            25 => Some([1, 5]),
            26 => Some([0, 8]),
            27 => Some([0, 9]),
            28 => Some([0, 10]),
            30 => Some([0, 3]),
            _ => None,
        },
        networking: if number >= 24 { "networking.istio.io/v1" } else { "networking.istio.io/v1beta1" },
        gateway_api: if number >= 24 { "gateway.networking.k8s.io/v1" } else { "gateway.networking.k8s.io/v1beta1" },
        gateway_named_by_class: number >= 17,
        gateway_condition: if number >= 18 { "Programmed" } else { "Ready" },
        client: if number >= 24 { "curl" } else { "sleep" },
        remote_address_ipv6: number >= 30,
        sample_hub: if number >= 30 { "registry.istio.io/release" } else { "docker.io/istio" },
        gateway_chart_schema_is_broken: number >= 21 && number <= 25,
    }
}

/// All supported minors, newest first.
pub static ALL: [Facts; 17] = [
    row(31, "1.31", "1.31.1"),
    row(30, "1.30", "1.30.3"),
    row(29, "1.29", "1.29.0"),
    row(28, "1.28", "1.28.0"),
    row(27, "1.27", "1.27.3"),
    row(26, "1.26", "1.26.8"),
    row(25, "1.25", "1.25.5"),
    row(24, "1.24", "1.24.6"),
    row(23, "1.23", "1.23.6"),
    row(22, "1.22", "1.22.8"),
    row(21, "1.21", "1.21.6"),
    row(20, "1.20", "1.20.8"),
    row(19, "1.19", "1.19.10"),
    row(18, "1.18", "1.18.7"),
    row(17, "1.17", "1.17.8"),
    row(16, "1.16", "1.16.7"),
    row(15, "1.15", "1.15.7"),
];

/// The newest release, which presets use.
pub const NEWEST: &str = "1.31.1";
/// The newest release that the Sail operator can install.
pub const NEWEST_OF_SAIL: &str = "1.30.3";
/// The release of OpenShift Service Mesh 3.0, whose guide there is.
pub const OPENSHIFT_3_0: &str = "1.24.3";

/// The release that the Sail operator can install and that is nearest to `release`: itself, if it can.
pub fn nearest_of_sail(release: Release) -> Release {
    let rows = || ALL.iter().filter_map(|row| Some((row.number, row.sail?)));
    // Newest first: the first that is not newer, or else the oldest.
    let found = rows().find(|(number, _)| *number <= release.minor).or(rows().next_back());
    found.map_or(release, |(minor, [first, last])| {
        let patch = if minor == release.minor { release.patch.clamp(first, last) } else { last };
        Release { major: 1, minor, patch }
    })
}

/// The facts of `release`'s minor; `None` where it is not supported.
pub fn facts(release: Release) -> Option<&'static Facts> {
    ALL.iter().find(|row| release.major == 1 && release.minor == row.number)
}

/// Whether `release` is from before all supported ones.
pub(crate) fn is_early(release: Release) -> bool {
    release.major < 1 || (release.major == 1 && ALL.last().is_some_and(|first| release.minor < first.number))
}

impl Facts {
    /// Address of a page of this minor's documentation; `page` is its path below `docs/`. The newest minor's
    /// has no address of its own until there is a newer one.
    pub fn docs(&self, page: &str) -> String {
        let [newest, ..] = &ALL;
        let (v, version) = if self.number == newest.number { ("", "latest") } else { ("v", self.minor) };
        ["https://istio.io/", v, version, "/docs/", page].concat()
    }
}
