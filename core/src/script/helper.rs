//! Functions of the scripts: plain bash in files of their own, without anything filled in. A script
//! gets those that it calls.

/// A function. In the order in which scripts define them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Helper {
    /// Says what is wrong and stops.
    Die,
    /// Stops unless a program is there.
    RequireTool,
    /// Stops unless istioctl is of the right release.
    RequireIstioctl,
    /// Stops unless a cluster answers.
    RequireCluster,
    /// Names the step that begins.
    Step,
    /// Says where a script stopped, and what to do.
    Finish,
    /// Prints the address of a load balancer.
    LoadBalancer,
    /// Waits for that address.
    AwaitLoadBalancer,
    /// Prints the IP addresses of a host name.
    Addresses,
    /// Prints one of them.
    Resolve,
    /// Says where a DNS name has to point.
    PointName,
    /// Stops unless a load balancer has the address that was planned.
    ExpectAddress,
    /// Prints the IP address of a load balancer.
    DiscoverAddress,
    /// Prints an address with a port.
    AddressPort,
    /// Makes a namespace.
    EnsureNamespace,
    /// Removes a namespace that was made.
    RemoveNamespace,
    /// Prints the CA that istiod published in a namespace.
    PublishedCa,
    /// Removes a namespace that was made, and what istiod published from it.
    RemoveSystemNamespace,
    /// Stops unless the TLS secret is there.
    RequireTlsSecret,
    /// Stops unless the Gateway API is there.
    RequireGatewayApi,
    /// Makes the mesh's root certificate.
    MakeRoot,
    /// Makes a CA certificate of that root.
    MakeCa,
    /// Gives istiod its CA certificate.
    EnsureCaCerts,
    /// Removes a CA certificate that was given.
    RemoveCaCerts,
    /// Brings a CA from a ConfigMap into a secret of another cluster.
    CopyCa,
    /// Waits until a pod would be injected.
    AwaitInjection,
    /// Asks before anything is removed.
    Confirm,
    /// Removes a validating webhook that this installation made.
    RemoveValidator,
    /// Runs one check and counts.
    Check,
    /// Whether a pod would be injected, and with what.
    Injected,
    /// Whether a load balancer has an address.
    HasAddress,
    /// Whether istiod has read a cluster.
    Synced,
    /// Whether two clusters' CAs have one root.
    SameRoot,
    /// Whether the sample answers with a version.
    SampleAnswers,
    /// Whether the sample answers at its gateway.
    IngressAnswers,
    /// Sums the checks up.
    Summary,
}

