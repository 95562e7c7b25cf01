//! What a step does.

use super::manifest::Manifest;
use super::set::Set;
use crate::topology::Cluster;
use crate::value::{Address, Host};
use std::rc::Rc;

/// What a step does on its cluster.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Makes a namespace, with its labels and annotations.
    Namespace {
        /// Its name.
        name: String,
        /// The namespace.
        manifest: Manifest,
        /// Whether it is home of the CA that istiod publishes in all of the cluster's namespaces.
        publishes: bool,
    },
    /// `istioctl install`: a control plane, or what a remote cluster needs.
    Install {
        /// The IstioOperator.
        manifest: Manifest,
        /// What only install.sh knows.
        sets: Vec<Set>,
        /// What istioctl makes beside the file's own objects, if anything.
        beside: Option<Beside>,
    },
    /// `istioctl manifest generate` into `kubectl apply`: a gateway.
    Generate {
        /// The IstioOperator.
        manifest: Manifest,
        /// Namespace of what it makes.
        namespace: String,
        /// The Deployment to wait for.
        deployment: &'static str,
    },
    /// A Helm release of one of Istio's charts.
    Release {
        /// The release.
        name: &'static str,
        /// Its chart.
        chart: Chart,
        /// Its namespace.
        namespace: String,
        /// Its values.
        manifest: Manifest,
        /// What only install.sh knows.
        sets: Vec<Set>,
        /// The chart's schema is broken in this Istio release.
        skip_schema: bool,
        /// The Deployment to wait for, where it makes one.
        deployment: Option<String>,
    },
    /// `kubectl apply` of a resource of the Sail operator, which then does the work.
    Operate {
        /// The resource.
        manifest: Manifest,
        /// Its kind, in the plural.
        kind: &'static str,
        /// Its name.
        name: String,
        /// What only install.sh knows.
        sets: Vec<Set>,
        /// What it has to say of itself: `Ready`, or `Reconciled` where it leads to an istiod that is not
        /// there yet.
        condition: &'static str,
    },
    /// Makes the account by which istiods of other clusters read this one, where the operator did not.
    ReaderAccount {
        /// The system namespace.
        namespace: String,
    },
    /// `kubectl apply`.
    Apply {
        /// The objects.
        manifest: Manifest,
        /// Their namespace, where they do not say it.
        namespace: Option<String>,
        /// Deployments among them, to wait for.
        deployments: Vec<String>,
    },
    /// Waits for a load balancer's address, and compares it with what is expected.
    Address {
        /// Namespace of the Service.
        namespace: String,
        /// The Service.
        service: &'static str,
        /// What is expected.
        expect: Expect,
    },
    /// Stops unless the TLS secret is there.
    TlsSecret {
        /// Its namespace.
        namespace: &'static str,
        /// Its name.
        name: String,
        /// The name that its certificate is for.
        host: String,
    },
    /// Stops unless the Gateway API is there.
    GatewayApi {
        /// Where it says how to install it.
        docs: String,
    },
    /// Waits until what istiod makes for a Gateway of the Gateway API runs and has its address.
    MadeGateway {
        /// Its namespace.
        namespace: String,
        /// The Gateway.
        name: &'static str,
        /// What the Gateway says of itself once it has its address.
        condition: &'static str,
        /// The Deployment that istiod makes.
        deployment: &'static str,
    },
    /// Gives istiod a CA certificate of the mesh's one root.
    CaCerts {
        /// The system namespace.
        namespace: String,
        /// The mesh.
        mesh: String,
    },
    /// Gives istiod a kubeconfig for the cluster that it takes its configuration from.
    ConfigSecret {
        /// The config cluster.
        from: Rc<Cluster>,
        /// The system namespace, on both.
        namespace: String,
        /// istiod's account on the config cluster.
        service_account: String,
    },
    /// Gives istiod a kubeconfig for another cluster of its mesh.
    RemoteSecret {
        /// That cluster.
        from: Rc<Cluster>,
        /// The system namespace, on both.
        namespace: String,
        /// The secret.
        name: String,
    },
    /// Brings the mesh's own CA to the gateway that exposes istiod.
    MeshCa {
        /// The config cluster, where istiod publishes it.
        from: Rc<Cluster>,
        /// The system namespace there.
        namespace: String,
        /// Namespace of the gateway.
        to_namespace: &'static str,
        /// The secret.
        secret: String,
    },
    /// Waits until pods are injected.
    Injection {
        /// Namespace to try it in.
        namespace: String,
        /// Label of the pod to try it with.
        label: (&'static str, String),
    },
}

/// A Helm chart of Istio's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chart {
    /// Istio's kinds, and the validator.
    Base,
    /// istiod, or what leads to one elsewhere.
    Istiod,
    /// A gateway.
    Gateway,
}

impl Chart {
    /// Its name in Istio's repository.
    pub const fn name(self) -> &'static str {
        match self {
            Chart::Base => "base",
            Chart::Istiod => "istiod",
            Chart::Gateway => "gateway",
        }
    }
}

/// The webhooks that `istioctl install` makes beside a file's own objects, unless the file says
/// `operatorManageWebhooks`, and that `istioctl uninstall` may leave (operator/pkg/webhook/webhook.go,
/// istioctl/pkg/tag/generate.go).
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// The MutatingWebhookConfiguration with the tag `default`.
    pub tag: String,
    /// Namespace or host names that the default validator leads to, if it is this installation's.
    pub validator: Vec<String>,
}

/// What a load balancer's address is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Expect {
    /// Any: it has to be there.
    Any,
    /// A DNS name has to point at it.
    PointedAtBy(Host),
    /// It has to be this.
    Exactly(Address),
    /// It becomes istiod's address.
    Discover {
        /// The variable that holds it.
        variable: String,
        /// Whether something needs it with port 15012, too.
        port: bool,
    },
}

impl Action {
    /// The manifest that it applies, if any.
    pub fn manifest(&self) -> Option<&Manifest> {
        match self {
            Action::Namespace { manifest, .. }
            | Action::Install { manifest, .. }
            | Action::Generate { manifest, .. }
            | Action::Release { manifest, .. }
            | Action::Operate { manifest, .. }
            | Action::Apply { manifest, .. } => Some(manifest),
            Action::Address { .. }
            | Action::TlsSecret { .. }
            | Action::GatewayApi { .. }
            | Action::MadeGateway { .. }
            | Action::CaCerts { .. }
            | Action::ConfigSecret { .. }
            | Action::RemoteSecret { .. }
            | Action::ReaderAccount { .. }
            | Action::MeshCa { .. }
            | Action::Injection { .. } => None,
        }
    }
}
