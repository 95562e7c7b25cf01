//! What the form says of a mesh, as far as it can be seen when the mesh runs.

use anyhow::{Context, Result};
use meshwright_core::check::check;
use meshwright_core::draft::Draft;
use meshwright_core::topology::{self, Address, ControlPlane, InstallMethod, SampleRoute};

/// Trust domain of a mesh for which the form says none.
const TRUST_DOMAIN: &str = "cluster.local";
/// Revision of a control plane for which the form says none.
const REVISION: &str = "default";

/// The whole of it.
#[derive(Debug, Clone)]
pub(super) struct Mesh {
    pub(super) planes: Vec<Plane>,
    pub(super) sample: Option<Sample>,
}

/// The sample application.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    pub(super) namespace: String,
    /// Whether its route is one of Kubernetes' Gateway API, with a gateway of its own.
    pub(super) own_gateway: bool,
}

/// A control plane.
#[derive(Debug, Clone)]
pub(super) struct Plane {
    /// The cluster that istiod runs on.
    pub(super) cluster: String,
    pub(super) mesh_id: String,
    pub(super) trust_domain: String,
    pub(super) namespace: String,
    pub(super) revision: String,
    /// Whether istiod runs on the cluster of which it reads the configuration.
    pub(super) primary: bool,
    /// Whether namespaces can ask for it by `istio-injection=enabled`: of those with a revision, where
    /// istioctl has made the tag `default`.
    pub(super) by_default: bool,
    /// Host or IP address of istiod, as proxies have it; nothing where only its load balancer knows.
    pub(super) address: Option<String>,
    /// The clusters that it manages, the config cluster first.
    pub(super) members: Vec<Member>,
}

/// A cluster that is managed.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) cluster: String,
    pub(super) network: String,
    pub(super) ingress: bool,
    pub(super) east_west: bool,
}

impl Mesh {
    /// What a draft says.
    pub(super) fn of(draft: &Draft) -> Result<Mesh> {
        let topology = check(draft).topology.context("the topology has problems")?;
        let planes = topology.meshes.iter().flat_map(|mesh| {
            let of = |plane| Plane::of(topology.install_method, mesh, plane);
            mesh.control_planes.iter().map(of).collect::<Vec<_>>()
        });
        let sample = topology.sample.as_ref().map(|sample| Sample {
            namespace: sample.namespace.to_string(),
            own_gateway: sample.route == SampleRoute::GatewayApi,
        });
        Ok(Mesh { planes: planes.collect(), sample })
    }

    /// The members of a control plane's mesh, whichever control plane of it manages them.
    pub(super) fn of_mesh(&self, of: &Plane) -> impl Iterator<Item = (&Plane, &Member)> {
        self.members().filter(|(plane, _)| plane.mesh_id == of.mesh_id)
    }

    /// Each member of each control plane.
    pub(super) fn members(&self) -> impl Iterator<Item = (&Plane, &Member)> {
        self.planes.iter().flat_map(|plane| plane.members.iter().map(move |member| (plane, member)))
    }
}

impl Plane {
    fn of(method: InstallMethod, mesh: &topology::Mesh, plane: &ControlPlane) -> Plane {
        let member = |member: &topology::Member| Member {
            cluster: member.cluster.name.to_string(),
            network: member.network.to_string(),
            ingress: member.gateways.ingress.is_some(),
            east_west: member.gateways.east_west.is_some(),
        };
        let primary = plane.is_primary();
        let mut of = Plane {
            cluster: plane.cluster.name.to_string(),
            mesh_id: mesh.id.to_string(),
            trust_domain: mesh.trust_domain.as_ref().map_or(TRUST_DOMAIN, |domain| domain.as_str()).to_owned(),
            namespace: plane.namespace.to_string(),
            revision: plane.revision.as_ref().map_or(REVISION, |revision| revision.as_str()).to_owned(),
            primary,
            by_default: plane.revision.is_none() || method == InstallMethod::Istioctl,
            address: match &plane.address {
                Address::Dns { host, .. } => Some(host.to_string()),
                Address::Ip(address) => Some(address.ip().to_string()),
                Address::Discovered => None,
            },
            members: plane.members().map(member).collect(),
        };
        if primary {
            // The name of its Service, which leads to a gateway on other clusters.
            of.address = Some(format!("{}.{}.svc", of.istiod(), of.namespace));
        }
        of
    }

    /// The SPIFFE ID of a service account.
    pub(super) fn identity(&self, namespace: &str, account: &str) -> String {
        format!("spiffe://{}/ns/{namespace}/sa/{account}", self.trust_domain)
    }

    /// Name of istiod's Deployment.
    pub(super) fn istiod(&self) -> String {
        self.revised("istiod")
    }

    /// Name of the mesh's ConfigMap.
    pub(super) fn mesh_config(&self) -> String {
        self.revised("istio")
    }

    fn revised(&self, name: &str) -> String {
        if self.revision == REVISION { name.to_owned() } else { format!("{name}-{}", self.revision) }
    }
}
