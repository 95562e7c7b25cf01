//! A container's file system: a folder with the system's programs, the image's files and the pod's volumes,
//! mounted for this container alone.

use super::Launch;
use crate::pod::sandbox::hostname;
use crate::pod::volume;
use anyhow::{Context, Result};
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

/// What the system's programs need of `/`: folders, or links to folders in `/usr`.
const SYSTEM: [&str; 7] = ["bin", "sbin", "lib", "lib32", "lib64", "libx32", "nix"];
/// What they need of `/etc`.
const ETC: [&str; 8] =
    ["alternatives", "ssl", "pki", "ca-certificates", "ld.so.cache", "protocols", "services", "ethertypes"];
/// Folders that anyone may write to.
const OPEN: [&str; 4] = ["tmp", "var/tmp", "run", "var/log"];

/// A container's file system, before it is mounted.
#[derive(Debug)]
pub(super) struct Root {
    /// Where it is.
    pub(super) folder: PathBuf,
    /// What to mount into it.
    pub(super) fstab: PathBuf,
    mounts: Vec<String>,
}

impl Root {
    /// Makes all that is not a mount, and lists the mounts.
    pub(super) fn furnish(launch: &Launch<'_>) -> Result<Root> {
        let folder = launch.folder.join("root");
        let mut root = Root { fstab: launch.folder.join("fstab"), folder, mounts: Vec::new() };
        root.system()?;
        root.names(launch)?;
        for (from, to) in &launch.image.files {
            root.bind(from, to, "bind,ro")?;
        }
        // Outer places first, so that inner ones are not hidden.
        let mut mounts: Vec<_> = launch.container.volume_mounts.iter().collect();
        mounts.sort_by_key(|mount| &mount.mount_path);
        for (index, mount) in mounts.iter().enumerate() {
            let from = volume::path(launch.volumes, &mount.name).join(&mount.sub_path);
            // One within another goes to a place in that other.
            for outer in mounts.iter().take(index) {
                if let Ok(place) = Path::new(&mount.mount_path).strip_prefix(&outer.mount_path) {
                    let place = volume::path(launch.volumes, &outer.name).join(&outer.sub_path).join(place);
                    fs::create_dir_all(&place).with_context(|| format!("failed to make {}", place.display()))?;
                }
            }
            root.bind(&from, &mount.mount_path, if mount.read_only { "bind,ro" } else { "bind" })?;
        }
        fs::write(&root.fstab, root.mounts.join("\n") + "\n").context("failed to write the list of mounts")?;
        Ok(root)
    }

    fn system(&mut self) -> Result<()> {
        self.folder_at("/usr")?;
        self.folder_at("/etc")?;
        for name in SYSTEM {
            self.as_on_the_host(Path::new("/"), name)?;
        }
        for entry in fs::read_dir("/usr").context("failed to read /usr")? {
            // `/usr/local` is the image's.
            if let Some(name) = entry?.file_name().to_str().filter(|name| *name != "local") {
                self.as_on_the_host(Path::new("/usr"), name)?;
            }
        }
        for name in ETC {
            self.as_on_the_host(Path::new("/etc"), name)?;
        }
        self.bind(Path::new("/dev"), "/dev", "rbind")?;
        self.bind(Path::new("/sys"), "/sys", "rbind")?;
        self.folder_at("/proc")?;
        self.mounts.push(format!("proc {} proc defaults 0 0", word(&self.folder.join("proc"))));
        for name in OPEN {
            let folder = self.folder_at(name)?;
            fs::set_permissions(folder, Permissions::from_mode(0o777))?;
        }
        Ok(())
    }

    /// What says who and where the container is.
    fn names(&self, launch: &Launch<'_>) -> Result<()> {
        let etc = self.folder_at("/etc")?;
        let own = launch.sandbox.ips().iter().map(|ip| format!("{ip}\t{}\n", hostname(launch.pod)));
        let hosts = format!("127.0.0.1\tlocalhost\n::1\tlocalhost\n{}", own.collect::<String>());
        let search = format!("{}.svc.cluster.local svc.cluster.local cluster.local", launch.pod.metadata.namespace);
        let resolv = format!("nameserver {}\nsearch {search}\noptions ndots:5\n", launch.dns);
        let passwd = "root:x:0:0::/:/bin/sh\nistio-proxy:x:1337:1337::/:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n";
        let group = "root:x:0:\nistio-proxy:x:1337:\nnogroup:x:65534:\n";
        let files = [
            ("hosts", hosts.as_str()),
            ("resolv.conf", &resolv),
            ("hostname", hostname(launch.pod)),
            ("nsswitch.conf", "hosts: files dns\n"),
            ("passwd", passwd),
            ("group", group),
        ];
        for (name, text) in files {
            fs::write(etc.join(name), text).with_context(|| format!("failed to write /etc/{name}"))?;
        }
        Ok(())
    }

    /// A folder or file of the system, or the link that it is, if it is there.
    fn as_on_the_host(&mut self, parent: &Path, name: &str) -> Result<()> {
        let path = parent.join(name);
        if let Ok(target) = fs::read_link(&path) {
            let link = self.place(&path.to_string_lossy());
            if !link.is_symlink() {
                symlink(target, &link).with_context(|| format!("failed to make {}", link.display()))?;
            }
            Ok(())
        } else if path.exists() {
            self.bind(&path, &path.to_string_lossy(), "rbind")
        } else {
            Ok(())
        }
    }

    /// Mounts a folder or a file, and makes the place where that goes.
    fn bind(&mut self, from: &Path, to: &str, options: &str) -> Result<()> {
        let place = if from.is_dir() {
            self.folder_at(to)?
        } else {
            let place = self.place(to);
            if let Some(parent) = place.parent() {
                fs::create_dir_all(parent).with_context(|| format!("failed to make {}", parent.display()))?;
            }
            File::options()
                .create(true)
                .append(true)
                .open(&place)
                .with_context(|| format!("failed to make {}", place.display()))?;
            place
        };
        self.mounts.push(format!("{} {} none {options} 0 0", word(from), word(&place)));
        Ok(())
    }

    fn folder_at(&self, path: &str) -> Result<PathBuf> {
        let folder = self.place(path);
        fs::create_dir_all(&folder).with_context(|| format!("failed to make {}", folder.display()))?;
        Ok(folder)
    }

    /// Where the container's `path` is in the room.
    fn place(&self, path: &str) -> PathBuf {
        self.folder.join(path.trim_start_matches('/'))
    }
}

/// A path as a field of fstab.
fn word(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "\\134").replace(' ', "\\040")
}
