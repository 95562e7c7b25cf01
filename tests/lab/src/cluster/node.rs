//! The cluster's Node object: ready from the beginning, with room for all pods.

use super::Cluster;
use crate::kube::Patch;
use anyhow::Result;
use serde_json::json;

/// Where the API server looks for the kubelet: its part of `kubectl exec` and `logs`.
pub(crate) const KUBELET_PORT: u16 = 10250;

impl Cluster {
    pub(super) fn create_node(&self) -> Result<()> {
        let (name, addresses) = (&self.node.name, self.node.addresses);
        let range = addresses.pods().to_string();
        let room = json!({"cpu": "64", "memory": "256Gi", "pods": "200", "ephemeral-storage": "256Gi"});
        self.kube.create(
            "/api/v1/nodes",
            &json!({
                "apiVersion": "v1",
                "kind": "Node",
                "metadata": {"name": name, "labels": {"kubernetes.io/hostname": name, "kubernetes.io/os": "linux"}},
                "spec": {"podCIDR": range, "podCIDRs": [range]},
            }),
        )?;
        self.kube.patch(
            &format!("/api/v1/nodes/{name}/status"),
            Patch::Merge,
            &json!({"status": {
                "addresses": [{"type": "InternalIP", "address": addresses.node().address}],
                "allocatable": room,
                "capacity": room,
                "conditions": [{"type": "Ready", "status": "True", "reason": "Lab", "message": "pods run natively"}],
                "daemonEndpoints": {"kubeletEndpoint": {"Port": KUBELET_PORT}},
            }}),
        )?;
        Ok(())
    }
}
