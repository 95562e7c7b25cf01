//! What is said about each field.

use super::{Choice, Field, Info, Takes};
use crate::value::{
    Address, ClusterName, Context, Host, MeshId, Namespace, Network, Release, Revision, Rule, SecretName, ServerUrl,
    TrustDomain,
};

const fn choice(value: &'static str, label: &'static str) -> Choice {
    Choice { value, label }
}

const INSTALL_METHODS: &[Choice] =
    &[choice("istioctl", "istioctl"), choice("helm", "Helm"), choice("sail", "Sail operator")];
const ADDRESS_TYPES: &[Choice] = &[
    choice("dns", "DNS name with a TLS secret"),
    choice("ip", "IP address"),
    choice("discovered", "Found at install time from the load balancer"),
];
const GATEWAY_TRUST: &[Choice] =
    &[choice("mesh-ca", "Verify with the mesh's own CA"), choice("insecure-skip-verify", "Do not verify")];
const PLATFORMS: &[Choice] = &[
    choice("kubernetes", "Kubernetes"),
    choice("openshift", "OpenShift"),
    choice("eks", "Amazon EKS"),
    choice("gke", "Google GKE"),
    choice("aks", "Azure AKS"),
    choice("kind", "kind"),
];
const GATEWAYS: &[Choice] = &[choice("none", "None"), choice("istioctl", "By istioctl"), choice("helm", "By Helm")];
const SAMPLES: &[Choice] = &[choice("helloworld", "helloworld and curl"), choice("none", "None")];
const SAMPLE_ROUTES: &[Choice] = &[choice("istio", "Istio APIs"), choice("gateway-api", "Gateway API")];

const EXTERNAL: &str = "setup/install/external-controlplane/";
const MODELS: &str = "ops/deployment/deployment-models/";

