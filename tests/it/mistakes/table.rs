//! The mistakes, and those that are not looked for.

use super::Mistake;
use super::made::Made;
use crate::documents::{self, list, text};
use serde_json::Value;
use std::collections::BTreeSet;

/// Those that no bundle could have, and why.
pub(super) const WITHOUT: [(&str, &str); 8] = [
    ("0-16", "It is about the names of files and variables; `tests/it/reference` pairs theirs with ours."),
    ("1-7", "A command of the page is missing; every step of install.sh waits for what it made, see invariant 38."),
    ("1-8", "A command of the page is missing; verify.sh looks for the pods."),
    ("1-10", "A command of the page is missing; `tests/it/scripts/uninstall.rs` has all that is removed."),
    ("1-11", "A table of the page is missing."),
    ("1-17", "It is about the page's layout; shellcheck and bash read every script."),
    ("4-7", "Output is missing from the page."),
    ("4-11", "It is no mistake."),
];

macro_rules! mistakes {
    ($($numbers:literal $from:literal => $to:literal $made:expr)*) => {
        pub(super) const ALL: &[Mistake] = &[$(Mistake { numbers: $numbers, made: $made, edit: ($from, $to) }),*];
    };
}

mistakes! {
    "0-1" "export CTX_CLUSTER1=" => "export CTX_CLUSTER1 = "
        |made| made.commands.iter().any(|it| it.starts_with("export ") && it.contains(" = "))
    "0-2 4-1" "kubectl apply --context" => "cat <<EOF | kubectl apply --context" |made| made.says("<<")
    "0-3" "validationURL: https://myhost.example.com" => "validationURL: https://REMOTE_ISTIOD_ADDR" another_host
    "0-4" "    defaultConfig:\n" => "    defaultConfig:\n      rootNamespace: external-istiod\n"
        |made| made.values().any(|it| it.pointer("/spec/meshConfig/defaultConfig/rootNamespace").is_some())
    "0-5" "/inject/cluster/cluster1/net/network1" => "/inject"
        |made| made.injections().any(|(_, path)| !path.contains("/inject/cluster/") || !path.contains("/net/"))
    "0-6 1-15" "        - name: CLUSTER_ID\n          value: cluster1\n" => "" istiod_without_a_name
    "0-7 1-2 1-3" "              name: inject-volume\n              configMap" => "              configMap" volumes_missing
    "0-8" "kind: Namespace\nmetadata:\n  name: external-istiod" => "kind: Namespace\nmetadata:\n  name: another" namespace_missing
    "0-9" "require_tls_secret \"" => "true \"" |made| gateways(made).any(|tls| {
        let secret = text(tls, "/credentialName");
        !secret.is_empty() && !made.commands.iter().any(|it| it.starts_with("require_tls_secret ") && it.contains(secret))
    })
    "0-10" "  components:\n    pilot:\n" => "  components:\n    istiodRemote:\n      enabled: true\n    pilot:\n"
        |made| made.values().any(|it| it.pointer("/spec/components/istiodRemote").is_some())
    "0-11 1-14" " --service-account=istiod" => "" |made| made.says("istioctl x ") || made.commands.iter().any(|it| {
        it.contains("create-remote-secret") && it.contains("--type=config") && !it.contains("--service-account=istiod")
    })
    "0-12 2-2" "--service-account=istiod" => "--service-account=istiod-service-account"
        |made| made.files.values().any(|it| it.contains("istiod-service-account"))
    "0-13" "istio-injection: enabled" => "name: sample" sample_outside_of_the_mesh
    "0-14 2-3" "kind: DestinationRule" => "kind: VirtualService\n---\napiVersion: networking.istio.io/v1alpha3\nkind: DestinationRule" |made| {
        let versions = made.values().map(|it| text(it, "/apiVersion")).filter(|it| it.starts_with("networking."));
        versions.collect::<BTreeSet<_>>().len() > 1
    }
    "0-15" "istioctl install" => "istioctl apply" |made| made.says("istioctl apply")
    "1-1 4-2 4-3" "spec:\n  profile: empty\n" => "profile: empty\n" no_object
    "1-4" "    istiodRemote:\n" => "    another:\n" |made| {
        let remotes = made.planes().flat_map(|plane| &plane.remote_clusters).map(|it| made.cluster(it));
        remotes.into_iter().any(|name| !made.injections().any(|(document, _)| document.cluster == name))
    }
    "1-5 1-6 2-4 10.11" "kubectl apply --context" => "sed -i s/x/y/ file\nkubectl apply --context"
        |made| made.commands.iter().any(|it| it.starts_with("sed ") || it.contains("| sed "))
            || made.files.values().any(|it| it.ends_with("---\n"))
    "1-9 4-5" "--filename=-\n" => "--filename=\n" |made| made.commands.iter().any(|it| {
        let apply = it.split_once("kubectl apply ").map(|(_, rest)| rest);
        apply.is_some_and(|rest| !rest.split(' ').any(|word| word.len() > 11 && word.starts_with("--filename=")))
    })
    "1-12" "/net/network1" => "/net/``network1``"
        |made| made.injections().any(|(_, path)| path.contains(|c: char| !c.is_ascii_alphanumeric() && !"-_./:[]".contains(c)))
    "1-13" "profile: remote" => "profile: external"
        |made| made.values().any(|it| text(it, "/spec/profile") == if made.minor() > 15 { "external" } else { "remote" })
    "1-16 2-5 4-4 4-9 10.12" "istioctl manifest generate " => "gen-eastwest-gateway.sh --mesh mesh1 --cluster cluster1 "
        |made| made.says("gen-eastwest-gateway") || made.says(" --mesh")
    "2-1" "# Home of" => "# The istiodâ€™s home of" |made| made.files.values().any(|it| it.contains("â€"))
    "2-6" "istioctl install --context=\"${CTX_CLUSTER1}\" --filename" => "istioctl manifest generate --filename" generated_control_plane
    "2-7" "istioctl uninstall" => "istioctl uninstall --purge" |made| made.says("--purge")
    "2-8" "helm uninstall istio-egressgateway" => "helm status istio-egressgateway" |made| {
        let installed = made.commands.iter().filter_map(|it| it.strip_prefix("helm upgrade --install ")?.split(' ').next());
        installed.into_iter().any(|name| !made.says(&format!("helm uninstall {name} ")))
    }
    "2-9" "    topology.istio.io/network: network1" => "    name: network1" |made| made.planes().any(|plane| {
        std::iter::once(&plane.config_cluster).chain(&plane.remote_clusters).any(|it| {
            let cluster = made.cluster(it);
            let namespace = made.namespace(cluster, &plane.namespace);
            namespace.is_none_or(|it| text(it, "/metadata/labels/topology.istio.io~1network").is_empty())
        })
    })
    "2-10" "mode: PASSTHROUGH" => "mode: PASSTHROUGH\n      credentialName: NONE"
        |made| gateways(made).any(|tls| text(tls, "/mode") == "PASSTHROUGH" && tls.get("credentialName").is_some())
    "2-11" "  name: external-istiod\n  namespace: external-istiod\nspec:\n  profile" => "  namespace: external-istiod\nspec:\n  profile"
        |made| {
            let owner = |it: &documents::Document| {
                [&it.cluster, text(&it.value, "/metadata/namespace"), text(&it.value, "/metadata/name")].join(" ")
            };
            let all: Vec<String> = made.kind("IstioOperator").map(owner).collect();
            all.iter().any(|it| it.ends_with(' ')) || all.iter().collect::<BTreeSet<_>>().len() < all.len()
        }
    "2-12 10.13" "        credentialName: external-istiod-ca\n" => "" |made| {
        let rules = made.kind("DestinationRule").flat_map(|it| list(&it.value, "/spec/trafficPolicy/portLevelSettings"));
        rules.into_iter().any(|port| {
            let verified = port.pointer("/tls/credentialName").is_some() && port.pointer("/tls/subjectAltNames").is_some();
            text(port, "/tls/mode") == "SIMPLE" && !verified && port.pointer("/tls/insecureSkipVerify").is_none()
        })
    }
    "4-6" "topology.istio.io/controlPlaneClusters" => "topology.istio.io/another" |made| made.planes().any(|plane| {
        let key = "/metadata/annotations/topology.istio.io~1controlPlaneClusters";
        plane.remote_clusters.iter().any(|it| {
            let namespace = made.namespace(made.cluster(it), &plane.namespace);
            namespace.is_none_or(|it| text(it, key) != made.cluster(&plane.config_cluster))
        })
    })
    "4-8" "externalIstiod: true" => "externalIstiod: false" |made| {
        let mut serving = made.planes().filter(|plane| plane.is_primary() && !plane.remote_clusters.is_empty());
        serving.any(|plane| {
            let home = made.cluster(&plane.cluster);
            let mut own = made.documents.iter().filter(|it| it.cluster == home);
            !own.any(|it| {
                let on = ["/spec/values/global/externalIstiod", "/global/externalIstiod"];
                on.iter().any(|place| it.value.pointer(place) == Some(&Value::Bool(true)))
                    || text(&it.value, "/spec/values/pilot/env/EXTERNAL_ISTIOD") == "true"
            })
        })
    }
    "4-10" "hostname" => "name" |made| {
        let install = &made.files["install.sh"];
        made.says("discover_address ") && !install.contains(".hostname")
    }
    "10.8" "install.istio.io" => "insall.istio.io"
        |made| made.kind("IstioOperator").any(|it| text(&it.value, "/apiVersion") != "install.istio.io/v1alpha1")
    "10.9" "kubectl apply --context=\"${CTX_CLUSTER1}\"" => "kubectl apply" |made| made.commands.iter().any(|it| {
        let parts = it.split('|').map(str::trim).filter(|part| part.starts_with("kubectl ") && !part.contains("--local"));
        parts.into_iter().any(|part| !part.contains("--context="))
    })
    "10.10" "helm uninstall istiod " => "helm uninstall istiod-remote "
        |made| made.says("istiod-remote") || made.values().any(|it| text(it, "/spec/type") == "ExternalName")
    "10.14" "--skip-schema-validation" => "--wait" |made| (21..=25).contains(&made.minor()) && made.commands.iter().any(|it| {
        it.starts_with("helm upgrade --install ") && it.contains(" gateway ") && !it.contains("--skip-schema-validation")
    })
    "10.15" "    global:\n" => "    global:\n      configCluster: true\n" |made| {
        let configs: BTreeSet<&str> =
            made.planes().filter(|it| !it.is_primary()).map(|it| made.cluster(&it.config_cluster)).collect();
        made.documents.iter().any(|it| {
            let places = ["/spec/values/global/configCluster", "/global/configCluster"];
            places.iter().any(|place| it.value.pointer(place).is_some()) && !configs.contains(it.cluster.as_str())
        })
    }
}

