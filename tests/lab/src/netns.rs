//! A network namespace, and the two programs that furnish it: `ip` and `nft`.

use crate::process::{feed, run};
use anyhow::Result;
use std::ffi::OsStr;
use std::process::Command;

/// A command in a network namespace, by its name.
pub(crate) fn command(netns: &str, program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("nsenter");
    command.arg(format!("--net=/run/netns/{netns}")).arg("--").arg(program);
    command
}

/// A command in a network namespace; in the room's own where none is given.
fn inside(netns: Option<&str>, program: &str) -> Command {
    netns.map_or_else(|| Command::new(program), |netns| command(netns, program))
}

/// Makes a network namespace.
pub(crate) fn make(netns: &str) -> Result<()> {
    run(Command::new("ip").args(["netns", "add", netns]))?;
    configure(Some(netns))
}

/// Removes a network namespace, with all interfaces in it.
pub(crate) fn remove(netns: &str) -> Result<()> {
    run(Command::new("ip").args(["netns", "delete", netns]))?;
    Ok(())
}

/// Lets packets through, in both families and from everywhere, and addresses be used at once.
pub(crate) fn configure(netns: Option<&str>) -> Result<()> {
    let settings = "\
        net.ipv4.ip_forward=1\n\
        net.ipv6.conf.all.forwarding=1\n\
        net.ipv4.conf.all.rp_filter=0\n\
        net.ipv4.conf.default.rp_filter=0\n\
        net.ipv4.conf.all.route_localnet=1\n\
        net.ipv6.conf.all.accept_dad=0\n\
        net.ipv6.conf.default.accept_dad=0\n\
        net.ipv4.ip_unprivileged_port_start=0\n";
    feed(inside(netns, "sysctl").args(["--quiet", "--load", "-"]), settings)?;
    ip(netns, "link set lo up")
}

/// Lines for `ip`.
pub(crate) fn ip(netns: Option<&str>, lines: &str) -> Result<()> {
    feed(inside(netns, "ip").args(["-batch", "-"]), lines)?;
    Ok(())
}

/// Lines for `nft`.
pub(crate) fn nft(netns: Option<&str>, lines: &str) -> Result<()> {
    feed(inside(netns, "nft").args(["--file", "-"]), lines)?;
    Ok(())
}
