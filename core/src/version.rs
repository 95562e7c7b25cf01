//! What differs between Istio's minors, a row each. Code asks for the fact; nothing else compares
//! version numbers. Proof of every column: `reference/istio/versions.md`.

use crate::value::Release;

/// One minor's facts.
#[derive(Debug, PartialEq, Eq)]
pub struct Facts {
    /// The minor as its documentation is addressed: `1.31`.
    pub minor: &'static str,
    /// The number after the `1.`.
    number: u32,
    /// A release of this minor to offer: the newest one known.
    pub newest: &'static str,
    /// `remotePilotAddress` may be an IPv6 address (remote-istiod-endpointslices.yaml, 1.30.0).
    pub remote_address_ipv6: bool,
    /// Registry and folder of the sample's images (manifests/profiles/default.yaml and samples, 1.30.0).
    pub sample_hub: &'static str,
    /// The gateway chart's own schema refuses it under Helm 3.22 (matrix 10.14; measured on 1.24.3
    /// and 1.24.6 as bad, 1.25.5 as good; the patches between are not known, so 1.25 counts as bad).
    pub gateway_chart_schema_is_broken: bool,
}

const fn row(number: u32, minor: &'static str, newest: &'static str) -> Facts {
    Facts {
        minor,
        number,
        newest,
        remote_address_ipv6: number >= 30,
        sample_hub: if number >= 30 { "registry.istio.io/release" } else { "docker.io/istio" },
        gateway_chart_schema_is_broken: number <= 25,
    }
}

/// All supported minors, newest first.
pub const ALL: [Facts; 8] = [
    row(31, "1.31", "1.31.1"),
    row(30, "1.30", "1.30.3"),
    row(29, "1.29", "1.29.0"),
    row(28, "1.28", "1.28.0"),
    row(27, "1.27", "1.27.3"),
    row(26, "1.26", "1.26.8"),
    row(25, "1.25", "1.25.5"),
    row(24, "1.24", "1.24.6"),
];

/// The newest release, which presets use.
pub const NEWEST: &str = "1.31.1";

/// The facts of `release`'s minor; `None` where it is not supported.
pub fn facts(release: Release) -> Option<&'static Facts> {
    static ROWS: [Facts; 8] = ALL;
    ROWS.iter().find(|row| release.major == 1 && release.minor == row.number)
}

impl Facts {
    /// Address of a page of this minor's documentation; `page` is its path below `docs/`.
    pub fn docs(&self, page: &str) -> String {
        format!("https://istio.io/v{}/docs/{page}", self.minor)
    }
}