/// The TLS settings of every gateway's ports.
fn gateways(made: &Made) -> impl Iterator<Item = &Value> {
    made.kind("Gateway").flat_map(|it| list(&it.value, "/spec/servers")).filter_map(|server| server.get("tls"))
}

fn host(url: &str) -> &str {
    let rest = url.strip_prefix("https://").unwrap_or(url);
    rest.split('/').next().unwrap_or(rest).rsplit_once(':').map_or(rest, |(host, _)| host)
}

/// An address of istiod's that nobody else has.
fn another_host(made: &Made) -> bool {
    let hosts: BTreeSet<&str> = made.planes().map(|plane| plane.address.host.as_str()).collect();
    let urls = ["/spec/values/istiodRemote/injectionURL", "/spec/values/base/validationURL"];
    let found = made.values().flat_map(|it| urls.map(|url| text(it, url)));
    found.into_iter().any(|url| !url.is_empty() && !hosts.contains(host(url)))
}

fn istiod_without_a_name(made: &Made) -> bool {
    made.external_istiods().any(|it| {
        let named = list(it, "/spec/components/pilot/k8s/env").iter().any(|env| text(env, "/name") == "CLUSTER_ID");
        let global = ["meshID", "multiCluster/clusterName", "network"];
        !named || global.iter().any(|key| text(it, &format!("/spec/values/global/{key}")).is_empty())
    })
}

