//! What the guides of `OpenShift` Service Mesh 3 (chapter 3 of guide-errors.md) and of Sail (matrix.md, section 10)
//! have wrong is not repeated: a test for each number.

use crate::commands;
use crate::documents::{self, Document, text};
use crate::{case, sail};
use meshwright_core::bundle::Bundle;
use meshwright_core::draft::Draft;
use meshwright_core::preset::Preset;
use serde_json::Value;

fn bundle() -> Bundle {
    case::output(&Preset::OpenShiftExternalControlPlane.draft()).bundle
}

fn documents() -> Vec<Document> {
    documents::of(&bundle())
}

/// The resource of the istiod outside of its mesh, and that of what leads to it.
fn both() -> [Value; 2] {
    let all = documents();
    ["empty", "remote"].map(|profile| {
        let mut found = sail::resources(&all).filter(|it| it.value["spec"]["profile"] == profile);
        found.next().unwrap().value.clone()
    })
}

fn values() -> [Value; 2] {
    both().map(|istio| istio["spec"]["values"].clone())
}

fn install() -> Vec<String> {
    commands::of(&bundle().file("install.sh").unwrap().text)
}

fn place(commands: &[String], parts: &[&str]) -> usize {
    let has = |command: &String| parts.iter().all(|part| command.contains(part));
    commands.iter().position(has).unwrap_or_else(|| panic!("{parts:?} is not in {commands:#?}"))
}

/// Of all bundles that the operator could install.
fn everywhere(test: impl Fn(&Draft, &Bundle, &[Document])) {
    for case in sail::cases() {
        println!("case {}", case.name);
        let bundle = case::output(&case.draft).bundle;
        test(&case.draft, &bundle, &documents::of(&bundle));
    }
}

#[test]
fn guide_3_1_and_10_1_values_stand_below_spec_values() {
    everywhere(|_, _, documents| {
        for document in sail::resources(documents) {
            let known = ["version", "namespace", "profile", "values"];
            assert!(document.value["spec"].as_object().unwrap().keys().all(|key| known.contains(&key.as_str())));
        }
    });
}

#[test]
fn guide_3_2_the_remote_clusters_name_is_one() {
    let [istiod, remote] = values();
    assert_eq!(istiod["global"]["multiCluster"]["clusterName"], "cluster2");
    assert_eq!(remote["istiodRemote"]["injectionPath"], "/inject/cluster/cluster2/net/network1");
    assert!(documents().iter().all(|it| it.cluster == "cluster1" || it.cluster == "cluster2"));
}

#[test]
fn guide_3_3_and_10_2_a_file_is_one_resource() {
    everywhere(|_, bundle, _| {
        for file in bundle.files.iter().filter(|file| file.text.contains("sailoperator.io/")) {
            if documents::place(&file.path).is_some() {
                assert_eq!(documents::parse(&file.text).unwrap().len(), 1, "{}", file.path);
            }
        }
    });
}

#[test]
fn guide_3_4_istiod_remote_is_not_below_pilot() {
    everywhere(|_, _, documents| {
        assert!(sail::resources(documents).all(|it| it.value.pointer("/spec/values/pilot/istiodRemote").is_none()));
    });
}

#[test]
fn guide_3_5_istiod_makes_no_webhooks_on_its_own_cluster() {
    assert_eq!(values()[0]["global"]["operatorManageWebhooks"], true);
    assert_eq!(values()[0]["global"]["configValidation"], false);
}

#[test]
fn guide_3_6_and_3_15_every_command_is_whole() {
    let install = install();
    let programs = ["kubectl ", "istioctl ", "helm "];
    assert!(install.iter().all(|command| !command.starts_with('-') && !command.starts_with("EOF")));
    assert!(install.iter().filter(|it| it.starts_with("kubectl apply ")).all(|it| it.contains(" --filename=")));
    assert!(programs.iter().all(|program| install.iter().any(|command| command.starts_with(program))));
}

/// The sample Service of the operator has no address; the chart's is a load balancer's.
#[test]
fn guide_3_7_and_3_8_the_ingress_gateway_has_an_address() {
    let gateway = place(&install(), &["helm upgrade --install istio-ingressgateway ", "\"${CTX_CLUSTER2}\""]);
    assert!(install()[gateway + 1].starts_with("kubectl rollout status deployment/istio-ingressgateway "));
    let values =
        documents().into_iter().find(|it| it.cluster == "cluster2" && it.stem == "istio-ingressgateway-values");
    assert_eq!(values.unwrap().value, serde_json::json!({"revision": "external-istiod"}));
    let verify = commands::of(&bundle().file("verify.sh").unwrap().text);
    place(&verify, &["ingress_answers \"${CTX_CLUSTER2}\" external-istiod istio-ingressgateway"]);
}

#[test]
fn guide_3_9_and_10_5_the_shared_mesh_configuration_is_the_revisions_own() {
    assert_eq!(values()[0]["pilot"]["env"]["SHARED_MESH_CONFIG"], "istio-external-istiod");
    assert_eq!(values()[1]["pilot"]["configMap"], true);
}

#[test]
fn guide_3_10_and_10_5_cluster_id_is_the_charts_own() {
    everywhere(|_, _, documents| {
        assert!(sail::resources(documents).all(|it| it.value.pointer("/spec/values/pilot/env/CLUSTER_ID").is_none()));
    });
}

