//! What verify.sh looks at.

use crate::topology::Cluster;
use std::rc::Rc;

/// Something that has to be true of the mesh.
#[derive(Debug, Clone, PartialEq)]
pub enum Check {
    /// A Deployment is complete.
    Rollout {
        /// Its cluster.
        cluster: Rc<Cluster>,
        /// Its namespace.
        namespace: String,
        /// Its name.
        deployment: String,
    },
    /// A resource of the Sail operator says that it is ready.
    Ready {
        /// Its cluster.
        cluster: Rc<Cluster>,
        /// Its kind, in the plural.
        kind: &'static str,
        /// Its name.
        name: String,
    },
    /// A pod would be injected, with its cluster's name and network.
    Injected {
        /// The cluster.
        cluster: Rc<Cluster>,
        /// The namespace to try it in.
        namespace: String,
        /// Label of the pod to try it with.
        label: (&'static str, String),
        /// The network it has to be given.
        network: String,
    },
    /// The mesh's CA is published in a namespace.
    RootCert {
        /// The cluster.
        cluster: Rc<Cluster>,
        /// The namespace.
        namespace: String,
    },
    /// Two control planes of a mesh sign with certificates of one root.
    SameRoot {
        /// The cluster of the one, where its CA is published.
        cluster: Rc<Cluster>,
        /// The cluster of the other.
        with: Rc<Cluster>,
        /// The system namespace.
        namespace: String,
    },
    /// istiod has read a cluster.
    Synced {
        /// The cluster that istiod runs on.
        cluster: Rc<Cluster>,
        /// istiod's namespace.
        namespace: String,
        /// istiod's revision.
        revision: Option<String>,
        /// The cluster that it has read.
        member: Rc<Cluster>,
    },
    /// A load balancer has an address.
    Address {
        /// The cluster.
        cluster: Rc<Cluster>,
        /// Namespace of the Service.
        namespace: String,
        /// The Service.
        service: &'static str,
    },
    /// The sample answers a pod of its cluster.
    SampleAnswers {
        /// The cluster that asks.
        cluster: Rc<Cluster>,
        /// The sample's namespace.
        namespace: String,
        /// What asks.
        client: &'static str,
        /// The version that has to be among the answers, and the cluster that it runs on.
        version: &'static str,
        /// That cluster.
        from: Rc<Cluster>,
        /// Whether it is on another network.
        across: bool,
    },
    /// The sample answers from outside of the mesh.
    IngressAnswers {
        /// The cluster with the gateway.
        cluster: Rc<Cluster>,
        /// The gateway's namespace.
        namespace: String,
        /// The gateway's Service.
        service: &'static str,
    },
}
