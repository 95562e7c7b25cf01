//! Profile `remote`: what sends a cluster's requests to an istiod elsewhere.

use super::{Chart, account, object};
use crate::value::labels;
use serde_json::{Value, json};
use std::net::IpAddr;

impl Chart {
    pub(super) fn remote(&self) -> Vec<Value> {
        let mut objects = vec![self.injector()];
        if self.is("/global/configCluster") {
            objects.push(account(self.istio_namespace(), &self.revised("istiod")));
            objects.extend(self.validator());
        }
        objects.extend(self.mesh());
        objects.extend(self.service());
        objects
    }

    /// Service istiod, which leads to `remotePilotAddress`: by an EndpointSlice if that is an IP address,
    /// else by its name (0.20). Endpoints before 1.28 say the same.
    fn service(&self) -> Vec<Value> {
        let address = self.text("/global/remotePilotAddress");
        if address.is_empty() {
            return Vec::new();
        }
        let (namespace, name) = (self.namespace.as_str(), self.revised("istiod"));
        let ports = json!([
            {"name": "tcp-istiod", "port": 15012},
            {"name": "tcp-webhook", "port": 443, "targetPort": 15017},
        ]);
        let Ok(ip) = address.parse::<IpAddr>() else {
            let spec = json!({"type": "ExternalName", "externalName": address, "ports": ports});
            return vec![object("v1", "Service", namespace, &name, &json!({ "spec": spec }))];
        };
        let slice = json!({
            "metadata": {"labels": labels([("kubernetes.io/service-name", &name)])},
            "addressType": if ip.is_ipv4() { "IPv4" } else { "IPv6" },
            "endpoints": [{"addresses": [address]}],
            "ports": [{"name": "tcp-istiod", "port": 15012}, {"name": "tcp-webhook", "port": 15017}],
        });
        vec![
            object("v1", "Service", namespace, &name, &json!({"spec": {"ports": ports}})),
            object("discovery.k8s.io/v1", "EndpointSlice", namespace, &name, &slice),
        ]
    }
}
