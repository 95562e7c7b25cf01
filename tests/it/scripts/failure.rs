//! When something is not as it has to be, install.sh stops there, says where and what to do, and does
//! nothing further.

use super::stage::{Ran, Stage};
use super::trace;
use crate::case;
use meshwright_core::plan::{Action, Expect};

/// Runs install.sh, which has to stop at the first step for which `at` holds (before all steps where
/// none does) and say each of `words`.
fn stops(stage: &Stage, at: impl Fn(&Action) -> bool, words: &[&str]) -> Ran {
    let ran = stage.run("install.sh", &[], "");
    assert_ne!(ran.code, Some(0), "{}", ran.out);
    let steps = &stage.output.plan.steps;
    let calls = trace::steps(&stage.output, "203.0.113.10");
    let index = steps.iter().position(|step| at(&step.action));
    let stopped = index.map_or("the preparations".to_owned(), |index| {
        format!("step {}, on {}: {}", index + 1, steps[index].cluster.name, steps[index].title)
    });
    for word in words.iter().chain(&[format!("\nstopped at {stopped}\n").as_str(), "run this script again"]) {
        assert!(ran.err.contains(word), "{word:?} is not in: {}", ran.err);
    }
    assert_eq!(ran.err.matches("stopped at").count(), 1, "{}", ran.err);
    let (before, during) = index.map_or((0, 0), |index| (calls[..index].concat().len(), calls[index].len()));
    let seen = trace::seen(&ran.calls);
    assert!((before..=before + during).contains(&seen.len()), "{seen:#?}");
    assert_eq!(seen[..before], calls.concat()[..before]);
    ran
}

fn never(_: &Action) -> bool {
    false
}

#[test]
fn a_tool_that_is_not_there() {
    let stage = Stage::new(&case::file("gateways-helm-1.24"));
    stage.without("istioctl");
    stops(&stage, never, &["error: istioctl is not installed"]);
}

#[test]
fn another_istioctl() {
    for version in ["1.24.0", "1.31.10", "11.31.1", "1.31.1.2", ""] {
        let stage = Stage::new(&case::file("bare"));
        stage.set("version", version);
        let ran = stops(&stage, never, &["error: istioctl 1.31.1 is needed"]);
        assert!(ran.err.contains(version));
    }
}

#[test]
fn a_cluster_that_does_not_answer() {
    for context in ["external-cluster", "cluster1"] {
        let stage = Stage::new(&case::file("bare"));
        stage.set("unreachable", context);
        stops(&stage, never, &["connection refused", &format!("behind context {context} does not answer"), "env.sh"]);
    }
}

#[test]
fn no_address() {
    for name in ["bare", "address-ipv6", "address-discovered"] {
        let stage = Stage::new(&case::file(name));
        stage.unset("load-balancer");
        let words = ["has no address after 5 minutes", "kubectl describe service istio-ingressgateway"];
        let ran = stops(&stage, |action| matches!(action, Action::Address { .. }), &words);
        assert!(ran.calls.iter().filter(|call| call.words == ["sleep", "5"]).count() >= 59);
    }
}

#[test]
fn another_address_than_planned() {
    let stage = Stage::new(&case::file("address-ipv6"));
    stage.set("load-balancer", "203.0.113.99");
    let words = ["the gateway is at 203.0.113.99, these manifests are for 2001:db8::10", "change the IP address"];
    stops(&stage, |action| matches!(action, Action::Address { expect: Expect::Exactly(_), .. }), &words);
}

/// AWS's load balancers have host names, and can have addresses of one's own behind them.
#[test]
fn a_host_name_that_leads_elsewhere_than_planned() {
    let step = |action: &Action| matches!(action, Action::Address { expect: Expect::Exactly(_), .. });
    for elsewhere in ["", "203.0.113.99  STREAM lb.example.com\n2001:db8::11  STREAM"] {
        let stage = Stage::new(&case::file("address-ipv6"));
        stage.set("load-balancer", "lb.example.com");
        stage.set("resolved", elsewhere);
        stops(&stage, step, &["the gateway is at lb.example.com, which does not lead to 2001:db8::10 (yet)"]);
    }
}

#[test]
fn a_host_name_without_an_address() {
    let stage = Stage::new(&case::file("address-discovered"));
    stage.set("load-balancer", "lb.example.com");
    stage.unset("resolved");
    let words = ["host name lb.example.com has no IP address yet", "EXTERNAL_ISTIOD_ADDR"];
    stops(&stage, |action| matches!(action, Action::Address { .. }), &words);
}

