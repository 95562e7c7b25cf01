//! The links that are followed: each leads from one place of a bundle to another.

/// Declares the links: name, invariants of matrix.md section 0, and what it is in words.
macro_rules! links {
    ($($name:ident [$($invariant:literal),*] $words:literal,)*) => {
        /// A reference from one place to another.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Link {
            $(#[doc = concat!("`", $words, "`")] $name,)*
        }

        impl Link {
            /// Every link.
            pub const ALL: &[Link] = &[$(Link::$name,)*];

            /// Both ends, in words.
            pub fn words(self) -> &'static str {
                match self { $(Link::$name => $words,)* }
            }

            /// The invariants of matrix.md, section 0, that it keeps.
            pub fn invariants(self) -> &'static [u8] {
                match self { $(Link::$name => &[$($invariant),*],)* }
            }
        }
    };
}

links! {
    // Scripts and files.
    Script [41] "install.sh → its end",
    Context [41] "cluster → its context in env.sh",
    FileContext [41] "manifest → the cluster of its folder",
    Document [34] "manifest → documents that its tool takes",
    NamespaceFirst [11, 41] "object → its namespace",
    Release [32] "release of istiod → release of what is installed beside it",
    OperatorName [33] "IstioOperator → a name of its own",
    OperatorNamespace [11] "IstioOperator's namespace → istiod's namespace",
    ReleaseNamespace [11] "release's namespace → its values' istioNamespace",
    Purge [35] "uninstall.sh → what install.sh made",
    Leftover [35] "what install.sh made → uninstall.sh",
    // Names of clusters.
    InjectionPath [1] "injection webhook's path → cluster and network",
    InjectedCluster [1, 2, 24] "injection webhook's cluster → a cluster that istiod knows",
    ClusterId [2, 3] "istiod's CLUSTER_ID → config cluster",
    ClusterName [3, 4] "istiod's clusterName → its CLUSTER_ID",
    ClusterIdOnce [4] "istiod's environment → one value for each name",
    ClusterUnique [5] "remote secret's cluster → a name of its own",
    ClusterLabel [6] "cluster's name → DNS label",
    Peer [2, 24] "istiod → every cluster of its mesh",
    MeshId [30] "istiod's meshID → that of its mesh's other istiods",
    MeshIdApart [30, 36] "istiod's meshID → a mesh of its own",
    Root [31] "istiod's root certificate → that of its mesh's other istiods",
    RootFirst [31, 41] "istiod → after its root certificate",
    CaChain [31] "istiod's CA certificate → its key and its root",
    // Who manages a cluster.
    InCharge [7] "namespace's controlPlaneClusters → istiod's CLUSTER_ID",
    InChargeFirst [7] "namespace's controlPlaneClusters → before the remote secret",
    Namespace [8, 11] "cluster's system namespace → istiod's namespace",
    ConfigSecret [23] "istiod → Secret istio-kubeconfig",
    ConfigSecretFirst [23, 41] "istiod → after Secret istio-kubeconfig",
    ConfigSecretLabel [42] "Secret istio-kubeconfig → no label istio/multiCluster",
    SecretPlace [10, 24] "remote secret → where istiod looks for it",
    SecretAccount [12, 23] "remote secret → its ServiceAccount",
    ApiServer [25] "remote secret → API server as istiod reaches it",
    // istiod's pod.
    External [9] "istiod → EXTERNAL_ISTIOD",
    SecretWatcher [10] "istiod → LOCAL_CLUSTER_SECRET_WATCHER",
    WebhookNames [14, 18] "istiod's webhook names → webhooks that it has to patch",
    MeshVolume [12, 15, 37] "istiod → ConfigMap at /etc/istio/config",
    InjectorVolume [12, 15, 37] "istiod → ConfigMap at /var/lib/istio/inject",
    Volume [15] "pod's volume → ConfigMap or Secret",
    SharedMeshConfig [12, 16] "istiod's SHARED_MESH_CONFIG → ConfigMap on the config cluster",
    RootNamespace [11] "mesh's rootNamespace → istiod's namespace",
    ForeignWebhook [22] "webhook on istiod's own cluster → a control plane of that cluster",
    Revision [12] "webhook's revision → istiod's revision",
    ConfigOnly [21] "further remote cluster → nothing that only a config cluster has",
    // The address.
    WebhookGateway [17, 19] "injection webhook → gateway's host and port",
    WebhookTrust [14, 18] "injection webhook → certificate that the gateway shows",
    WebhookService [12, 17] "webhook → Service",
    RemoteAddress [17, 20] "remote Service istiod → gateway's IP address",
    ValidationGateway [17, 19] "validation webhook → gateway's host and port",
    ValidationTrust [14, 18] "validation webhook → certificate that the gateway shows",
    ValidationPath [17] "validation webhook's path → istiod's /validate",
    DiscoveryAddress [17, 19] "mesh's discoveryAddress → gateway's host and port",
    CaAddress [17, 19] "injector's caAddress → gateway's host and port",
    ProxyTrust [18] "proxies' root certificates → certificate that the gateway shows",
    // From the gateway to istiod.
    GatewayWorkload [28] "Gateway's selector → pods of a gateway",
    GatewayPort [19] "Gateway's port → port of the pods' Service",
    GatewayCredential [17] "Gateway's credentialName → Secret in its pods' namespace",
    GatewayMode [18] "Gateway's listener → a certificate for its clients",
    RouteGateway [11] "VirtualService → Gateway",
    RouteHost [17, 18] "VirtualService's hosts → Gateway's hosts",
    RoutePort [19] "Gateway's port → route of a VirtualService",
    RouteName [18, 29] "name that a client asks for in TLS → VirtualService's sniHosts",
    HostOnce [36] "Gateway's host and port → one control plane",
    RouteMode [18] "VirtualService's kind of route → Gateway's TLS mode",
    RouteService [11, 12, 29] "route's destination → Service",
    RouteServicePort [19] "route's destination → port of the Service",
    RouteWorkload [19, 29] "route → istiod's own port",
    RuleHost [12, 18] "route to istiod → DestinationRule",
    RuleTls [18, 43] "DestinationRule → TLS to istiod",
    RuleCredential [43] "DestinationRule's credentialName → Secret in the gateway's namespace",
    RuleCa [43] "DestinationRule's CA → CA of the mesh",
    RuleName [12, 43] "DestinationRule's subjectAltNames → names in istiod's certificate",
    RuleHttp2 [18] "DestinationRule → HTTP/2 to istiod's port 15012",
    CaFirst [41, 43] "CA of the mesh → after istiod",
    // Networks.
    NamespaceNetwork [26] "namespace's network → injection webhook's network",
    IstiodNetwork [26] "istiod's network → config cluster's network",
    GatewayNetwork [26] "east-west gateway's network → injection webhook's network",
    GatewayView [26] "east-west gateway's ISTIO_META_REQUESTED_NETWORK_VIEW → its network",
    ServiceNetwork [26] "east-west gateway's Service → network of its pods",
    NetworkGateway [27] "network → east-west gateway",
    Exposed [27, 28] "east-west gateway → Gateway that exposes services",
    ExposedPort [27] "Gateway that exposes services → port 15443 of the east-west gateways",
    // Injection.
    Injected [12, 38] "pod → injection webhook",
    InjectedFirst [38, 41] "pod → after injection was seen to work",
    // Of every object.
    ServiceAccount [12] "pod → its ServiceAccount",
    PodLabels [28] "Deployment's selector → labels of its pods",
    ServicePods [28] "Service's selector → pods",
    ParentGateway [28] "HTTPRoute → Gateway",
}
