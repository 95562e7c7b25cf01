//! uninstall.sh: asks, then removes what install.sh made, in reverse, and nothing else.

use super::install::contexts_are_named;
use super::stage::{Ran, Stage};
use crate::case;
use meshwright_core::plan::Action;

fn removals(ran: &Ran) -> Vec<String> {
    let removes = |short: &String| ["delete", "uninstall"].iter().any(|verb| short.split(' ').nth(1) == Some(verb));
    ran.calls.iter().map(super::stage::Call::short).filter(removes).collect()
}

#[test]
fn it_asks_first() {
    let stage = Stage::new(&case::file("bare"));
    for (answer, goes_on) in [("y\n", true), ("yes\n", true), ("n\n", false), ("\n", false), ("", false)] {
        let ran = stage.run("uninstall.sh", &[], answer);
        assert!(ran.out.contains("Go on? [y/N]"), "{}", ran.out);
        assert_eq!(ran.code == Some(0), goes_on, "{answer:?}: {}", ran.err);
        assert_eq!(removals(&ran).is_empty(), !goes_on, "{answer:?}");
        assert_eq!(ran.err.contains("nothing was removed"), !goes_on, "{}", ran.err);
    }
}

/// Every manifest, release and secret of the plan goes, the last made first.
#[test]
fn everything_that_was_made_is_removed_in_reverse() {
    for case in case::all() {
        let stage = Stage::new(&case.draft);
        let ran = stage.run("uninstall.sh", &["--yes"], "");
        assert_eq!(ran.code, Some(0), "{}: {}{}", case.name, ran.out, ran.err);
        contexts_are_named(&stage, &ran);
        let removed: Vec<String> = ran.calls.iter().map(super::stage::Call::short).collect();
        let mut rest = removed.iter();
        for step in stage.output.plan.steps.iter().rev() {
            let on = format!("@{}", step.cluster.context);
            let wanted = match &step.action {
                Action::Namespace { name, .. } => format!("kubectl get namespace {name} {on}"),
                Action::Install { manifest, .. } => format!("istioctl uninstall --filename={} {on}", manifest.path),
                Action::Generate { manifest, .. } => format!("istioctl manifest generate --filename={}", manifest.path),
                Action::Release { name, namespace, .. } => {
                    format!("helm uninstall {name} --namespace={namespace} {on}")
                }
                Action::Operate { manifest, .. } => format!("kubectl delete --filename={} {on}", manifest.path),
                Action::ReaderAccount { namespace } => {
                    format!("kubectl get serviceaccount istio-reader-service-account --namespace={namespace} {on}")
                }
                Action::Apply { manifest, namespace, .. } => {
                    let of = namespace.as_ref().map_or_else(String::new, |name| format!(" --namespace={name}"));
                    format!("kubectl delete{of} --filename={} {on}", manifest.path)
                }
                Action::CaCerts { namespace, .. } => {
                    format!("kubectl get secret cacerts --namespace={namespace} {on}")
                }
                Action::ConfigSecret { namespace, .. } => {
                    format!("kubectl delete secret istio-kubeconfig --namespace={namespace} {on}")
                }
                Action::RemoteSecret { namespace, name, .. } => {
                    format!("kubectl delete secret {name} --namespace={namespace} {on}")
                }
                Action::MeshCa { to_namespace, secret, .. } => {
                    format!("kubectl delete secret {secret} --namespace={to_namespace} {on}")
                }
                Action::Address { .. }
                | Action::TlsSecret { .. }
                | Action::GatewayApi { .. }
                | Action::MadeGateway { .. }
                | Action::Injection { .. } => {
                    continue;
                }
            };
            assert!(rest.any(|call| *call == wanted), "{}: {wanted} is not there in: {removed:#?}", case.name);
        }
    }
}

#[test]
fn only_namespaces_that_it_made_go() {
    let stage = Stage::new(&case::file("revision-dns"));
    let namespaces = |ran: &Ran| removals(ran).iter().filter(|call| call.contains("delete namespace")).count();
    // Nothing was installed: no namespace has the mark.
    let ran = stage.run("uninstall.sh", &["--yes"], "");
    assert_eq!((ran.code, namespaces(&ran)), (Some(0), 0), "{}", ran.err);
    // One was there before.
    stage.set("namespaces/mesh-system@admin@west", "");
    stage.install();
    let ran = stage.run("uninstall.sh", &["--yes"], "");
    let made = stage.output.plan.steps.iter().filter(|step| matches!(step.action, Action::Namespace { .. })).count();
    assert_eq!(namespaces(&ran), made - 1);
    assert!(ran.out.contains("namespace mesh-system stays: install.sh did not make it"), "{}", ran.out);
    assert!(!removals(&ran).contains(&"kubectl delete namespace mesh-system @admin@west".to_owned()));
}

/// The default validator is one for a cluster: it goes only if it is this installation's.
#[test]
fn only_its_own_validator_goes() {
    for (name, own) in
        [("revision-dns", "https://istiod.corp.example.net:15017/validate "), ("revision-ip", " mesh-system")]
    {
        for (found, goes) in
            [(own, true), ("", false), (" ", false), ("https://other.example.net:15017/validate ", false)]
        {
            let stage = Stage::new(&case::file(name));
            stage.set("validator", found);
            let ran = stage.run("uninstall.sh", &["--yes"], "");
            let plane = stage.output.plan.source.meshes[0].control_planes[0].config_cluster.clone();
            let config = stage.output.plan.clusters.iter().find(|cluster| cluster.name.as_str() == plane).unwrap();
            let call =
                format!("kubectl delete validatingwebhookconfiguration istiod-default-validator @{}", config.context);
            assert_eq!(removals(&ran).contains(&call), goes, "{name}: {found:?}: {:#?}", removals(&ran));
        }
    }
}

/// The account by which istiods elsewhere read a cluster is the operator's, where it made it.
#[test]
fn only_its_own_account_goes() {
    for theirs in [false, true] {
        let stage = Stage::new(&case::file("sail-remote-second"));
        if theirs {
            stage.set("reader@stock", "");
        }
        let ran = stage.install();
        let made = ran.calls.iter().any(|call| call.short().starts_with("kubectl create serviceaccount"));
        let ran = stage.run("uninstall.sh", &["--yes"], "");
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let gone = removals(&ran).iter().any(|call| call.contains("delete serviceaccount") && call.ends_with("@stock"));
        assert_eq!((made, gone), (!theirs, !theirs));
    }
}

/// istiod publishes its CA in every namespace; another istiod's is not ours to remove.
#[test]
fn what_istiod_published_goes() {
    let stage = Stage::new(&case::file("bare"));
    stage.set("published", "default others");
    stage.set("root-cert", "the mesh's");
    stage.set("root-cert@others", "another mesh's");
    let ran = stage.run("uninstall.sh", &["--yes"], "");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let removed: Vec<String> = removals(&ran).into_iter().filter(|call| call.contains("delete configmap")).collect();
    let wanted =
        |context| format!("kubectl delete configmap istio-ca-root-cert istio-ca-crl --namespace=default @{context}");
    assert_eq!(removed, [wanted("cluster1"), wanted("external-cluster")]);
}
