//! Every derived name, each made here and nowhere else. Numbers are those of the invariants in
//! `reference/istio/matrix.md`, section 0; "rendered" names are those of its versions.md, section 3.

use crate::value::{ClusterName, Namespace, Network, Revision};
use std::net::IpAddr;

/// Istio's own system namespace, which the guides' primaries have.
pub const SYSTEM_NAMESPACE: &str = "istio-system";
/// Namespace of the gateway that exposes istiod, and of the istiod that drives that gateway (0.11).
pub const GATEWAY_NAMESPACE: &str = SYSTEM_NAMESPACE;
/// Ingress gateway, on the external cluster as on the config cluster.
pub const INGRESS_GATEWAY: &str = "istio-ingressgateway";
/// Egress gateway.
pub const EGRESS_GATEWAY: &str = "istio-egressgateway";
/// East-west gateway: the name that the selector of `expose-services.yaml` is made for (0.28).
pub const EAST_WEST_GATEWAY: &str = "istio-eastwestgateway";
/// Value of the label `istio` on east-west gateways (0.28).
pub const EAST_WEST_SELECTOR: &str = "eastwestgateway";
/// Value of the label `istio` on ingress gateways.
pub const INGRESS_SELECTOR: &str = "ingressgateway";
/// The sample's Gateway, of Istio's API or of the Gateway API.
pub const SAMPLE_GATEWAY: &str = "helloworld-gateway";
/// Helm release of chart `base`, as the guides have it.
pub const BASE_RELEASE: &str = "istio-base";
/// Helm release of chart `istiod`, as the guides have it: in the system namespace, so that meshes do
/// not share it.
pub const ISTIOD_RELEASE: &str = "istiod";
/// What revision the Sail operator takes for none: its resources are named by their revision (0.13).
pub const DEFAULT_REVISION: &str = "default";
/// Namespace of Istio's CNI plugin, as the Sail guides have it.
pub const CNI_NAMESPACE: &str = "istio-cni";
/// The one name that the Sail operator takes for its CNI plugin.
pub const CNI: &str = "default";
/// Account by which istiods of other clusters read a cluster (0.40).
pub const READER_ACCOUNT: &str = "istio-reader-service-account";
/// File with the values of chart `istiod`.
pub const ISTIOD_VALUES: &str = "istiod-values";
/// The same, of an istiod outside of its mesh.
pub const EXTERNAL_ISTIOD_VALUES: &str = "istiod-external-values";
/// ConfigMap in which istiod publishes the mesh's own CA in every namespace (0.43).
pub const ROOT_CERT: &str = "istio-ca-root-cert";
/// Secret that `create-remote-secret --type=config` makes (0.23).
pub const CONFIG_SECRET: &str = "istio-kubeconfig";
/// Label by which istiod finds remote secrets (0.24, 0.42).
pub const REMOTE_SECRET_LABEL: &str = "istio/multiCluster";
/// Label that names a network (0.26).
pub const NETWORK_LABEL: &str = "topology.istio.io/network";
/// Annotation that names the istiods in charge of a remote cluster (0.7).
pub const CONTROL_PLANE_CLUSTERS: &str = "topology.istio.io/controlPlaneClusters";

/// Deployment and Service that istiod makes for the sample's Gateway of the Gateway API: its name, and its
/// class where that is a part of it.
pub const fn made_gateway(by_class: bool) -> &'static str {
    if by_class { "helloworld-gateway-istio" } else { SAMPLE_GATEWAY }
}

fn with_revision(name: &str, revision: Option<&Revision>) -> String {
    revision.map_or_else(|| name.to_owned(), |revision| format!("{name}-{revision}"))
}

/// Deployment, Service and ServiceAccount of istiod (0.12).
pub fn istiod(revision: Option<&Revision>) -> String {
    with_revision("istiod", revision)
}

/// Mesh ConfigMap, and so the value of `SHARED_MESH_CONFIG` (0.12, 0.16).
pub fn mesh_config(revision: Option<&Revision>) -> String {
    with_revision("istio", revision)
}

/// Injector ConfigMap (0.12, 0.15).
pub fn injector_config(revision: Option<&Revision>) -> String {
    with_revision("istio-sidecar-injector", revision)
}

/// MutatingWebhookConfiguration of a system namespace that is not istio-system (0.12).
pub fn injector_webhook(revision: Option<&Revision>, namespace: &Namespace) -> String {
    format!("{}-{namespace}", injector_config(revision))
}

