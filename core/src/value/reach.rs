//! Addresses that another cluster can reach.

use super::rule::{Fault, part};
use std::net::IpAddr;

/// `https://host` or `https://host:port`; IPv6 addresses in brackets.
pub(super) fn server_url(text: &str) -> Result<(), Fault> {
    let rest = text.strip_prefix("https://").ok_or(Fault::Form)?;
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let (name, port) = match rest.strip_prefix('[') {
        Some(inner) => {
            let (ip, after) = inner.split_once(']').ok_or(Fault::Form)?;
            (ip, after.strip_prefix(':').or(if after.is_empty() { None } else { Some("") }))
        }
        None => rest.split_once(':').map_or((rest, None), |(name, port)| (name, Some(port))),
    };
    if port.is_some_and(|port| port.starts_with('+') || port.parse::<u16>().map_or(true, |port| port == 0)) {
        return Err(Fault::Form);
    }
    if let Ok(ip) = name.parse::<IpAddr>() {
        return if ip.is_ipv6() == rest.starts_with('[') { reachable(ip) } else { Err(Fault::Form) };
    }
    if name == "localhost" || name.ends_with(".localhost") {
        return Err(Fault::Unreachable);
    }
    if rest.starts_with('[') {
        return Err(Fault::Form);
    }
    name.split('.').try_for_each(part)
}

/// The addresses that Kubernetes takes in an `EndpointSlice`: no loopback, link-local, multicast or
/// unspecified ones (k8s.io/api discovery/v1, validation of endpoints).
fn reachable(ip: IpAddr) -> Result<(), Fault> {
    let no = match ip {
        IpAddr::V4(ip) => {
            ip.is_loopback() || ip.is_unspecified() || ip.is_multicast() || ip.is_link_local() || ip.is_broadcast()
        }
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unspecified() || ip.is_multicast() || ip.is_unicast_link_local(),
    };
    if no { Err(Fault::Unreachable) } else { Ok(()) }
}

pub(super) fn address(text: &str) -> Result<IpAddr, Fault> {
    let ip: IpAddr = text.parse().map_err(|_| Fault::Form)?;
    // Istio's charts tell an IPv6 address by hexadecimal digits and colons alone.
    if matches!(ip, IpAddr::V6(ip) if ip.to_ipv4_mapped().is_some()) {
        return Err(Fault::Form);
    }
    reachable(ip).map(|()| ip)
}