fn volumes_missing(made: &Made) -> bool {
    made.external_istiods().any(|it| {
        let mut found: Vec<(bool, Option<String>)> = Vec::new();
        for patch in list(it, "/spec/components/pilot/k8s/overlays/0/patches") {
            let value = documents::parse(text(patch, "/value")).unwrap_or_default();
            let name = value.first().map(|value| text(value, "/name").to_owned());
            found.push((text(patch, "/path").contains("volumeMounts"), name));
        }
        let wanted = |mount: bool| ["config-volume", "inject-volume"].map(|name| (mount, Some(name.to_owned())));
        found != [wanted(false), wanted(true)].concat()
    })
}

/// Something is put into a namespace that nobody has made before.
fn namespace_missing(made: &Made) -> bool {
    let mut there: BTreeSet<(&str, &str)> = BTreeSet::new();
    made.documents.iter().any(|it| {
        let cluster = it.cluster.as_str();
        if text(&it.value, "/kind") == "Namespace" {
            there.insert((cluster, text(&it.value, "/metadata/name")));
        }
        let namespace = text(&it.value, "/metadata/namespace");
        !namespace.is_empty() && !there.contains(&(cluster, namespace))
    })
}

fn sample_outside_of_the_mesh(made: &Made) -> bool {
    made.commands.iter().filter(|it| it.starts_with("kubectl apply ") && it.contains("-helloworld.yaml")).any(|it| {
        let word = |start: &str| it.split(' ').find_map(|word| word.strip_prefix(start)).unwrap_or_default();
        let cluster = word("--filename=").split('/').next().unwrap_or_default();
        let labels = made.namespace(cluster, word("--namespace=")).and_then(|it| it.pointer("/metadata/labels"));
        let labels = labels.cloned().unwrap_or_default();
        labels.get("istio-injection").is_none() && labels.get("istio.io/rev").is_none()
    })
}

