//! Random topologies: right ones of this scenario, small enough for the lab, each by a seed and a number.

use anyhow::{Result, anyhow};
use meshwright_core::draft::{
    ApiVersion, Draft, File, FileAddress, FileCluster, FileControlPlane, FileGateways, FileIstio, FileMesh, FileSample,
};
use meshwright_core::version::NEWEST;
use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

const EXTERNAL: &str = "management";

/// What a random topology is called: `random-SEED-NUMBER`.
pub(crate) fn name(seed: u32, number: u32) -> String {
    format!("random-{seed}-{number}")
}

/// The topology of that name, if it is one.
pub(crate) fn named(name: &str) -> Option<Result<Draft>> {
    let (seed, number) = name.strip_prefix("random-")?.split_once('-')?;
    Some(draw(seed.parse().ok()?, number.parse().ok()?))
}

fn draw(seed: u32, number: u32) -> Result<Draft> {
    let mut bytes = [0; 32];
    for (byte, from) in bytes.iter_mut().zip(seed.to_le_bytes().into_iter().chain(number.to_le_bytes())) {
        *byte = from;
    }
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let tree = draft().new_tree(&mut runner).map_err(|reason| anyhow!("failed to draw a topology: {reason}"))?;
    Ok(Draft::from(tree.current()))
}

fn one(texts: &[&'static str]) -> impl Strategy<Value = String> + use<> {
    select(texts.to_vec()).prop_map(str::to_owned)
}

/// By which tool a gateway is installed, if it is.
fn gateway() -> impl Strategy<Value = String> {
    one(&["", "istioctl", "helm"])
}

fn installed() -> impl Strategy<Value = String> {
    one(&["istioctl", "helm"])
}

fn member(index: usize) -> impl Strategy<Value = FileCluster> {
    let name = prop_oneof![4 => Just(format!("cluster{index}")), 1 => Just(format!("{index}e3"))];
    let context = prop_oneof![Just(format!("admin@cluster{index}")), Just(format!("it's \"{index}\" $(x)"))];
    let api_server = one(&["", "", "https://192.0.2.1:6443"]);
    let rest = (one(&["network1", "network2", "2024-01-01"]), one(&["", "eks"]), gateway(), gateway(), installed());
    (name, context, api_server, rest).prop_map(
        |(name, context, api_server, (network, platform, ingress, egress, east_west))| FileCluster {
            name,
            context,
            network,
            api_server,
            platform,
            gateways: FileGateways { ingress, egress, east_west },
        },
    )
}

fn address() -> impl Strategy<Value = FileAddress> {
    let dns = (one(&["istiod.example.com", "a.b"]), one(&["credential", "true"]), one(&["", "insecure-skip-verify"]));
    let dns = dns.prop_map(|(host, tls_secret, gateway_trust)| FileAddress {
        host,
        tls_secret,
        gateway_trust,
        ..FileAddress::default()
    });
    let ip = one(&["203.0.113.250", "192.0.2.10", "2001:db8::10"]);
    let ip = ip.prop_map(|ip| FileAddress { kind: "ip".into(), ip, ..FileAddress::default() });
    let discovered = FileAddress { kind: "discovered".into(), ..FileAddress::default() };
    prop_oneof![dns, ip, Just(discovered)]
}

/// One east-west gateway for each network where there are several, and none where there is one.
fn joined(mut members: Vec<FileCluster>) -> Vec<FileCluster> {
    let several = members.iter().any(|member| members.iter().any(|other| other.network != member.network));
    let mut served = Vec::new();
    for member in &mut members {
        if !several || served.contains(&member.network) {
            member.gateways.east_west.clear();
        } else {
            served.push(member.network.clone());
        }
    }
    members
}

fn draft() -> impl Strategy<Value = File> {
    let members = (1..=3usize).prop_flat_map(|count| (1..=count).map(member).collect::<Vec<_>>()).prop_map(joined);
    let clusters = (members, one(&["", "eks"])).prop_flat_map(|(members, platform)| {
        let names: Vec<String> = members.iter().map(|member| member.name.clone()).collect();
        let external = FileCluster {
            name: EXTERNAL.into(),
            context: EXTERNAL.into(),
            network: String::new(),
            api_server: String::new(),
            platform,
            gateways: FileGateways::default(),
        };
        let clusters: Vec<_> = members.into_iter().chain([external]).collect();
        (Just(names).prop_shuffle(), Just(clusters).prop_shuffle())
    });
    let plane = (one(&["external-istiod", "off", "mesh"]), one(&["", "", "stable", "1-31-1"]), address());
    let mesh = (one(&["mesh1", "1_000"]), one(&["", "prod.example"]));
    let sample = (one(&["helloworld", "helloworld", "none"]), one(&["", "demo", "y"]));
    (clusters, plane, mesh, sample).prop_map(
        |((mut names, clusters), (namespace, revision, address), (mesh_id, trust_domain), (app, sample))| {
            let remote_clusters = names.split_off(1);
            let config_cluster = names.concat();
            let plane = FileControlPlane {
                cluster: EXTERNAL.into(),
                config_cluster,
                remote_clusters,
                namespace,
                revision,
                address,
            };
            File {
                api_version: ApiVersion::V1,
                istio: FileIstio { version: NEWEST.into(), install_method: String::new() },
                clusters,
                meshes: vec![FileMesh { mesh_id, trust_domain, control_planes: vec![plane] }],
                sample: FileSample { app, namespace: sample, route: String::new() },
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::{draw, name, named};
    use meshwright_core::generate;

    #[test]
    fn every_topology_is_right() {
        for number in 0..300 {
            let draft = draw(1, number).unwrap();
            let outcome = generate(&draft);
            assert!(outcome.output.is_some(), "{number}: {:?}", outcome.problems);
            assert!((2..=4).contains(&draft.clusters.len()));
        }
    }

    #[test]
    fn a_name_is_always_the_same_topology() {
        let again = named(&name(7, 3)).unwrap().unwrap();
        assert_eq!(again, draw(7, 3).unwrap());
        assert_ne!(again, draw(7, 4).unwrap());
        assert!(named("random").is_none() && named("random-x-1").is_none());
    }
}
