//! 0.11 and 0.12: the system namespace and the revision are one string each, wherever they stand.

use super::{everywhere, plane, preset, problems};
use crate::documents::{list, text};
use crate::world::{World, context};
use meshwright_core::draft::At;
use meshwright_core::field::Field;
use meshwright_core::problem::Kind;
use serde_json::Value;

/// Every operator file but that of the gateway that exposes istiod, which is elsewhere.
fn operators(world: &World) -> Vec<&Value> {
    let all = world.of_kind("IstioOperator").into_iter().map(|(_, operator)| operator);
    all.filter(|operator| text(operator, "/metadata/name") != "controlplane-gateway").collect()
}

#[test]
fn inv_11_the_system_namespace_is_one_string() {
    everywhere(|world| {
        let namespace = world.namespace();
        for operator in operators(world) {
            assert_eq!(text(operator, "/spec/values/global/istioNamespace"), namespace);
            let own = text(operator, "/metadata/namespace");
            assert!(own == namespace || own.is_empty(), "{own}");
            for gateways in ["ingressGateways", "egressGateways"] {
                for gateway in list(operator, &format!("/spec/components/{gateways}")) {
                    assert!(gateway.get("namespace").is_none_or(|own| own == namespace));
                }
            }
        }
        assert_eq!(text(world.istiod(), "/spec/meshConfig/rootNamespace"), namespace);
        let istiod = format!("{}.{namespace}.svc.cluster.local", world.revised("istiod"));
        for kind in ["Gateway", "VirtualService", "DestinationRule"] {
            for (_, object) in world.of_kind(kind).into_iter().filter(|(cluster, _)| *cluster == world.external().name)
            {
                assert_eq!(text(object, "/metadata/namespace"), namespace);
            }
        }
        let service = world.object(&world.external().name, "VirtualService", "external-istiod-vs");
        let route = if world.is_dns() { "/spec/http" } else { "/spec/tls" };
        for route in list(service, route) {
            assert_eq!(text(route, "/route/0/destination/host"), istiod);
        }
        for (_, rule) in world.of_kind("DestinationRule") {
            assert_eq!(text(rule, "/spec/host"), istiod);
        }
        // The gateway that exposes istiod is not in istiod's namespace.
        let gateway = world.object(&world.external().name, "IstioOperator", "controlplane-gateway");
        assert_eq!(text(gateway, "/metadata/namespace"), "istio-system");
        for command in world.commands("install.sh").iter().filter(|it| !it.contains("require_cluster")) {
            let namespaces = command.split(' ').filter_map(|word| word.strip_prefix("--namespace="));
            let sample = match world.draft.sample.namespace.as_str() {
                "" => "sample",
                own => own,
            };
            assert!(namespaces.into_iter().all(|own| own == namespace || own == sample), "{command}");
        }
    });
    for taken in ["istio-system", "kube-system"] {
        let kind = Kind::NamespaceTaken { namespace: taken.to_owned() };
        assert_eq!(problems("", Field::Namespace, taken), [(Field::Namespace, kind)]);
    }
}

#[test]
fn inv_12_the_revision_is_in_every_name_that_has_it() {
    everywhere(|world| {
        let revision = world.plane().revision.as_str();
        for operator in operators(world) {
            assert_eq!(text(operator, "/spec/revision"), revision, "{}", text(operator, "/metadata/name"));
        }
        for document in world.documents.iter().filter(|document| document.stem.ends_with("-values")) {
            assert_eq!(text(&document.value, "/revision"), revision);
        }
        // Elsewhere the overlay (0.37), the ConfigMaps (0.15, 0.16), the webhooks (0.14), istiod's
        // account (0.23), its certificate's name (0.43) and its host (0.11) are looked at.
        let (label, value) =
            if revision.is_empty() { ("istio-injection", "enabled") } else { ("istio.io/rev", revision) };
        let pointer = format!("/metadata/labels/{}", label.replace('/', "~1"));
        for (_, namespace) in world.of_kind("Namespace") {
            let sample = !["istio-system", world.namespace()].contains(&text(namespace, "/metadata/name"));
            assert_eq!(text(namespace, &pointer), if sample { value } else { "" });
        }
        let runbook = world.file("README.md");
        let said = |member: &str| runbook.contains(&format!("\n| {member} | `{label}={value}` |\n"));
        assert!(world.members().iter().all(|member| said(&member.name)), "{runbook}");
        let pod =
            if revision.is_empty() { "sidecar.istio.io/inject=true".to_owned() } else { format!("{label}={value}") };
        for member in world.members() {
            world.step(&["await_injection", &context(member), world.namespace(), &pod]);
        }
        let verify = world.commands("verify.sh");
        let istiod = format!("deployment/{} ", world.revised("istiod"));
        assert!(verify.iter().any(|it| it.contains(&istiod)), "{istiod}");
        for synced in verify.iter().filter(|it| it.contains(" synced ")) {
            assert_eq!(synced.contains(&format!(" --revision={revision}")), !revision.is_empty(), "{synced}");
        }
    });
    let mut draft = preset();
    let at = At { field: Field::Revision, key: plane(&draft) };
    draft.set_text(at, "default".to_owned());
    assert_eq!(super::found(&draft), [(Field::Revision, Kind::RevisionDefault)]);
}
