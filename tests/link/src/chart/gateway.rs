//! Chart `gateway`, as Helm renders it.

use super::{Release, account, object};
use crate::value::{labels, list, merge, text};
use serde_json::{Value, json};

/// What the chart makes of its values.
pub(super) fn render(release: &Release, values: &Value) -> [Value; 3] {
    let namespace = release.namespace;
    let name = match text(values, "/name") {
        "" => release.name,
        name => name,
    };
    let short = name.strip_prefix("istio-").unwrap_or(name);
    let app = labels([("app", name), ("istio", short)]);
    let network = text(values, "/networkGateway");
    let mut pods = labels([
        ("sidecar.istio.io/inject", "true"),
        ("istio.io/rev", text(values, "/revision")),
        // Before 1.26 the Service alone has it.
        ("topology.istio.io/network", if release.minor >= 26 { network } else { "" }),
    ]);
    merge(&mut pods, &app);
    let mut env = Vec::new();
    if !network.is_empty() {
        env.push(json!({"name": "ISTIO_META_REQUESTED_NETWORK_VIEW", "value": network}));
    }
    let mut on_service = labels([("topology.istio.io/network", network)]);
    merge(&mut on_service, &app);
    let port = |name: &str, number: u16| json!({"name": name, "port": number, "targetPort": number});
    let ports = match list(values, "/service/ports") {
        _ if !network.is_empty() => json!([
            port("status-port", 15021),
            port("tls", 15443),
            port("tls-istiod", 15012),
            port("tls-webhook", 15017),
        ]),
        [] => json!([port("status-port", 15021), port("http2", 80), port("https", 443)]),
        ports => json!(ports),
    };
    let reach = match text(values, "/service/type") {
        "" => "LoadBalancer",
        reach => reach,
    };
    let deployment = json!({"spec": {
        "selector": {"matchLabels": app},
        "template": {
            "metadata": {"labels": pods, "annotations": {"inject.istio.io/templates": "gateway"}},
            "spec": {
                "serviceAccountName": name,
                "containers": [{"name": "istio-proxy", "image": "auto", "env": env}],
            },
        },
    }});
    let service = json!({
        "metadata": {"labels": on_service},
        "spec": {"type": reach, "selector": app, "ports": ports},
    });
    [
        account(namespace, name),
        object("apps/v1", "Deployment", namespace, name, &deployment),
        object("v1", "Service", namespace, name, &service),
    ]
}
