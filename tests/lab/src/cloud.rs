//! The cloud around the clusters, and its customer: load balancers get addresses, names are pointed at
//! them, and a public CA certifies the names. All of it is what a person or a provider does before or
//! while install.sh runs, and nothing else is.

mod balancer;
mod ca;
mod charts;

use crate::address::{Addresses, Family};
use crate::cluster::Cluster;
use crate::dns::Names;
use crate::kube::{Change, Event, Kube, Patch};
use crate::process::Process;
use crate::progress::say;
use anyhow::{Context, Result};
use balancer::Balancer;
use ca::PublicCa;
use meshwright_core::draft::{ClusterRef, Draft};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// What the customer knows of a control plane.
#[derive(Debug)]
struct Plane {
    cluster: usize,
    /// Namespace and name of the Service of the gateway that exposes istiod, on istiod's cluster.
    gateway: (String, &'static str),
    /// The address that its load balancer was promised.
    ip: Option<IpAddr>,
    /// Its DNS name, and the secret for that name's certificate.
    name: Option<(String, String)>,
}

/// A cluster, as the cloud knows it.
#[derive(Debug)]
struct Customer {
    name: String,
    kube: Kube,
    addresses: Addresses,
    /// Whether its load balancers have names instead of addresses.
    by_name: bool,
    /// How many addresses it was given.
    given: u8,
}

/// The cloud; it works by itself until the room ends.
#[derive(Debug)]
pub(crate) struct Cloud {
    names: Names,
    ca: PublicCa,
    _charts: Option<Process>,
    planes: Vec<Plane>,
    customers: Vec<Customer>,
    /// By cluster, namespace and name of the Service.
    balancers: BTreeMap<(usize, String, String), Balancer>,
}

impl Cloud {
    /// Opens the cloud for these clusters, in the order of the topology.
    pub(crate) fn open(draft: &Draft, clusters: &[Arc<Cluster>]) -> Result<()> {
        balancer::prepare()?;
        let customers = clusters.iter().zip(&draft.clusters).map(|(cluster, drafted)| Customer {
            name: cluster.name.clone(),
            kube: cluster.kube.clone(),
            addresses: cluster.node.addresses,
            by_name: drafted.platform == "eks",
            given: 0,
        });
        let ca = PublicCa::found()?;
        let mut names = Names::new(clusters.iter().map(|cluster| cluster.names()));
        let gateways =
            draft.clusters.iter().flat_map(|cluster| [&cluster.ingress, &cluster.egress, &cluster.east_west]);
        let charts = if draft.install_method == "helm" || gateways.into_iter().any(|gateway| gateway == "helm") {
            let address = Family::V4.router().address;
            names.point(charts::HOST, address)?;
            Some(charts::serve(&ca, address)?)
        } else {
            None
        };
        let cloud = Arc::new(Mutex::new(Cloud {
            names,
            ca,
            _charts: charts,
            planes: planes(draft),
            customers: customers.collect(),
            balancers: BTreeMap::new(),
        }));
        for (index, cluster) in clusters.iter().enumerate() {
            for path in ["/api/v1/services", "/apis/discovery.k8s.io/v1/endpointslices"] {
                let (cloud, kube) = (Arc::clone(&cloud), cluster.kube.clone());
                thread::spawn(move || {
                    kube.watch(path, |event| {
                        let mut cloud = cloud.lock().unwrap_or_else(PoisonError::into_inner);
                        if let Err(error) = cloud.hear(index, &event) {
                            say!("the cloud fails: {error:#}");
                        }
                        ControlFlow::Continue(())
                    });
                });
            }
        }
        Ok(())
    }

    /// Hears of a Service or an `EndpointSlice`.
    fn hear(&mut self, cluster: usize, event: &Event) -> Result<()> {
        self.names.hear(cluster, event)?;
        let text = |pointer| event.object.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
        let place = (cluster, text("/metadata/namespace"), text("/metadata/name"));
        let wanted = event.change == Change::Present && text("/spec/type") == "LoadBalancer";
        match (wanted, self.balancers.remove(&place)) {
            (true, Some(mut balancer)) => {
                self.forward(cluster, &mut balancer, &event.object)?;
                self.balancers.insert(place, balancer);
            }
            (true, None) => {
                let (_, namespace, name) = &place;
                let mut balancer = self.give(cluster, namespace, name)?;
                self.forward(cluster, &mut balancer, &event.object)?;
                self.balancers.insert(place, balancer);
            }
            (false, Some(mut balancer)) => {
                balancer.close()?;
                if let Some(host) = &balancer.host {
                    self.names.forget(host)?;
                }
            }
            (false, None) => {}
        }
        Ok(())
    }

    fn forward(&self, cluster: usize, balancer: &mut Balancer, service: &Value) -> Result<()> {
        let customer = self.customers.get(cluster).context("no such cluster")?;
        balancer.forward(service, customer.addresses)
    }

    /// Gives a Service a load balancer, and does what its owner does then.
    fn give(&mut self, cluster: usize, namespace: &str, service: &str) -> Result<Balancer> {
        let exposes =
            |it: &&Plane| it.cluster == cluster && (it.gateway.0.as_str(), it.gateway.1) == (namespace, service);
        let customer = self.customers.get_mut(cluster).context("no such cluster")?;
        let promised = self.planes.iter().find(exposes).and_then(|plane| plane.ip);
        let address = promised.unwrap_or_else(|| {
            customer.given += 1;
            customer.addresses.load_balancer(customer.given)
        });
        let host = customer.by_name.then(|| format!("{service}-{namespace}.{}.elb.example", customer.name));
        let ingress = match &host {
            Some(host) => {
                self.names.point(host, address)?;
                json!({"hostname": host})
            }
            None => json!({"ip": address}),
        };
        for (host, secret) in self.planes.iter().filter(exposes).filter_map(|plane| plane.name.as_ref()) {
            self.names.point(host, address)?;
            let made = self.ca.certify(host)?;
            customer.kube.create(
                &format!("/api/v1/namespaces/{namespace}/secrets"),
                &json!({
                    "apiVersion": "v1",
                    "kind": "Secret",
                    "metadata": {"name": secret},
                    "type": "kubernetes.io/tls",
                    "stringData": {"tls.crt": made.certificate, "tls.key": made.key},
                }),
            )?;
        }
        customer.kube.patch(
            &format!("/api/v1/namespaces/{namespace}/services/{service}/status"),
            Patch::Merge,
            &json!({"status": {"loadBalancer": {"ingress": [ingress]}}}),
        )?;
        Ok(Balancer::new(address, host))
    }
}

fn planes(draft: &Draft) -> Vec<Plane> {
    let place = |reference: &ClusterRef| draft.clusters.iter().position(|cluster| reference.is(cluster.key));
    let planes = draft.control_planes().filter_map(|plane| {
        let address = &plane.address;
        let by_ip = address.kind == "ip";
        let external = plane.cluster != plane.config_cluster;
        let by_name = external && !by_ip && address.kind != "discovered";
        Some(Plane {
            cluster: place(&plane.cluster)?,
            gateway: if external {
                ("istio-system".to_owned(), "istio-ingressgateway")
            } else {
                (plane.namespace.clone(), "istio-eastwestgateway")
            },
            ip: address.ip.parse().ok().filter(|_| by_ip),
            name: by_name.then(|| (address.host.clone(), address.tls_secret.clone())),
        })
    });
    planes.collect()
}
