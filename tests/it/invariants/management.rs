//! 0.7 to 0.10 and 0.23 to 0.25, 0.42: who manages a cluster, and by which secret.

use super::{everywhere, problems};
use crate::case;
use crate::documents::text;
use crate::world::context;
use meshwright_core::field::Field;
use meshwright_core::problem::Kind;
use meshwright_core::value::{Fault, Rule};

#[test]
fn inv_07_remotes_say_who_manages_them_before_istiod_sees_them() {
    const ANNOTATION: &str = "/metadata/annotations/topology.istio.io~1controlPlaneClusters";
    everywhere(|world| {
        let annotation =
            |cluster: &str| text(world.object(cluster, "Namespace", world.namespace()), ANNOTATION).to_owned();
        for remote in world.remotes() {
            assert_eq!(annotation(&remote.name), world.config().name);
            let on = context(remote);
            let namespace = world.step(&["ensure_namespace", &on, world.namespace()]);
            assert!(namespace < world.step(&["create-remote-secret", &on, "--type=remote"]));
        }
        assert_eq!(annotation(&world.config().name), "");
        assert_eq!(annotation(&world.external().name), "");
    });
}

#[test]
fn inv_08_the_system_namespace_has_one_name_everywhere() {
    everywhere(|world| {
        for cluster in &world.draft.clusters {
            world.object(&cluster.name, "Namespace", world.namespace());
        }
    });
}

#[test]
fn inv_09_istiod_serves_other_clusters() {
    everywhere(|world| {
        // A value since 1.23.1, which releases before refuse; the variable works in all.
        let minor: u32 = world.draft.version.split('.').nth(1).unwrap().parse().unwrap();
        let value = world.istiod().pointer("/spec/values/global/externalIstiod");
        assert_eq!(value.and_then(serde_json::Value::as_bool), (minor >= 24).then_some(true));
        assert_eq!(world.env("EXTERNAL_ISTIOD"), "true");
    });
}

#[test]
fn inv_10_istiod_finds_remote_secrets_beside_itself() {
    everywhere(|world| {
        assert_eq!(world.env("LOCAL_CLUSTER_SECRET_WATCHER"), "true");
        let install = world.commands("install.sh");
        for index in world.steps(&["create-remote-secret"]) {
            let apply = format!("kubectl apply --context={} --filename=-", context(world.external()));
            assert!(install[index].ends_with(&apply), "{}", install[index]);
            assert!(install[index].contains(&format!("--namespace={} ", world.namespace())), "{}", install[index]);
        }
    });
}

#[test]
fn inv_23_istiod_reads_its_config_cluster_as_its_own_account() {
    everywhere(|world| {
        let account = format!("--service-account={}", world.revised("istiod"));
        let secret =
            world.step(&["--type=config", &context(world.config()), &account, "--create-service-account=false"]);
        // The account is there once the config cluster's part is installed.
        assert!(world.step(&["istioctl install", "remote-config-cluster.yaml"]) < secret);
        assert!(secret < world.step(&["istioctl install", "20-external-istiod.yaml"]));
        let uninstall = world.commands("uninstall.sh");
        assert!(uninstall.iter().any(|it| it.starts_with("kubectl delete secret istio-kubeconfig ")));
    });
}

#[test]
fn inv_24_remote_secrets_are_called_after_their_clusters() {
    everywhere(|world| {
        let secrets = world.steps(&["create-remote-secret", "--type=remote"]);
        assert_eq!(secrets.len(), world.remotes().len());
        let uninstall = world.commands("uninstall.sh");
        for remote in world.remotes() {
            let name = format!("--name={}", remote.name);
            world.step(&["create-remote-secret", "--type=remote", &context(remote), &name]);
            let delete = format!("kubectl delete secret istio-remote-secret-{} ", remote.name);
            assert!(uninstall.iter().any(|it| it.starts_with(&delete)), "{delete}");
        }
    });
}

#[test]
fn inv_25_secrets_carry_an_api_server_that_istiod_reaches() {
    everywhere(|world| {
        let install = world.commands("install.sh");
        for member in world.members() {
            let secret = &install[world.step(&["create-remote-secret", &context(member)])];
            let server = secret.split(" --server=").nth(1).and_then(|rest| rest.split(' ').next());
            // An IPv6 address has brackets, which mean something to a shell.
            let server = server.map(|server| server.trim_matches('\''));
            assert_eq!(server.unwrap_or_default(), member.api_server);
        }
    });
    assert!(case::file("kind").clusters.iter().filter(|cluster| !cluster.api_server.is_empty()).count() > 1);
    assert_eq!(problems("cluster2", Field::Platform, "kind"), [(Field::ApiServer, Kind::ApiServerOnLoopback)]);
    let unreachable = Kind::Text { rule: Rule::ServerUrl, fault: Fault::Unreachable };
    assert_eq!(problems("cluster2", Field::ApiServer, "https://127.0.0.1:6443"), [(Field::ApiServer, unreachable)]);
    // istiod's own cluster needs none: nobody makes a secret for it.
    assert_eq!(problems("external-cluster", Field::Platform, "kind"), []);
}

#[test]
fn inv_42_the_config_secret_is_not_a_second_cluster() {
    everywhere(|world| {
        let install = world.commands("install.sh");
        let config = &install[world.step(&["create-remote-secret", "--type=config"])];
        let parts: Vec<&str> = config.split(" | ").collect();
        assert_eq!(parts.len(), 3, "{config}");
        assert_eq!(parts[1], "kubectl label --local --filename=- istio/multiCluster- --output=yaml");
        for index in world.steps(&["create-remote-secret", "--type=remote"]) {
            assert!(!install[index].contains("kubectl label"), "istiod finds the others by that label");
        }
    });
}
