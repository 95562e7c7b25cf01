//! Gateways of the charts istio-ingress and istio-egress.

use super::Operator;
use crate::chart::{account, object};
use crate::value::{is_true, labels, list, merge, text};
use serde_json::{Value, json};

impl Operator {
    pub(super) fn gateways(&self) -> Vec<Value> {
        let mut objects = Vec::new();
        let mut ingress = list(&self.spec, "/components/ingressGateways").to_vec();
        let default = "istio-ingressgateway";
        if self.profile() == "default" && !ingress.iter().any(|it| text(it, "/name") == default) {
            ingress.push(json!({"name": default, "enabled": true}));
        }
        for gateway in ingress.iter().filter(|it| is_true(it, "/enabled")) {
            objects.extend(self.gateway(gateway, "ingressgateway"));
        }
        for gateway in list(&self.spec, "/components/egressGateways").iter().filter(|it| is_true(it, "/enabled")) {
            objects.extend(self.gateway(gateway, "egressgateway"));
        }
        objects
    }

    fn gateway(&self, gateway: &Value, kind: &str) -> [Value; 3] {
        let name = text(gateway, "/name");
        let namespace = match text(gateway, "/namespace") {
            "" => self.namespace(),
            namespace => namespace,
        };
        let mut chosen = labels([("app", &format!("istio-{kind}")), ("istio", kind)]);
        if let Some(own) = gateway.pointer("/label") {
            merge(&mut chosen, own);
        }
        let template = self.text(&format!("/values/gateways/istio-{kind}/injectionTemplate"));
        let mut pods = json!({"metadata": {"labels": chosen}, "spec": {
            "serviceAccountName": format!("{name}-service-account"),
            "containers": [{"name": "istio-proxy", "env": list(gateway, "/k8s/env")}],
        }});
        let injected = match template {
            "" => json!({"metadata": {"labels": labels([
                ("sidecar.istio.io/inject", "false"),
                ("istio.io/rev", if self.chart.revision().is_empty() { "default" } else { self.chart.revision() }),
            ])}}),
            _ => json!({
                "metadata": {
                    "annotations": {"inject.istio.io/templates": template},
                    "labels": labels([("sidecar.istio.io/inject", "true"), ("istio.io/rev", self.chart.revision())]),
                },
                "spec": {"containers": [{
                    "name": "istio-proxy", "image": "auto", "env": list(gateway, "/k8s/env"),
                }]},
            }),
        };
        merge(&mut pods, &injected);
        let ports = match list(gateway, "/k8s/service/ports") {
            [] if kind == "egressgateway" => json!([
                {"name": "http2", "port": 80, "targetPort": 8080},
                {"name": "https", "port": 443, "targetPort": 8443},
            ]),
            [] => json!([
                {"name": "status-port", "port": 15021, "targetPort": 15021},
                {"name": "http2", "port": 80, "targetPort": 8080},
                {"name": "https", "port": 443, "targetPort": 8443},
            ]),
            ports => json!(ports),
        };
        let reach = match text(gateway, "/k8s/service/type") {
            "" if kind == "egressgateway" => "ClusterIP",
            "" => "LoadBalancer",
            reach => reach,
        };
        let service = json!({
            "metadata": {"labels": chosen},
            "spec": {"type": reach, "selector": chosen, "ports": ports},
        });
        let deployment = json!({"spec": {"selector": {"matchLabels": chosen}, "template": pods}});
        [
            account(namespace, &format!("{name}-service-account")),
            object("apps/v1", "Deployment", namespace, name, &deployment),
            object("v1", "Service", namespace, name, &service),
        ]
    }
}
