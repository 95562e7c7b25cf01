//! A public CA: everyone in the room trusts it.

use crate::process::run;
use crate::program::Program;
use crate::room;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The CA, by its folder.
#[derive(Debug, Clone)]
pub(crate) struct PublicCa {
    folder: PathBuf,
}

/// A certificate and its key, in PEM.
#[derive(Debug, Clone)]
pub(crate) struct Certificate {
    pub(crate) certificate: String,
    pub(crate) key: String,
}

impl PublicCa {
    /// Founds it.
    pub(crate) fn found() -> Result<PublicCa> {
        let folder = Path::new(room::FOLDER).join("public-ca");
        fs::create_dir_all(&folder).with_context(|| format!("failed to make {}", folder.display()))?;
        let ca = PublicCa { folder };
        run(ca.request("ca", "/CN=The lab's public CA")?.args(["-addext", "keyUsage=critical,keyCertSign,cRLSign"]))?;
        room::trust(&ca.read("ca.crt")?)?;
        Ok(ca)
    }

    /// Certifies that a name is its owner's.
    pub(crate) fn certify(&self, host: &str) -> Result<Certificate> {
        run(self
            .request(host, "/O=The owner of the name")?
            .args(["-addext", &format!("subjectAltName=DNS:{host}"), "-addext", "basicConstraints=critical,CA:FALSE"])
            .arg("-CA")
            .arg(self.folder.join("ca.crt"))
            .arg("-CAkey")
            .arg(self.folder.join("ca.key")))?;
        Ok(Certificate { certificate: self.read(&format!("{host}.crt"))?, key: self.read(&format!("{host}.key"))? })
    }

    fn request(&self, name: &str, subject: &str) -> Result<Command> {
        let mut command = Program::Openssl.command()?;
        command
            .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"])
            .args(["-days", "2", "-subj", subject, "-keyout"])
            .arg(self.folder.join(format!("{name}.key")))
            .arg("-out")
            .arg(self.folder.join(format!("{name}.crt")));
        Ok(command)
    }

    fn read(&self, file: &str) -> Result<String> {
        let path = self.folder.join(file);
        fs::read_to_string(&path).with_context(|| format!("failed to read {}", path.display()))
    }
}