/// ValidatingWebhookConfiguration (0.12).
pub fn validator_webhook(revision: Option<&Revision>, namespace: &Namespace) -> String {
    format!("{}-{namespace}", with_revision("istio-validator", revision))
}

/// MutatingWebhookConfiguration of the tag `default`, which istioctl makes beside a control plane.
pub fn default_tag(namespace: &str) -> String {
    if namespace == GATEWAY_NAMESPACE {
        "istio-revision-tag-default".to_owned()
    } else {
        format!("istio-revision-tag-default-{namespace}")
    }
}

/// Short name of istiod's Service, which its certificate carries (0.43).
pub fn istiod_san(revision: Option<&Revision>, namespace: &Namespace) -> String {
    format!("{}.{namespace}.svc", istiod(revision))
}

/// Full name of istiod's Service: host of virtual service and destination rule (0.11, 0.12).
pub fn istiod_host(revision: Option<&Revision>, namespace: &Namespace) -> String {
    format!("{}.cluster.local", istiod_san(revision, namespace))
}

/// Gateway object by which a primary's east-west gateway passes requests on to istiod.
pub const ISTIOD_GATEWAY: &str = "istiod-gateway";

/// Virtual service that leads remote clusters to a primary's istiod, as the guides call it.
pub fn expose_istiod(revision: Option<&Revision>) -> String {
    with_revision("istiod-vs", revision)
}

/// Path at which a cluster's pods are injected: it gives them their cluster and network (0.1).
/// Neither value can hold a `/`, so nothing needs `--slash--`.
pub fn injection_path(cluster: &ClusterName, network: &Network) -> String {
    format!("/inject/cluster/{cluster}/net/{network}")
}

/// URL of a webhook at the gateway; `path` begins with a slash (0.17).
pub fn webhook_url(host: &str, path: &str) -> String {
    format!("https://{host}:{}{path}", crate::plan::WEBHOOK_PORT)
}

/// Host and port as one text; IPv6 addresses go in brackets.
pub fn address_port(ip: IpAddr, port: u16) -> String {
    std::net::SocketAddr::new(ip, port).to_string()
}

/// istiod's address as charts want it for `caAddress`. They print it into pods without quotes, and an
/// IPv6 address in brackets would begin a list there (files/injection-template.yaml, 1.31.1).
pub fn ca_address(address_port: &str) -> String {
    if address_port.starts_with('[') { format!("\"{address_port}\"") } else { address_port.to_owned() }
}

/// Secret that `create-remote-secret --name=C` makes (0.24).
pub fn remote_secret(cluster: &ClusterName) -> String {
    format!("istio-remote-secret-{cluster}")
}

/// Secret from which istiod takes its CA certificate (0.31).
pub const CA_CERTS: &str = "cacerts";

/// Secret with the mesh's own CA beside the gateway that exposes istiod (0.43). It carries the
/// system namespace's name, so that meshes that share a gateway do not share it (0.36).
pub fn mesh_ca_secret(namespace: &Namespace) -> String {
    format!("{namespace}-ca")
}

/// Shell variable with a cluster's kubeconfig context. One to one: names hold no underscore.
pub fn context_variable(cluster: &ClusterName) -> String {
    format!("CTX_{}", upper(cluster))
}

/// Shell variable with the address of a control plane, by the guides' name for it. `of` is its cluster,
/// where there are several such control planes.
pub fn address_variable(primary: bool, of: Option<&ClusterName>) -> String {
    let guide = if primary { "DISCOVERY_ADDRESS" } else { "EXTERNAL_ISTIOD_ADDR" };
    of.map_or_else(|| guide.to_owned(), |cluster| format!("{guide}_{}", upper(cluster)))
}

fn upper(cluster: &ClusterName) -> String {
    cluster.as_str().chars().map(|c| if c == '-' { '_' } else { c.to_ascii_uppercase() }).collect()
}

/// Label that has a namespace's pods injected: by revision where there is one (0.12).
pub fn injection_label(revision: Option<&Revision>) -> (&'static str, String) {
    revision
        .map_or_else(|| ("istio-injection", "enabled".to_owned()), |revision| ("istio.io/rev", revision.to_string()))
}

/// Label that has one pod injected whatever its namespace says (0.12).
pub fn pod_injection_label(revision: Option<&Revision>) -> (&'static str, String) {
    revision.map_or_else(
        || ("sidecar.istio.io/inject", "true".to_owned()),
        |revision| ("istio.io/rev", revision.to_string()),
    )
}