#[test]
fn no_tls_secret() {
    let stage = Stage::new(&case::file("bare"));
    stage.unset("tls-secret");
    let words = [
        "the gateway needs a certificate for myhost.example.com",
        "kubectl create secret tls myhost-example-credential --namespace=istio-system --context=external-cluster",
    ];
    stops(&stage, |action| matches!(action, Action::TlsSecret { .. }), &words);
}

#[test]
fn no_gateway_api() {
    let stage = Stage::new(&case::file("route-gateway-api"));
    stage.unset("gateway-api");
    stops(
        &stage,
        |action| matches!(action, Action::GatewayApi { .. }),
        &["the Gateway API is not installed", "https://"],
    );
}

#[test]
fn no_mesh_ca() {
    let stage = Stage::new(&case::file("revision-dns"));
    stage.unset("root-cert");
    let is_ca = |action: &Action| matches!(action, Action::MeshCa { .. });
    stops(&stage, is_ca, &["istiod has not published ConfigMap istio-ca-root-cert in namespace mesh-system"]);
    let stage = Stage::new(&case::file("revision-dns"));
    stage.set("fail", "kubectl get configmap*");
    stops(&stage, is_ca, &["told to fail"]);
}

#[test]
fn no_injection() {
    let stage = Stage::new(&case::file("bare"));
    stage.set("injection", "");
    let ran = stage.run("install.sh", &[], "");
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    assert!(
        ran.err.contains("pods are not injected after 5 minutes; the last answer: the webhook left"),
        "{}",
        ran.err
    );
    stage.set("fail", "kubectl run*");
    let ran = stage.run("install.sh", &[], "");
    assert!(ran.err.contains("the last answer: fake: told to fail"), "{}", ran.err);
}

type Is = dyn Fn(&Action) -> bool;

/// Any call may fail: first in a pipe, in its middle, at its end.
#[test]
fn a_call_that_fails() {
    let is_install = |action: &Action| matches!(action, Action::Install { .. });
    let is_namespace = |action: &Action| matches!(action, Action::Namespace { .. });
    let is_config = |action: &Action| matches!(action, Action::ConfigSecret { .. });
    let is_remote = |action: &Action| matches!(action, Action::RemoteSecret { .. });
    let is_generate = |action: &Action| matches!(action, Action::Generate { .. });
    let is_release = |action: &Action| matches!(action, Action::Release { .. });
    let is_sample = |action: &Action| matches!(action, Action::Apply { deployments, .. } if !deployments.is_empty());
    let calls: [(&str, &Is); 12] = [
        ("kubectl create namespace*", &is_namespace),
        ("kubectl annotate --local*", &is_namespace),
        ("kubectl create --context*", &is_namespace),
        ("kubectl apply --server-side*", &is_namespace),
        ("istioctl install*", &is_install),
        ("istioctl create-remote-secret*--type=config*", &is_config),
        ("kubectl label --local*", &is_config),
        ("istioctl create-remote-secret*--type=remote*", &is_remote),
        ("istioctl manifest generate*", &is_generate),
        ("kubectl rollout status deployment/istio-egressgateway*", &is_generate),
        ("helm*", &is_release),
        ("kubectl rollout status deployment/curl*", &is_sample),
    ];
    for (call, at) in calls {
        let stage = Stage::new(&case::file("revision-dns"));
        stage.set("fail", call);
        let ran = stage.run("install.sh", &[], "");
        assert_ne!(ran.code, Some(0), "{call}");
        // Several steps are of one kind: it stops at one of them, and that is the last.
        let seen = trace::seen(&ran.calls);
        let expected = trace::steps(&stage.output, "203.0.113.10");
        assert_eq!(seen, expected.concat()[..seen.len()], "{call}");
        let stopped = ran.err.split("\nstopped at step ").nth(1).and_then(|rest| rest.split(',').next());
        let number: usize = stopped.unwrap_or_else(|| panic!("{call}: {}", ran.err)).parse().unwrap();
        assert!(at(&stage.output.plan.steps[number - 1].action), "{call}: {}", ran.err);
        assert!(seen.len() <= expected[..number].concat().len(), "{call}: {seen:#?}");
        assert!(ran.err.contains("told to fail"), "{call}: {}", ran.err);
    }
}
