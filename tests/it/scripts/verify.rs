//! verify.sh: passes where all is well, tells every check that fails, and changes nothing.

use super::install::contexts_are_named;
use super::stage::{Call, Ran, Stage};
use crate::case;
use meshwright_core::plan::Check;

fn count(ran: &Ran, word: &str) -> usize {
    ran.out.lines().filter(|line| line.starts_with(word)).count()
}

fn changes(call: &Call) -> bool {
    let short = call.short();
    let asks = [
        "kubectl get ",
        "kubectl wait ",
        "kubectl rollout status ",
        "kubectl exec ",
        "istioctl remote-clusters",
        "curl ",
        "sleep ",
    ];
    let tries = call.words.iter().any(|word| word == "--dry-run=server");
    !tries && !asks.iter().any(|ask| short.starts_with(ask))
}

#[test]
fn it_passes_where_all_is_well() {
    for case in case::all() {
        let stage = Stage::new(&case.draft);
        let ran = stage.run("verify.sh", &[], "");
        let checks = stage.output.plan.checks.len();
        assert_eq!(ran.code, Some(0), "{}: {}{}", case.name, ran.out, ran.err);
        assert_eq!((count(&ran, "ok "), count(&ran, "FAIL ")), (checks, 0), "{}", ran.out);
        assert!(ran.out.ends_with(&format!("\n{checks} passed, 0 failed\n")), "{}", ran.out);
        assert_eq!(ran.calls.iter().filter(|call| changes(call)).collect::<Vec<_>>(), Vec::<&Call>::new());
        contexts_are_named(&stage, &ran);
    }
}

#[test]
fn every_check_can_fail() {
    for name in ["revision-dns", "route-gateway-api", "networks-three"] {
        let stage = Stage::new(&case::file(name));
        stage.set("fail", "kubectl*\nistioctl*\ncurl*");
        let ran = stage.run("verify.sh", &[], "");
        let checks = stage.output.plan.checks.len();
        assert_eq!(ran.code, Some(1), "{name}: {}{}", ran.out, ran.err);
        assert_eq!((count(&ran, "ok "), count(&ran, "FAIL ")), (0, checks), "{}", ran.out);
        assert!(ran.out.ends_with(&format!("\n0 passed, {checks} failed\n")), "{}", ran.out);
    }
}

type Fails = dyn Fn(&Check) -> bool;

/// Answers that come, but are not the right ones.
#[test]
fn wrong_answers_are_failures() {
    let is_injected = |check: &Check| matches!(check, Check::Injected { .. });
    let is_synced = |check: &Check| matches!(check, Check::Synced { .. });
    let answers = |check: &Check| matches!(check, Check::SampleAnswers { version: "v2", .. });
    let has_address = |check: &Check| matches!(check, Check::Address { .. } | Check::IngressAnswers { .. });
    let wrong: [(&str, &str, &Fails); 6] = [
        ("injected", "", &is_injected),
        ("injected", "admin@east ISTIO_META_CLUSTER_ID=other;ISTIO_META_NETWORK=vpc-east;", &is_injected),
        ("injected", "admin@east ISTIO_META_CLUSTER_ID=east;ISTIO_META_NETWORK=vpc-east2;", &is_injected),
        ("remote-clusters", "NAME STATUS\neast2 synced\nwest not-synced\neast syncing", &is_synced),
        ("sample", "Hello version: v1, instance: a", &answers),
        ("load-balancer", "", &has_address),
    ];
    for (question, answer, fails) in wrong {
        let stage = Stage::new(&case::file("revision-dns"));
        stage.set(question, answer);
        let ran = stage.run("verify.sh", &[], "");
        assert_eq!(ran.code, Some(1), "{}", ran.out);
        let failed = stage.output.plan.checks.iter().filter(|check| fails(check)).count();
        assert_eq!(count(&ran, "FAIL "), failed, "{question}: {}", ran.out);
    }
}