impl Field {
    /// What is said about this field.
    #[expect(clippy::too_many_lines, reason = "a table")]
    pub const fn info(self) -> Info {
        match self {
            Field::IstioVersion => text(
                "Istio version",
                "The Istio release that every cluster of the topology gets. istioctl has to be of the same release.",
                "1.31.1",
                "istio.version",
                Release::RULE,
                None,
                "releases/supported-releases/",
            ),
            Field::InstallMethod => pick(
                "Installed by",
                "What installs the control planes. The Sail operator is OpenShift Service Mesh 3 too.",
                "istio.installMethod",
                INSTALL_METHODS,
                EXTERNAL,
            ),
            Field::MeshId => text(
                "Mesh ID",
                "Identifies the mesh: equal on every istiod of one mesh, different between meshes.",
                "mesh1",
                "meshID",
                MeshId::RULE,
                None,
                MODELS,
            ),
            Field::TrustDomain => text(
                "Trust domain",
                "The first part of every workload's SPIFFE identity.",
                "cluster.local",
                "trustDomain",
                TrustDomain::RULE,
                Some("cluster.local"),
                MODELS,
            ),
            Field::ControlPlaneCluster => clusters(
                "Runs on",
                "The cluster where istiod runs: one outside of the mesh (external), or its config cluster (primary).",
                "external-cluster",
                "cluster",
            ),
            Field::ConfigCluster => clusters(
                "Config cluster",
                "The cluster whose API server holds the configuration that istiod reads, and the first that it manages.",
                "cluster1",
                "configCluster",
            ),
            Field::RemoteClusters => clusters(
                "Further remote clusters",
                "Clusters that this control plane manages beside its config cluster.",
                "cluster2",
                "remoteClusters",
            ),
            Field::Namespace => text(
                "System namespace",
                "Namespace of istiod, the same on every cluster of the mesh. An external istiod cannot have istio-system: that one belongs to the gateway that exposes it.",
                "external-istiod",
                "namespace",
                Namespace::RULE,
                None,
                EXTERNAL,
            ),
            Field::Revision => text(
                "Revision",
                "Lets several control planes live side by side. Leave it empty to have none.",
                "stable",
                "revision",
                Revision::RULE,
                Some(""),
                "setup/upgrade/canary/",
            ),
            Field::AddressType => pick(
                "Remote clusters reach istiod by",
                "An external istiod is best reached by a DNS name with a public certificate. An IP address needs no certificate; found at install time, it is read from the load balancer by install.sh. A primary is reached through its east-west gateway.",
                "address.type",
                ADDRESS_TYPES,
                EXTERNAL,
            ),
            Field::Host => text(
                "DNS name",
                "The name under which remote clusters reach the external cluster's gateway. You point it at the load balancer.",
                "myhost.example.com",
                "address.host",
                Host::RULE,
                None,
                EXTERNAL,
            ),
            Field::TlsSecret => text(
                "TLS secret",
                "Secret in namespace istio-system of the external cluster with a certificate for the DNS name, signed by a public CA. You create it.",
                "myhost-example-credential",
                "address.tlsSecret",
                SecretName::RULE,
                None,
                EXTERNAL,
            ),
            Field::GatewayTrust => pick(
                "The gateway trusts istiod by",
                "The gateway checks the certificate that istiod shows it, which the mesh's own CA signed. install.sh brings that CA to the gateway; not verifying is the other way.",
                "address.gatewayTrust",
                GATEWAY_TRUST,
                "reference/config/networking/destination-rule/",
            ),
            Field::Ip => text(
                "IP address",
                "The address of the gateway to istiod, as its load balancer has it.",
                "203.0.113.10",
                "address.ip",
                Address::RULE,
                None,
                EXTERNAL,
            ),
            Field::ClusterName => text(
                "Cluster name",
                "The cluster's name in the mesh: in injection paths, remote secrets and certificates.",
                "cluster1",
                "name",
                ClusterName::RULE,
                None,
                MODELS,
            ),
            Field::Context => text(
                "Kubeconfig context",
                "The context by which kubectl, istioctl and helm reach this cluster.",
                "cluster1",
                "context",
                Context::RULE,
                None,
                EXTERNAL,
            ),
            Field::Network => text(
                "Network",
                "Clusters whose pods reach each other directly share a network. Others talk through east-west gateways.",
                "network1",
                "network",
                Network::RULE,
                None,
                MODELS,
            ),
            Field::ApiServer => text(
                "API server address",
                "Only when the address in your kubeconfig cannot be reached from the external cluster, as with kind or a private endpoint.",
                "https://10.0.0.5:6443",
                "apiServer",
                ServerUrl::RULE,
                Some(""),
                "setup/install/multicluster/before-you-begin/",
            ),
            Field::Platform => pick(
                "Platform",
                "What kind of Kubernetes this is. Meshwright knows what does not work on some.",
                "platform",
                PLATFORMS,
                "setup/platform-setup/",
            ),
            Field::IngressGateway => pick(
                "Ingress gateway",
                "A gateway for requests from outside of the mesh.",
                "gateways.ingress",
                GATEWAYS,
                "tasks/traffic-management/ingress/",
            ),
            Field::EgressGateway => pick(
                "Egress gateway",
                "A gateway for requests that leave the mesh.",
                "gateways.egress",
                GATEWAYS,
                "tasks/traffic-management/egress/",
            ),
            Field::EastWestGateway => pick(
                "East-west gateway",
                "Takes requests from other networks, and a primary's remote clusters reach istiod through it. One per network as soon as there are two networks.",
                "gateways.eastWest",
                GATEWAYS,
                MODELS,
            ),
            Field::Sample => pick(
                "Sample application",
                "helloworld and curl, by which verify.sh proves that the mesh works.",
                "sample.app",
                SAMPLES,
                EXTERNAL,
            ),
            Field::SampleNamespace => text(
                "Sample namespace",
                "Namespace of the sample, on every cluster of the mesh.",
                "sample",
                "sample.namespace",
                Namespace::RULE,
                Some("sample"),
                EXTERNAL,
            ),
            Field::SampleRoute => pick(
                "Route to the sample",
                "Istio APIs use the ingress gateway of the config cluster. The Gateway API brings a gateway of its own.",
                "sample.route",
                SAMPLE_ROUTES,
                "tasks/traffic-management/ingress/gateway-api/",
            ),
        }
    }
}

const fn text(
    label: &'static str,
    help: &'static str,
    example: &'static str,
    path: &'static str,
    rule: Rule,
    default: Option<&'static str>,
    docs: &'static str,
) -> Info {
    Info { label, help, example, path, takes: Takes::Text(rule), default, docs }
}

const fn pick(
    label: &'static str,
    help: &'static str,
    path: &'static str,
    choices: &'static [Choice],
    docs: &'static str,
) -> Info {
    let default = match choices.first() {
        Some(first) => first.value,
        None => "",
    };
    Info { label, help, example: default, path, takes: Takes::Choice(choices), default: Some(default), docs }
}

const fn clusters(label: &'static str, help: &'static str, example: &'static str, path: &'static str) -> Info {
    Info { label, help, example, path, takes: Takes::Clusters, default: None, docs: EXTERNAL }
}
