//! 0.41: what has to be there before what, in the plan and in install.sh alike.

use super::everywhere;
use crate::documents;
use crate::world::{World, context};
use meshwright_core::plan::{Action, Step};

/// Index of the only step that `is` the one meant.
fn only(world: &World, what: &str, is: impl Fn(&Step) -> bool) -> usize {
    let steps = &world.output.plan.steps;
    let found: Vec<usize> = (0..steps.len()).filter(|&index| is(&steps[index])).collect();
    assert_eq!(found.len(), 1, "{what}: {found:?}");
    found[0]
}

fn applies(step: &Step, file: &str) -> bool {
    let manifest = step.action.manifest();
    manifest.and_then(|manifest| documents::place(&manifest.path)).is_some_and(|(_, stem)| stem == file)
}

fn on(step: &Step, cluster: &str) -> bool {
    step.cluster.name.as_str() == cluster
}

#[test]
fn inv_41_steps_come_in_order() {
    everywhere(|world| {
        let system = format!("namespace-{}", world.namespace());
        let (external, config) = (world.external().name.as_str(), world.config().name.as_str());
        let file = |cluster: &str, file: &str| only(world, file, |step| on(step, cluster) && applies(step, file));
        let action = |what: &str, is: fn(&Action) -> bool| only(world, what, |step| is(&step.action));
        let injected = |cluster: &str| {
            only(world, "injection", |step| on(step, cluster) && matches!(step.action, Action::Injection { .. }))
        };
        let mut order = vec![
            ("gateway's namespace", file(external, "namespace-istio-system")),
            ("gateway", file(external, "controlplane-gateway")),
            (
                "gateway's address",
                only(world, "address", |it| on(it, external) && matches!(it.action, Action::Address { .. })),
            ),
        ];
        if world.is_dns() {
            order.push(("TLS secret", action("TLS secret", |it| matches!(it, Action::TlsSecret { .. }))));
        }
        order.extend([
            ("config cluster's namespace", file(config, &system)),
            ("config cluster's part, with istiod's account", file(config, "remote-config-cluster")),
            ("istiod's namespace", file(external, &system)),
            ("config secret", action("config secret", |it| matches!(it, Action::ConfigSecret { .. }))),
            ("istiod", file(external, "external-istiod")),
        ]);
        if world.is_dns() && world.address().gateway_trust.is_empty() {
            order.push(("CA", action("CA", |it| matches!(it, Action::MeshCa { .. }))));
        }
        order.push(("routes", file(external, "external-istiod-gw")));
        order.push(("injection on the config cluster", injected(config)));
        for remote in world.remotes() {
            let secret = only(
                world,
                "remote secret",
                |step| matches!(&step.action, Action::RemoteSecret { from, .. } if from.name.as_str() == remote.name),
            );
            order.extend([
                ("remote's namespace, annotated", file(&remote.name, &system)),
                (
                    "remote's part",
                    only(world, "part", |it| on(it, &remote.name) && matches!(it.action, Action::Install { .. })),
                ),
                ("remote secret", secret),
                ("injection on the remote", injected(&remote.name)),
            ]);
        }
        let later = world.output.plan.steps.iter().enumerate().filter(|(_, step)| {
            matches!(step.action, Action::Generate { .. } | Action::Release { .. })
                || applies(step, "expose-services")
                || applies(step, "helloworld")
                || applies(step, "curl")
        });
        order.extend(later.map(|(index, _)| ("gateways, then the sample", index)).take(1));
        assert!(order.is_sorted_by(|(_, before), (_, after)| before < after), "{order:#?}");
    });
}

/// install.sh runs the steps of the plan, all of them, in their order.
#[test]
fn inv_41_install_sh_is_the_plan() {
    everywhere(|world| {
        let commands = world.commands("install.sh");
        let headings: Vec<&String> = commands.iter().filter(|it| it.starts_with("step ")).collect();
        let steps = &world.output.plan.steps;
        assert_eq!(headings.len(), steps.len());
        for (index, (heading, step)) in headings.iter().zip(steps).enumerate() {
            assert!(heading.starts_with(&format!("step {} {} ", index + 1, step.cluster.name)), "{heading}");
            let at = commands.iter().position(|it| it == *heading).unwrap();
            let end = commands[at + 1..]
                .iter()
                .position(|it| it.starts_with("step "))
                .map_or(commands.len(), |it| at + 1 + it);
            let body = &commands[at + 1..end];
            assert!(!body.is_empty(), "{heading} does nothing");
            if let Some(manifest) = step.action.manifest() {
                assert!(body[0].contains(&manifest.path), "{heading}: {body:?}");
                let cluster = world.draft.clusters.iter().find(|it| it.name == step.cluster.name.as_str()).unwrap();
                assert!(body[0].contains(&context(cluster)), "{heading}: {body:?}");
            }
        }
    });
}

/// uninstall.sh takes back what install.sh did, last first.
#[test]
fn inv_41_uninstall_sh_is_the_plan_backwards() {
    everywhere(|world| {
        let commands = world.commands("uninstall.sh");
        let mut before = usize::MAX;
        for step in &world.output.plan.steps {
            // Namespaces and Helm releases are removed by their names.
            let by_name = matches!(step.action, Action::Namespace { .. } | Action::Release { .. });
            let Some(path) = step.action.manifest().map(|manifest| &manifest.path).filter(|_| !by_name) else {
                continue;
            };
            let at = commands.iter().position(|it| it.contains(path)).unwrap_or_else(|| panic!("{path} stays"));
            assert!(at < before, "{path} is removed too late");
            before = at;
        }
    });
}
