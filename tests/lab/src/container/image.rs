//! Images: for each that a mesh is made of, what of it can be run natively.

use super::mark;
use super::user::User;
use crate::istiod;
use crate::pod::env::Env;
use crate::program::Program;
use anyhow::{Context, Result, bail};
use std::path::PathBuf;

/// What an image brings.
#[derive(Debug, Clone)]
pub(crate) struct Image {
    /// What it runs, unless the container says otherwise.
    pub(crate) entrypoint: Vec<String>,
    /// Its environment.
    pub(crate) env: Env,
    /// Its files: where each is, and where it is in the container.
    pub(crate) files: Vec<(PathBuf, &'static str)>,
    /// Who it runs as, unless the container says otherwise.
    pub(crate) user: User,
}

/// Where programs look for programs in a container.
const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

impl Image {
    /// The image behind a reference such as `registry.istio.io/release/proxyv2:1.31.1`.
    pub(crate) fn pull(reference: &str) -> Result<Image> {
        let (repository, _) = reference.split_once('@').unwrap_or((reference, ""));
        let name = repository.rsplit('/').next().unwrap_or(repository);
        let name = name.split_once(':').map_or(name, |(name, _)| name);
        match name {
            "pilot" => Image::pilot(),
            "proxyv2" => Image::proxy(),
            "curl" => Ok(Image::new(&["curl"], User::ROOT)),
            _ => match name.strip_prefix("examples-helloworld-") {
                Some(version) => Image::helloworld(version),
                None => bail!("the lab has no image {reference:?}"),
            },
        }
    }

    fn new(entrypoint: &[&str], user: User) -> Image {
        let entrypoint = entrypoint.iter().map(|&word| word.to_owned()).collect();
        Image { entrypoint, env: Env::from([("PATH".to_owned(), PATH.to_owned())]), files: Vec::new(), user }
    }

    fn pilot() -> Result<Image> {
        let mut image = Image::new(&["/usr/local/bin/pilot-discovery"], User::ISTIO_PROXY);
        image.files = vec![(Program::PilotDiscovery.path()?, "/usr/local/bin/pilot-discovery")];
        image.env.extend(istiod::departures());
        Ok(image)
    }

    fn proxy() -> Result<Image> {
        let mut image = Image::new(&["/usr/local/bin/pilot-agent"], User::ISTIO_PROXY);
        let template = Program::PilotAgent.share("tools/packaging/common/envoy_bootstrap.json")?;
        image.files = vec![
            (Program::PilotAgent.path()?, "/usr/local/bin/pilot-agent"),
            (Program::Envoy.path()?, "/usr/local/bin/envoy"),
            (template, "/var/lib/istio/envoy/envoy_bootstrap_tmpl.json"),
        ];
        if mark::is_needed() {
            let (option, path) = mark::BOOTSTRAP;
            image.files.extend(mark::files()?);
            image.env.insert(option.to_owned(), path.to_owned());
        }
        Ok(image)
    }

    /// The sample: the lab itself answers as it does.
    fn helloworld(version: &str) -> Result<Image> {
        let mut image = Image::new(&["/opt/microservices/helloworld", "helloworld", version], User::ROOT);
        let lab = std::env::current_exe().context("failed to find the lab's own program")?;
        image.files = vec![(lab, "/opt/microservices/helloworld")];
        Ok(image)
    }
}

#[cfg(test)]
mod tests {
    use super::Image;

    #[test]
    fn images_are_known_by_their_names() {
        let image = Image::pull("registry.istio.io/release/examples-helloworld-v2:1.0").unwrap();
        assert_eq!(image.entrypoint, ["/opt/microservices/helloworld", "helloworld", "v2"]);
        assert!(Image::pull("docker.io/curlimages/curl:8.16.0@sha256:0123").is_ok());
        assert!(Image::pull("localhost:5000/curl").is_ok());
        for reference in ["auto", "registry.istio.io/release/ztunnel:1.31.1", ""] {
            let error = Image::pull(reference).unwrap_err().to_string();
            assert_eq!(error, format!("the lab has no image {reference:?}"));
        }
    }
}
