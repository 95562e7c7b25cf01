//! The mutations that the lab makes: for each invariant that this scenario has, one at least.

/// A mutation, and what has to be said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its name in the table of the crate `tests/link`.
    pub(crate) name: &'static str,
    /// The bundle it is made in.
    pub(crate) case: &'static str,
    /// A part of the line that names the broken link.
    pub(crate) says: &'static str,
}

const fn row(name: &'static str, case: &'static str, says: &'static str) -> Row {
    Row { name, case, says }
}

const DNS: &str = "external-control-plane";
const IP: &str = "external-control-plane-ip";
const MULTI: &str = "external-control-plane-multicluster";
const BARE: &str = "bare";
const REVISION: &str = "revision-dns";
const MESHES: &str = "external-control-plane-two-meshes";
const REMOTE: &str = "primary-remote-multi-network";
const PRIMARIES: &str = "multi-primary-multi-network";
const SAIL: &str = "sail-external-control-plane";
const STABLE: &str = "sail-revision";
const HELM: &str = "external-control-plane-helm";
const REMOTE_HELM: &str = "primary-remote-multi-network-helm";
const PRIMARIES_HELM: &str = "multi-primary-multi-network-helm";

/// All of them: in the order of the invariants for one mesh by istioctl, then for other scenarios and methods.
pub(crate) const TABLE: &[Row] = &[
    row("injection path of another shape", MULTI, "with network"),
    row("another cluster in a remote cluster's injection path", MULTI, "injected with cluster \"other\""),
    row("CLUSTER_ID after the external cluster", BARE, "manages {\"external\"}"),
    row("a remote cluster with the config cluster's name", MULTI, "manages {\"cluster1\"} instead of"),
    row("a cluster's name that is no DNS label", MULTI, "Cluster_2"),
    row("no controlPlaneClusters", MULTI, "istio-ca-root-cert"),
    row("another istioNamespace on a remote cluster", MULTI, "istio-reader-service-account.external-istiod"),
    row("no EXTERNAL_ISTIOD", MULTI, "istio-ca-root-cert"),
    row("remote secret in another namespace", MULTI, "manages {\"cluster1\"} instead of"),
    row("route to another namespace", BARE, "has a certificate for \"\" instead of"),
    row("another revision for istiod alone", REVISION, "\"istiod-stable\" not found"),
    row("no injection webhook's name where istiod has to patch it", IP, "x509"),
    row("a mesh ConfigMap that is not there", BARE, "configmap \"absent\" not found"),
    row("a shared mesh configuration that is not there", BARE, "does not read the mesh configuration of cluster1"),
    row("another host in the config cluster's injection URL", BARE, "other.example.com"),
    row("no root certificates for istiod's DNS name", BARE, "has a certificate for \"\" instead of"),
    row("no port for webhooks at the gateway", BARE, "https://myhost.example.com:15017"),
    row("a host name for an IP address", IP, "istiod.example.com"),
    row("no configCluster", BARE, "failed retrieving service account istiod.external-istiod"),
    row("webhooks on istiod's own cluster", BARE, "no pod can be made in lab-enabled"),
    row("istio-kubeconfig on the config cluster itself", BARE, "istiod has not published ConfigMap istio-ca-root-cert"),
    row("another name in the remote secret", MULTI, "manages {\"cluster1\", \"other\"}"),
    row("API server that istiod cannot reach", MULTI, "has not read cluster2"),
    row("another network in a remote cluster's injection path", MULTI, "is injected with network \"other\" instead of"),
    row("services that are not exposed", MULTI, "hears no helloworld of"),
    row("services exposed at no gateway", MULTI, "hears no helloworld of"),
    row("another release of istioctl", BARE, "is needed, this one says"),
    row("two documents for istioctl", BARE, "multiple"),
    row("an overlay for a Deployment of another name", BARE, "the server could not find the requested resource"),
    row("the sample's namespace without a label", DNS, "no injected pod with app=curl runs in sample"),
    row("istiod before istio-kubeconfig", BARE, "istiod has not published ConfigMap istio-ca-root-cert"),
    row("istio-kubeconfig with the label of remote secrets", BARE, "\"config\""),
    row("the guide's DestinationRule", BARE, "pods are not injected"),
    row("no EXTERNAL_ISTIOD for a primary with remote clusters", REMOTE, "tls: failed to verify certificate"),
    row("istiod exposed in another namespace", REMOTE, "has a certificate for \"\" instead of"),
    row("another meshID for one of several primaries", PRIMARIES, "mesh ID"),
    row("no certificate for one of several control planes", PRIMARIES, "hears no helloworld of"),
    row("the host of another mesh", MESHES, "https://mesh1.example.com:15017"),
    row("the remote secret beside another mesh's istiod", MESHES, "manages {"),
    row("another name for the resource of istiod", SAIL, "pod's volume → ConfigMap or Secret"),
    row("another name for the config cluster's resource", SAIL, "remote secret → its ServiceAccount"),
    row("no account for istiods elsewhere", STABLE, "remote secret → its ServiceAccount"),
    row("another release in a resource", SAIL, "release of istiod → release of what is installed beside it"),
    row("a wait for an istiod that is not there yet", SAIL, "timed out waiting for Istio external-istiod"),
    row("another istioNamespace in a resource", SAIL, "spec.values.global.istioNamespace"),
    row("CLUSTER_ID in a resource beside the chart's own", SAIL, "CLUSTER_ID"),
    row("clusterName in a resource after the external cluster", SAIL, "istiod's CLUSTER_ID → config cluster"),
    row(
        "the shared mesh configuration of no revision in a resource",
        SAIL,
        "istiod's SHARED_MESH_CONFIG → ConfigMap on the config cluster",
    ),
    row("no injection webhook's name in a resource", SAIL, "istiod's webhook names → webhooks that it has to patch"),
    row("a mesh ConfigMap in a resource that is not there", SAIL, "pod's volume → ConfigMap or Secret"),
    row(
        "a resource that makes webhooks on istiod's own cluster",
        SAIL,
        "webhook on istiod's own cluster → a control plane of that cluster",
    ),
    row("no configCluster in a resource", SAIL, "remote secret → its ServiceAccount"),
    row(
        "another cluster in a resource's injection path",
        SAIL,
        "injection webhook's cluster → a cluster that istiod knows",
    ),
    row("no address laid into a resource", SAIL, "unknown field \"spec.values.global.pilotAddress\""),
    row("a resource stays", SAIL, "what install.sh made → uninstall.sh"),
    row("clusterName after the external cluster", HELM, "manages {\"external\"}"),
    row("a mesh ConfigMap in values that is not there", HELM, "configmap \"absent\" not found"),
    row("no address for a remote cluster's release", REMOTE_HELM, "service \"istiod\" not found"),
    row("another network for an east-west gateway by Helm", PRIMARIES_HELM, "is sent helloworld at {"),
];
