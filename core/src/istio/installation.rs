//! A control plane, or what a cluster needs to have one elsewhere, before it is known what installs it.

use super::chart_values::{BaseValues, ConfigMap, IstiodValues, Volume, VolumeMount};
use super::istio_resource::Istio;
use super::operator::{Components, Env, IstioOperator, MeshConfig, Overlay, Patch, Pilot, PilotResources, Profile};
use super::values::{Global, Values};
use crate::k8s::Map;
use crate::yaml;

/// What is installed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Installation {
    pub(crate) revision: Option<String>,
    pub(crate) profile: Option<Profile>,
    pub(crate) mesh_config: Option<MeshConfig>,
    pub(crate) istiod: Option<Istiod>,
    pub(crate) values: Values,
}

/// What istiod's pod has beside the chart's own.
#[derive(Debug, Clone)]
pub(crate) struct Istiod {
    pub(crate) env: Vec<Env>,
    /// `ConfigMap`s that it reads as files: name of the volume, `ConfigMap`, folder.
    pub(crate) files: [(&'static str, String, &'static str); 2],
    /// Its Deployment.
    pub(crate) deployment: String,
}

impl Installation {
    /// As istioctl reads it.
    pub(crate) fn operator(self) -> IstioOperator {
        let pilot = self.istiod.map(|istiod| Pilot {
            enabled: true,
            k8s: PilotResources { overlays: vec![istiod.overlay()], env: istiod.env },
        });
        IstioOperator {
            revision: self.revision,
            profile: self.profile,
            mesh_config: self.mesh_config,
            components: pilot.map(|pilot| Components { pilot: Some(pilot), ..Components::default() }),
            values: (self.values != Values::default()).then_some(self.values),
        }
    }

    /// As the charts `base` and `istiod` read it. `values.pilot` stands at the top there, and two
    /// variables of istiod are the chart's own: a second `CLUSTER_ID` would make it a duplicate (0.4).
    pub(crate) fn charts(self) -> (BaseValues, IstiodValues) {
        const CHARTS_OWN: [&str; 2] = ["CLUSTER_ID", "EXTERNAL_ISTIOD"];
        let Values { default_revision, gateways: _, global, pilot, istiod_remote, base } = self.values;
        // `remote` is a profile of the charts too; the others are of istioctl's components.
        let profile = self.profile.filter(|profile| matches!(profile, Profile::Remote));
        let mut values = IstiodValues {
            profile,
            revision: self.revision,
            config_map: pilot.as_ref().and_then(|pilot| pilot.config_map),
            env: pilot.map_or_else(Map::default, |pilot| pilot.env),
            mesh_config: self.mesh_config,
            istiod_remote,
            base: base.clone(),
            ..IstiodValues::default()
        };
        if let Some(istiod) = self.istiod {
            for env in istiod.env.into_iter().filter(|env| !CHARTS_OWN.contains(&env.name)) {
                values.env.add(env.name.to_owned(), env.value);
            }
            (values.volumes, values.volume_mounts) = istiod.files.into_iter().map(mount).unzip();
        }
        // Of an istiod of its own, the cluster's validator is that istiod.
        let default_revision = default_revision.unwrap_or_else(|| match profile {
            Some(_) => String::new(),
            None => values.revision.clone().unwrap_or_else(|| "default".to_owned()),
        });
        let namespace = global.as_ref().and_then(|global| global.istio_namespace.clone());
        let base = BaseValues { profile, default_revision, global: namespace.map(Global::of_namespace), base };
        values.global = global;
        (base, values)
    }

    /// As the Sail operator reads it: its profiles `remote` and `empty` are istioctl's, and no other is meant.
    pub(crate) fn resource(self, version: String, namespace: String) -> Istio {
        let profile = self.profile.filter(|profile| matches!(profile, Profile::Remote | Profile::Empty));
        Istio::new(version, namespace, profile, self.charts().1)
    }
}

fn mount((name, config_map, mount_path): (&'static str, String, &'static str)) -> (Volume, VolumeMount) {
    (Volume { name, config_map: ConfigMap { name: config_map } }, VolumeMount { name, mount_path })
}

impl Istiod {
    /// An index past the end of a list appends to it.
    fn overlay(&self) -> Overlay {
        let (volumes, mounts): (Vec<_>, Vec<_>) = self.files.iter().cloned().map(mount).unzip();
        let patch = |path, value: String| Patch { path, value: value.trim_end().to_owned() };
        let volumes = volumes.iter().map(|volume| patch("spec.template.spec.volumes[100]", yaml::to_string(volume)));
        let mounts = mounts
            .iter()
            .map(|mount| patch("spec.template.spec.containers[0].volumeMounts[100]", yaml::to_string(mount)));
        Overlay { kind: "Deployment", name: self.deployment.clone(), patches: volumes.chain(mounts).collect() }
    }
}