/// A manifest that is none, or an operator with its fields at the top.
fn no_object(made: &Made) -> bool {
    made.broken
        || made.documents.iter().filter(|it| !it.stem.contains("-values")).any(|it| {
            let keys = it.value.as_object().map(|it| it.keys().map(String::as_str).collect::<BTreeSet<_>>());
            let keys = keys.unwrap_or_default();
            let whole = keys.contains("apiVersion") && keys.contains("kind");
            let known = ["apiVersion", "kind", "metadata", "spec"];
            !whole || (text(&it.value, "/kind") == "IstioOperator" && keys.iter().any(|key| !known.contains(key)))
        })
}

/// A control plane that istioctl does not look after.
fn generated_control_plane(made: &Made) -> bool {
    made.commands.iter().filter_map(|it| it.split_once("istioctl manifest generate ")).any(|(_, rest)| {
        let file = rest.split([' ', '"']).find_map(|word| word.strip_prefix("--filename=")).unwrap_or_default();
        let manifest = made.files.get(file).and_then(|text| documents::parse(text).ok()).unwrap_or_default();
        let gateway = |it: &Value| {
            ["ingressGateways", "egressGateways"]
                .iter()
                .any(|key| it.pointer(&format!("/spec/components/{key}")).is_some())
        };
        !manifest.iter().all(gateway)
    })
}