#[test]
fn guide_3_11_no_account_that_nobody_uses() {
    assert!(bundle().files.iter().all(|file| !file.text.contains("istiod-service-account")));
}

/// The account is there once the charts are installed; `Ready` would wait for an istiod that has no secret yet.
#[test]
fn guide_3_12_the_account_is_there_before_its_secret() {
    let install = install();
    let applied = place(&install, &["cluster2/", "istio-external-istiod.yaml", "kubectl apply"]);
    let waits = place(&install, &["kubectl wait istios/external-istiod --context=\"${CTX_CLUSTER2}\"", "=Reconciled "]);
    let secret = place(&install, &["--type=config", "--service-account=istiod-external-istiod"]);
    let istiod = place(&install, &["kubectl wait istios/external-istiod --context=\"${CTX_CLUSTER1}\"", "=Ready "]);
    assert!(applied < waits && waits < secret && secret < istiod);
}

#[test]
fn guide_3_13_and_10_5_nothing_is_taken_from_a_branch_or_of_another_release() {
    everywhere(|draft, bundle, documents| {
        for file in &bundle.files {
            let loose = ["githubusercontent", "/main/", "/master/", "proxyv2", "docs/multicluster"];
            assert!(loose.iter().all(|word| !file.text.contains(word)), "{}", file.path);
        }
        for document in sail::resources(documents) {
            assert_eq!(text(&document.value, "/spec/version"), format!("v{}", draft.version));
        }
        let install = commands::of(&bundle.file("install.sh").unwrap().text);
        for release in install.iter().filter(|it| it.starts_with("helm upgrade ")) {
            assert!(release.contains(&format!(" --version={} ", draft.version)), "{release}");
        }
    });
}

#[test]
fn guide_3_14_a_host_name_becomes_an_address() {
    let discovered = place(&install(), &["EXTERNAL_ISTIOD_ADDR=\"$(discover_address \"${CTX_CLUSTER1}\""]);
    let used = place(&install(), &["remotePilotAddress", "${EXTERNAL_ISTIOD_ADDR}"]);
    assert!(discovered < used);
}

#[test]
fn guide_3_16_no_default_revision_that_the_operator_overwrites() {
    everywhere(|_, _, documents| {
        assert!(sail::resources(documents).all(|it| it.value.pointer("/spec/values/defaultRevision").is_none()));
    });
}

/// On `OpenShift` the clusters of the mesh have it, and that of an istiod outside of its mesh does not need it.
#[test]
fn guide_3_17_the_cni_plugin_is_where_the_meshs_pods_are() {
    everywhere(|draft, _, documents| {
        for cluster in &draft.clusters {
            let has = documents.iter().any(|it| it.cluster == cluster.name && it.value["kind"] == "IstioCNI");
            assert_eq!(has, cluster.platform == "openshift" && !cluster.network.is_empty(), "{}", cluster.name);
        }
    });
}

#[test]
fn guide_10_3_a_clusters_secret_is_called_what_its_pods_are_told() {
    everywhere(|_, bundle, documents| {
        let install = commands::of(&bundle.file("install.sh").unwrap().text);
        for document in sail::resources(documents) {
            let path = text(&document.value, "/spec/values/istiodRemote/injectionPath");
            if let Some(rest) = path.strip_prefix("/inject/cluster/") {
                let name = rest.split('/').next().unwrap();
                assert_eq!(name, document.cluster);
                let has = |command: &String| command.contains(&format!(" --name={name} "));
                let config = document.value.pointer("/spec/values/global/configCluster").is_some();
                assert!(config || install.iter().any(has), "{name}");
            }
        }
    });
}

#[test]
fn guide_10_4_a_namespaces_network_is_its_clusters() {
    everywhere(|draft, _, documents| {
        for document in documents.iter().filter(|it| it.value["kind"] == "Namespace") {
            let network = text(&document.value, "/metadata/labels/topology.istio.io~1network");
            let cluster = draft.clusters.iter().find(|it| it.name == document.cluster).unwrap();
            assert!(network.is_empty() || network == cluster.network, "{}", document.cluster);
        }
    });
}

/// A namespace that is removed first takes the accounts with it that the operator's removal needs.
#[test]
fn guide_10_6_resources_go_before_namespaces() {
    everywhere(|draft, bundle, documents| {
        let uninstall = commands::of(&bundle.file("uninstall.sh").unwrap().text);
        for document in sail::resources(documents) {
            let (cluster, kind) = (&document.cluster, text(&document.value, "/kind"));
            let context = crate::world::context(draft.clusters.iter().find(|it| it.name == *cluster).unwrap());
            let namespace = text(&document.value, "/spec/namespace");
            let file = format!("-{}.yaml", document.stem);
            let gone = place(&uninstall, &["kubectl delete", &context, &format!("={cluster}/"), &file]);
            let home = uninstall
                .iter()
                .position(|it| it.starts_with("remove_") && it.ends_with(&format!("namespace {context} {namespace}")));
            assert!(gone < home.unwrap_or_else(|| panic!("{namespace} stays")), "{kind} on {cluster}");
        }
    });
}
