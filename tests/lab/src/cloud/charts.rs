//! The repository of Istio's Helm charts, under its name on the internet: what it serves are the charts
//! of the lab's own Istio, as the release that the lab calls it.

use super::ca::PublicCa;
use crate::process::{Process, run};
use crate::program::Program;
use crate::room;
use anyhow::{Context, Result};
use meshwright_core::version::NEWEST;
use std::fs;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;

/// Its name.
pub(super) const HOST: &str = "istio-release.storage.googleapis.com";

/// Serves it at an address.
pub(super) fn serve(ca: &PublicCa, address: IpAddr) -> Result<Process> {
    let folder = Path::new(room::FOLDER).join("internet");
    let charts = folder.join("charts");
    fs::create_dir_all(&charts).with_context(|| format!("failed to make {}", charts.display()))?;
    for chart in ["base", "istio-control/istio-discovery", "gateway"] {
        let chart = Program::Istioctl.share(&format!("manifests/charts/{chart}"))?;
        let mut package = Program::Helm.command()?;
        run(package.arg("package").arg(chart).args(["--version", NEWEST, "--destination"]).arg(&charts))?;
    }
    run(Program::Helm.command()?.args(["repo", "index"]).arg(&charts))?;
    let made = ca.certify(HOST)?;
    for (file, text) in [("tls.crt", made.certificate), ("tls.key", made.key)] {
        fs::write(folder.join(file), text).with_context(|| format!("failed to write {file}"))?;
    }
    let mut server = Program::Openssl.command()?;
    server
        .args(["s_server", "-quiet", "-WWW", "-cert", "tls.crt", "-key", "tls.key", "-accept"])
        .arg(SocketAddr::new(address, 443).to_string())
        .current_dir(&folder);
    Process::start("charts", &mut server)
}
