//! install.sh: runs to its end, in the order of the plan, each call on the cluster that it is meant for.

use super::stage::{Ran, Stage};
use super::trace;
use crate::case;
use meshwright_core::preset::Preset;
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

/// Every call names the context of one of the clusters, unless it goes to none.
pub(crate) fn contexts_are_named(stage: &Stage, ran: &Ran) {
    let known: BTreeSet<&str> = stage.output.plan.clusters.iter().map(|cluster| cluster.context.as_str()).collect();
    for call in ran.calls.iter().filter(|call| matches!(call.words[0].as_str(), "kubectl" | "istioctl" | "helm")) {
        let named = call.context().is_some_and(|context| known.contains(context));
        assert!(named != call.is_local(), "{:?}", call.words);
    }
}

#[test]
fn every_case_is_installed_in_the_order_of_its_plan() {
    for case in case::all() {
        let stage = Stage::new(&case.draft);
        let ran = stage.install();
        let expected = trace::steps(&stage.output, "203.0.113.10").concat();
        assert_eq!(trace::seen(&ran.calls), expected, "{}", case.name);
        contexts_are_named(&stage, &ran);
        for (index, step) in stage.output.plan.steps.iter().enumerate() {
            let heading = format!("==> step {}, on {}: {}\n", index + 1, step.cluster.name, step.title);
            assert!(ran.out.contains(&heading), "{}: {heading}{}", case.name, ran.out);
        }
    }
}

/// The certificates that it makes are what istiod takes: each one's own, up to its mesh's one root. Two
/// istiods of two meshes share a cluster, and one mesh has as long an ID as it can have.
#[test]
fn ca_certificates_are_chains_to_one_root() {
    let mut draft = case::file("meshes-mixed");
    draft.meshes[0].mesh_id = "m".repeat(63);
    let stage = Stage::new(&draft);
    let ran = stage.install();
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    let mut roots = BTreeSet::new();
    for (mesh, clusters) in draft.meshes.iter().zip([["external", "primary-b"], ["external", "primary-d"]]) {
        let certs = stage.bundle().join("certs").join(&mesh.mesh_id);
        let root = certs.join("root-cert.pem");
        for cluster in clusters {
            let certificate = certs.join(cluster).join("ca-cert.pem");
            let verified =
                Command::new("openssl").arg("verify").arg("-CAfile").arg(&root).arg(&certificate).output().unwrap();
            assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
            let chain = fs::read_to_string(certs.join(cluster).join("cert-chain.pem")).unwrap();
            let parts = [fs::read_to_string(&certificate).unwrap(), fs::read_to_string(&root).unwrap()];
            assert_eq!(chain, parts.concat());
            let key = certs.join(cluster).join("ca-key.pem");
            assert_eq!(fs::metadata(key).unwrap().permissions().mode() & 0o077, 0, "the key is its owner's alone");
        }
        roots.insert(fs::read_to_string(root).unwrap());
    }
    assert_eq!(roots.len(), 2, "a root for each mesh");
}

/// One's own certificates are taken as they are.
#[test]
fn ca_certificates_of_ones_own_stay() {
    let stage = Stage::new(&Preset::MultiPrimary.draft());
    let certs = stage.bundle().join("certs/mesh1");
    for cluster in ["cluster1", "cluster2"] {
        let folder = certs.join(cluster);
        fs::create_dir_all(&folder).unwrap();
        for file in ["ca-cert.pem", "ca-key.pem", "root-cert.pem", "cert-chain.pem"] {
            fs::write(folder.join(file), "own").unwrap();
        }
    }
    let ran = stage.install();
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    assert!(!certs.join("root-cert.pem").exists());
    assert_eq!(fs::read_to_string(certs.join("cluster1/ca-cert.pem")).unwrap(), "own");
}

/// Run again, it makes no namespace twice, and does the rest once more.
#[test]
fn it_can_be_run_again() {
    let stage = Stage::new(&case::file("revision-dns"));
    stage.install();
    let again = stage.install();
    let made =
        |calls: &[super::stage::Call]| calls.iter().filter(|call| call.short().contains("create namespace")).count();
    assert_eq!(made(&again.calls), 0);
}

#[test]
fn a_discovered_address_reaches_every_cluster() {
    for (found, address) in [
        ("203.0.113.10", "203.0.113.10"),
        ("2001:db8::10", "2001:db8::10"),
        ("a1b2.elb.eu-west-1.example.com", "198.51.100.7"),
    ] {
        let stage = Stage::new(&case::file("address-discovered"));
        stage.set("load-balancer", found);
        let ran = stage.install();
        let expected = trace::steps(&stage.output, address).concat();
        assert_eq!(trace::seen(&ran.calls), expected, "{found}");
        assert!(expected.iter().any(|call| call.contains("--set=values.global.remotePilotAddress=")));
        assert_eq!(ran.err.contains("warning: the load balancer has a host name"), address != found, "{}", ran.err);
    }
}

/// AWS's load balancers have host names, and can have addresses of one's own behind them.
#[test]
fn a_host_name_that_leads_to_the_planned_address_will_do() {
    let stage = Stage::new(&case::file("address-ipv6"));
    stage.set("load-balancer", "a1b2.elb.eu-west-1.example.com");
    stage.set("resolved", "198.51.100.7    STREAM a1b2\n198.51.100.7    DGRAM\n2001:db8::10    STREAM a1b2");
    let ran = stage.install();
    assert_eq!(trace::seen(&ran.calls), trace::steps(&stage.output, "").concat());
}

/// An address that env.sh says is not asked for.
#[test]
fn an_address_in_env_sh_comes_first() {
    let stage = Stage::new(&case::file("address-discovered"));
    stage.edit("env.sh", "EXTERNAL_ISTIOD_ADDR=''", "EXTERNAL_ISTIOD_ADDR=192.0.2.77");
    let ran = stage.install();
    assert_eq!(trace::seen(&ran.calls), trace::steps(&stage.output, "192.0.2.77").concat());
}

/// The CA goes from the config cluster's `ConfigMap` to the gateway as it is, over several lines.
#[test]
fn the_ca_is_brought_as_it_is() {
    let stage = Stage::new(&case::file("revision-dns"));
    let ran = stage.install();
    let ca = "--from-literal=ca.crt=-----BEGIN CERTIFICATE-----\nfake\n-----END CERTIFICATE-----";
    let create =
        ran.calls.iter().find(|call| call.words.starts_with(&["kubectl".into(), "create".into(), "secret".into()]));
    assert!(create.unwrap().words.iter().any(|word| word == ca), "{create:?}");
}