impl Helper {
    /// The function's name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Helper::Die => "die",
            Helper::RequireTool => "require_tool",
            Helper::RequireIstioctl => "require_istioctl",
            Helper::RequireCluster => "require_cluster",
            Helper::Step => "step",
            Helper::Finish => "finish",
            Helper::LoadBalancer => "load_balancer",
            Helper::AwaitLoadBalancer => "await_load_balancer",
            Helper::Addresses => "addresses",
            Helper::Resolve => "resolve",
            Helper::PointName => "point_name",
            Helper::ExpectAddress => "expect_address",
            Helper::DiscoverAddress => "discover_address",
            Helper::AddressPort => "address_port",
            Helper::EnsureNamespace => "ensure_namespace",
            Helper::RemoveNamespace => "remove_namespace",
            Helper::PublishedCa => "published_ca",
            Helper::RemoveSystemNamespace => "remove_system_namespace",
            Helper::RequireTlsSecret => "require_tls_secret",
            Helper::RequireGatewayApi => "require_gateway_api",
            Helper::MakeRoot => "make_root",
            Helper::MakeCa => "make_ca",
            Helper::EnsureCaCerts => "ensure_cacerts",
            Helper::RemoveCaCerts => "remove_cacerts",
            Helper::CopyCa => "copy_ca",
            Helper::AwaitInjection => "await_injection",
            Helper::Confirm => "confirm",
            Helper::RemoveValidator => "remove_validator",
            Helper::Check => "check",
            Helper::Injected => "injected",
            Helper::HasAddress => "has_address",
            Helper::Synced => "synced",
            Helper::SameRoot => "same_root",
            Helper::SampleAnswers => "sample_answers",
            Helper::IngressAnswers => "ingress_answers",
            Helper::Summary => "summary",
        }
    }

    /// The function.
    pub(crate) const fn source(self) -> &'static str {
        match self {
            Helper::Die => include_str!("helper/die.sh"),
            Helper::RequireTool => include_str!("helper/require_tool.sh"),
            Helper::RequireIstioctl => include_str!("helper/require_istioctl.sh"),
            Helper::RequireCluster => include_str!("helper/require_cluster.sh"),
            Helper::Step => include_str!("helper/step.sh"),
            Helper::Finish => include_str!("helper/finish.sh"),
            Helper::LoadBalancer => include_str!("helper/load_balancer.sh"),
            Helper::AwaitLoadBalancer => include_str!("helper/await_load_balancer.sh"),
            Helper::Addresses => include_str!("helper/addresses.sh"),
            Helper::Resolve => include_str!("helper/resolve.sh"),
            Helper::PointName => include_str!("helper/point_name.sh"),
            Helper::ExpectAddress => include_str!("helper/expect_address.sh"),
            Helper::DiscoverAddress => include_str!("helper/discover_address.sh"),
            Helper::AddressPort => include_str!("helper/address_port.sh"),
            Helper::EnsureNamespace => include_str!("helper/ensure_namespace.sh"),
            Helper::RemoveNamespace => include_str!("helper/remove_namespace.sh"),
            Helper::PublishedCa => include_str!("helper/published_ca.sh"),
            Helper::RemoveSystemNamespace => include_str!("helper/remove_system_namespace.sh"),
            Helper::RequireTlsSecret => include_str!("helper/require_tls_secret.sh"),
            Helper::RequireGatewayApi => include_str!("helper/require_gateway_api.sh"),
            Helper::MakeRoot => include_str!("helper/make_root.sh"),
            Helper::MakeCa => include_str!("helper/make_ca.sh"),
            Helper::EnsureCaCerts => include_str!("helper/ensure_cacerts.sh"),
            Helper::RemoveCaCerts => include_str!("helper/remove_cacerts.sh"),
            Helper::CopyCa => include_str!("helper/copy_ca.sh"),
            Helper::AwaitInjection => include_str!("helper/await_injection.sh"),
            Helper::Confirm => include_str!("helper/confirm.sh"),
            Helper::RemoveValidator => include_str!("helper/remove_validator.sh"),
            Helper::Check => include_str!("helper/check.sh"),
            Helper::Injected => include_str!("helper/injected.sh"),
            Helper::HasAddress => include_str!("helper/has_address.sh"),
            Helper::Synced => include_str!("helper/synced.sh"),
            Helper::SameRoot => include_str!("helper/same_root.sh"),
            Helper::SampleAnswers => include_str!("helper/sample_answers.sh"),
            Helper::IngressAnswers => include_str!("helper/ingress_answers.sh"),
            Helper::Summary => include_str!("helper/summary.sh"),
        }
    }

    /// The functions that it calls, and those that they call.
    pub(super) const fn needs(self) -> &'static [Helper] {
        match self {
            Helper::RequireTool
            | Helper::RequireIstioctl
            | Helper::RequireCluster
            | Helper::RequireTlsSecret
            | Helper::RequireGatewayApi
            | Helper::CopyCa
            | Helper::Confirm
            | Helper::AwaitInjection => &[Helper::Die],
            Helper::MakeCa => &[Helper::Die, Helper::MakeRoot],
            Helper::EnsureCaCerts => &[Helper::Die, Helper::MakeRoot, Helper::MakeCa],
            Helper::AwaitLoadBalancer => &[Helper::Die, Helper::LoadBalancer],
            Helper::PointName => &[Helper::Die, Helper::LoadBalancer, Helper::AwaitLoadBalancer],
            Helper::Resolve => &[Helper::Die, Helper::Addresses],
            Helper::ExpectAddress => &[Helper::Die, Helper::LoadBalancer, Helper::AwaitLoadBalancer, Helper::Addresses],
            Helper::DiscoverAddress => {
                &[Helper::Die, Helper::LoadBalancer, Helper::AwaitLoadBalancer, Helper::Addresses, Helper::Resolve]
            }
            Helper::IngressAnswers | Helper::HasAddress => &[Helper::LoadBalancer],
            Helper::RemoveSystemNamespace => &[Helper::RemoveNamespace, Helper::PublishedCa],
            Helper::Die
            | Helper::Step
            | Helper::Finish
            | Helper::LoadBalancer
            | Helper::Addresses
            | Helper::AddressPort
            | Helper::EnsureNamespace
            | Helper::RemoveNamespace
            | Helper::PublishedCa
            | Helper::RemoveValidator
            | Helper::Check
            | Helper::Injected
            | Helper::Synced
            | Helper::MakeRoot
            | Helper::RemoveCaCerts
            | Helper::SameRoot
            | Helper::SampleAnswers
            | Helper::Summary => &[],
        }
    }
}
