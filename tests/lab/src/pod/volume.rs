//! A pod's volumes: a folder each, with the files that a kubelet would put there.

pub(crate) mod spec;

use super::Pod;
use super::field::{field, resource};
use super::objects::{Data, Objects};
use super::spec::Container;
use anyhow::{Context, Result, bail};
use spec::{Downward, Projection, Source, Volume};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Makes a pod's volumes below `folder`. Fails with the name of what is missing.
pub(crate) fn publish(pod: &Pod, folder: &Path, objects: &dyn Objects) -> Result<()> {
    for volume in &pod.spec.volumes {
        let files = files(pod, volume, objects);
        let files = files.with_context(|| format!("MountVolume.SetUp failed for volume {:?}", volume.name))?;
        let folder = path(folder, &volume.name);
        write(&folder, &files).with_context(|| format!("failed to write volume {:?}", volume.name))?;
    }
    Ok(())
}

/// Where a volume is.
pub(crate) fn path(folder: &Path, name: &str) -> PathBuf {
    folder.join(name)
}

/// The files of a volume, by their path in it.
fn files(pod: &Pod, volume: &Volume, objects: &dyn Objects) -> Result<Data> {
    match &volume.source {
        Source::EmptyDir {} => Ok(Data::new()),
        Source::ConfigMap(items) => items.files(items.config_map(objects)?),
        Source::Secret(items) => items.files(items.secret(objects)?),
        Source::DownwardApi(downward) => told(pod, downward),
        Source::Projected(projected) => {
            let mut files = Data::new();
            for source in &projected.sources {
                files.append(&mut match source {
                    Projection::ConfigMap(items) => items.files(items.config_map(objects)?)?,
                    Projection::Secret(items) => items.files(items.secret(objects)?)?,
                    Projection::DownwardApi(downward) => told(pod, downward)?,
                    Projection::ServiceAccountToken(token) => {
                        let text = objects.token(token.audience.as_deref(), token.expiration_seconds)?;
                        Data::from([(token.path.clone(), text.into_bytes())])
                    }
                });
            }
            Ok(files)
        }
        Source::Other(kinds) => bail!("the lab has no volumes of the kind {:?}", kinds.keys()),
    }
}

/// What a pod is told about itself.
fn told(pod: &Pod, downward: &Downward) -> Result<Data> {
    let mut files = Data::new();
    for item in &downward.items {
        let text = match (&item.field_ref, &item.resource_field_ref) {
            (Some(reference), _) => field(pod, &reference.field_path)?,
            // Here a container is always named.
            (None, Some(reference)) => resource(pod, &Container::default(), reference)?,
            (None, None) => bail!("{} says nothing", item.path),
        };
        files.insert(item.path.clone(), text.into_bytes());
    }
    Ok(files)
}

/// Writes what has changed. The folder is anyone's, since the user of a container is not ours.
fn write(folder: &Path, files: &Data) -> Result<()> {
    fs::create_dir_all(folder)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o777))?;
    for (path, bytes) in files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        if fs::read(&path).ok().as_ref() != Some(bytes) {
            fs::write(&path, bytes)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::files;
    use crate::pod::tests::{Fake, pod};

    fn contents(volume: &str) -> Result<Vec<(String, String)>, String> {
        let pod = pod(&format!(r#"{{"containers": [], "volumes": [{volume}]}}"#));
        let files = files(&pod, pod.spec.volumes.first().unwrap(), &Fake).map_err(|error| error.to_string())?;
        Ok(files.into_iter().map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect())
    }

    #[track_caller]
    fn check(volume: &str, expected: &[(&str, &str)]) {
        let found = contents(volume).unwrap();
        let found: Vec<(&str, &str)> = found.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn each_kind_becomes_files() {
        check(r#"{"name": "v", "emptyDir": {"medium": "Memory"}}"#, &[]);
        check(
            r#"{"name": "v", "configMap": {"name": "mesh"}}"#,
            &[("mesh", "rootNamespace: x"), ("meshNetworks", "networks: {}")],
        );
        check(
            r#"{"name": "v", "secret": {"secretName": "certs", "items": [{"key": "key", "path": "a/b"}]}}"#,
            &[("a/b", "secret")],
        );
        check(r#"{"name": "v", "secret": {"secretName": "none", "optional": true}}"#, &[]);
        check(
            r#"{"name": "v", "downwardAPI": {"items": [{"path": "labels", "fieldRef": {"fieldPath": "metadata.labels"}}]}}"#,
            &[("labels", "app=\"curl\"\nversion=\"v1\"")],
        );
        check(
            r#"{"name": "v", "projected": {"sources": [
                {"serviceAccountToken": {"audience": "istio-ca", "expirationSeconds": 43200, "path": "istio-token"}},
                {"configMap": {"name": "mesh", "items": [{"key": "mesh", "path": "m"}]}}]}}"#,
            &[("istio-token", "token for istio-ca, 43200 s"), ("m", "rootNamespace: x")],
        );
    }

    #[test]
    fn what_is_not_there_is_named() {
        let table = [
            (r#"{"name": "v", "configMap": {"name": "none"}}"#, "configmap \"none\" not found"),
            (r#"{"name": "v", "secret": {"secretName": "none"}}"#, "secret \"none\" not found"),
            (
                r#"{"name": "v", "secret": {"secretName": "certs", "items": [{"key": "x", "path": "y"}]}}"#,
                "\"certs\" has no entry \"x\"",
            ),
            (r#"{"name": "v", "hostPath": {"path": "/"}}"#, "the lab has no volumes of the kind [\"hostPath\"]"),
        ];
        for (volume, said) in table {
            assert_eq!(contents(volume).unwrap_err(), said, "{volume}");
        }
    }
}
