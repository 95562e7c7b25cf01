//! How the gateway verifies istiod's certificate, which the mesh's own CA signed (0.43).

use super::Report;
use super::gateway::workloads;
use super::listener::Listener;
use super::model::Model;
use super::plane::{Member, Plane};
use super::route::Route;
use crate::broken::End;
use crate::link::Link;
use crate::value::{is_true, list, number, text, texts};
use crate::world::Found;
use serde_json::Value;

pub(super) fn follow(model: &Model, plane: &Plane, listener: &Listener, route: &Route, report: &mut Report) {
    let home = plane.home.name.as_str();
    let from = route.end("route.destination", format!("{}:{}", route.host, route.port));
    let Some(rule) = rule(plane, route) else {
        let other = plane.home.all("DestinationRule").next();
        let other = other.map(|rule| rule.end("spec.host", text(rule.value(), "/spec/host")));
        return report.add(Link::RuleHost, home, from, other.unwrap_or_else(|| End::of("DestinationRule", "")));
    };
    let ports = list(rule.value(), "/spec/trafficPolicy/portLevelSettings");
    let Some(policy) = ports.iter().find(|it| number(it, "/port/number") == route.port) else {
        let said: Vec<String> = ports.iter().map(|it| number(it, "/port/number").to_string()).collect();
        let to = rule.end("spec.trafficPolicy.portLevelSettings", said.join(", "));
        return report.add(Link::RuleTls, home, from, to);
    };
    let end = |field: &str, value: &str| {
        let field = format!("spec.trafficPolicy.portLevelSettings {}.{field}", route.port);
        rule.end(&field, value)
    };
    let mode = text(policy, "/tls/mode");
    report.same(Link::RuleTls, home, end("tls.mode", mode), End::of("TLS to istiod", "SIMPLE"));
    if listener.port() == 15012 {
        let upgrade = text(policy, "/connectionPool/http/h2UpgradePolicy");
        let from = end("connectionPool.http.h2UpgradePolicy", upgrade);
        report.same(
            Link::RuleHttp2,
            home,
            from,
            End::of("gRPC, for which the Service's port does not speak", "UPGRADE"),
        );
    }
    if !is_true(policy, "/tls/insecureSkipVerify") {
        verified((model, plane), listener, policy, &end, report);
    }
}

/// The DestinationRule for the host of a route.
pub(super) fn rule<'w>(plane: &Plane<'w>, route: &Route) -> Option<Found<'w>> {
    plane.home.all("DestinationRule").find(|rule| text(rule.value(), "/spec/host") == route.host)
}

fn verified(
    (model, plane): (&Model, &Plane),
    listener: &Listener,
    policy: &Value,
    end: &dyn Fn(&str, &str) -> End,
    report: &mut Report,
) {
    let home = plane.home.name.as_str();
    let credential = text(policy, "/tls/credentialName");
    let from = end("tls.credentialName", credential);
    for pod in workloads(model, listener.gateway) {
        if let Some(secret) = pod.cluster.get("Secret", pod.namespace(), credential) {
            ca(plane, secret, from.clone(), report);
        } else {
            let to = End::of(format!("Secret in namespace {} of {}", pod.namespace(), pod.cluster.name), "");
            report.add(Link::RuleCredential, home, from.clone(), to);
        }
    }
    // istiod's certificate names its Service.
    let service = format!("{}.{}.svc", plane.istiod.name(), plane.namespace());
    let names: Vec<&str> = texts(policy, "/tls/subjectAltNames").collect();
    if !names.contains(&service.as_str()) {
        let to = plane.istiod.end("its certificate", &service);
        report.add(Link::RuleName, home, end("tls.subjectAltNames", &names.join(", ")), to);
    }
}

/// The CA is that which istiod publishes on the clusters that it manages; on its own cluster another
/// istiod does that.
fn ca(plane: &Plane, secret: Found, from: End, report: &mut Report) {
    let held = text(secret.value(), "/data/ca.crt");
    let of = |name: &str| format!("CA of {name}, namespace ");
    if !plane.members.iter().map(Member::name).map(of).any(|of| held.starts_with(&of)) {
        let to = secret.end("data ca.crt", held);
        report.add(Link::RuleCa, &plane.home.name, from, to);
    } else if secret.object.since < plane.istiod.object.since {
        let to = plane.istiod.end("", "later");
        report.add(Link::CaFirst, &plane.home.name, secret.end("data ca.crt", "earlier"), to);
    }
}
