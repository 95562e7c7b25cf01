//! 0.26 to 0.28 and 0.38: networks, and the gateways between them.

use super::{everywhere, found, key, preset};
use crate::documents::{list, text};
use crate::world::{World, context};
use meshwright_core::draft::{At, Cluster};
use meshwright_core::field::Field;
use meshwright_core::problem::Kind;
use serde_json::Value;

const LABEL: &str = "topology.istio.io~1network";

fn has_east_west(cluster: &Cluster) -> bool {
    !matches!(cluster.east_west.as_str(), "" | "none")
}

/// The east-west gateway of a member: an operator file, or a chart's values.
fn east_west<'a>(world: &'a World, member: &Cluster) -> &'a Value {
    if member.east_west == "istioctl" {
        return world.object(&member.name, "IstioOperator", "eastwest");
    }
    let values =
        |it: &&crate::documents::Document| it.cluster == member.name && it.stem == "istio-eastwestgateway-values";
    &world.documents.iter().find(values).unwrap().value
}

#[test]
fn inv_26_a_network_has_one_name_everywhere() {
    everywhere(|world| {
        for member in world.members() {
            let namespace = world.object(&member.name, "Namespace", world.namespace());
            assert_eq!(text(namespace, &format!("/metadata/labels/{LABEL}")), member.network);
            if member.east_west == "istioctl" {
                let operator = east_west(world, member);
                let gateway = "/spec/components/ingressGateways/0";
                assert_eq!(text(operator, &format!("{gateway}/label/{LABEL}")), member.network);
                assert_eq!(text(operator, &format!("{gateway}/k8s/env/0/name")), "ISTIO_META_REQUESTED_NETWORK_VIEW");
                assert_eq!(text(operator, &format!("{gateway}/k8s/env/0/value")), member.network);
                assert_eq!(text(operator, "/spec/values/global/network"), member.network);
            } else if has_east_west(member) {
                assert_eq!(text(east_west(world, member), "/networkGateway"), member.network);
            }
            // verify.sh looks whether pods are told so.
            let injected = format!("{} {}", member.name, member.network);
            let verify = world.commands("verify.sh");
            let looks = |it: &&String| it.contains(" injected ") && it.contains(&context(member));
            assert_eq!(verify.iter().filter(looks).filter(|it| it.ends_with(&injected)).count(), 1);
        }
        assert_eq!(text(world.istiod(), "/spec/values/global/network"), world.config().network);
        let outside = world.object(&world.external().name, "Namespace", world.namespace());
        assert_eq!(outside.pointer("/metadata/labels"), None);
    });
}

#[test]
fn inv_27_one_east_west_gateway_for_each_network() {
    everywhere(|world| {
        let gateways = world.members().into_iter().filter(|it| has_east_west(it)).count();
        let config = &world.config().name;
        let exposed: Vec<_> = world
            .of_kind("Gateway")
            .into_iter()
            .filter(|(_, it)| text(it, "/metadata/name") == "cross-network-gateway")
            .collect();
        assert_eq!(exposed.len(), usize::from(gateways > 0));
        assert!(exposed.iter().all(|(cluster, _)| cluster == config), "once, on the config cluster");
        for (_, gateway) in exposed {
            assert_eq!(gateway.pointer("/spec/servers/0/hosts"), Some(&serde_json::json!(["*.local"])));
            assert_eq!(text(gateway, "/spec/servers/0/tls/mode"), "AUTO_PASSTHROUGH");
            world.step(&[
                "kubectl apply",
                &context(world.config()),
                &format!("--namespace={}", world.namespace()),
                "expose-services.yaml",
            ]);
        }
        // istiod is exposed by its own gateway, and by no east-west one.
        assert!(world.documents.iter().all(|document| !document.stem.contains("expose-istiod")));
    });
    let change = |changes: &[(&str, Field, &str)]| {
        let mut draft = preset();
        for (cluster, field, text) in changes {
            let key = key(&draft, cluster);
            draft.set_text(At { field: *field, key }, (*text).to_owned());
        }
        found(&draft)
    };
    let none = Kind::NoEastWestGateway { network: "network2".to_owned() };
    assert_eq!(change(&[("cluster2", Field::EastWestGateway, "none")]), [(Field::EastWestGateway, none)]);
    let several = Kind::SeveralEastWestGateways { network: "network1".to_owned() };
    assert_eq!(change(&[("cluster2", Field::Network, "network1")]), [(Field::EastWestGateway, several)]);
    let one = [("cluster2", Field::Network, "network1"), ("cluster2", Field::EastWestGateway, "none")];
    assert_eq!(change(&one), []);
}

#[test]
fn inv_28_the_exposed_gateways_are_the_ones_selected() {
    everywhere(|world| {
        for (_, gateway) in world.of_kind("Gateway") {
            if text(gateway, "/metadata/name") == "cross-network-gateway" {
                assert_eq!(text(gateway, "/spec/selector/istio"), "eastwestgateway");
            }
        }
        for member in world.members().into_iter().filter(|it| has_east_west(it)) {
            let gateway = east_west(world, member);
            if member.east_west == "istioctl" {
                let label = "/spec/components/ingressGateways/0/label/istio";
                assert_eq!(text(gateway, label), "eastwestgateway");
                assert_eq!(text(gateway, "/spec/components/ingressGateways/0/name"), "istio-eastwestgateway");
            } else {
                // The chart makes the label of the name without its `istio-`.
                assert_eq!(text(gateway, "/name"), "istio-eastwestgateway");
                world.step(&["helm upgrade --install istio-eastwestgateway gateway", &context(member)]);
            }
        }
    });
}

#[test]
fn inv_38_gateways_come_after_the_injector_answers() {
    everywhere(|world| {
        for member in world.members() {
            let on = context(member);
            let answers = world.step(&["await_injection", &on]);
            let gateways = ["istio-ingressgateway", "istio-egressgateway", "eastwestgateway", "eastwest-gateway"];
            let commands = world.commands("install.sh");
            for (at, command) in commands.iter().enumerate().filter(|(_, it)| it.contains(&on)) {
                let installs = command.starts_with("helm ") || command.contains("manifest generate");
                assert!(!installs || at > answers, "{command}");
                assert!(!installs || gateways.iter().any(|it| command.contains(it)), "{command}");
            }
        }
        // Their image is the injector's: `auto`, from the template for pods that are proxies themselves.
        for (_, operator) in world.of_kind("IstioOperator") {
            for kind in ["ingressGateways", "egressGateways"] {
                let gateways = list(operator, &format!("/spec/components/{kind}"));
                if gateways.is_empty() || text(operator, "/metadata/name") == "controlplane-gateway" {
                    continue;
                }
                let chart = if kind == "egressGateways" { "istio-egressgateway" } else { "istio-ingressgateway" };
                let template = format!("/spec/values/gateways/{chart}/injectionTemplate");
                assert_eq!(text(operator, &template), "gateway");
            }
        }
    });
}
