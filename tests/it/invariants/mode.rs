//! 0.17 to 0.20 and 0.43: the address, and what it being a name or a number changes, in all files at once.

use super::{everywhere, found, key, plane, preset, problems};
use crate::documents::{list, text};
use crate::world::{World, context};
use meshwright_core::draft::{At, Draft};
use meshwright_core::field::Field;
use meshwright_core::problem::Kind;
use meshwright_core::value::{Fault, Release, Rule};
use serde_json::{Value, json};

fn route<'a>(world: &'a World, kind: &str, name: &str) -> &'a Value {
    world.object(&world.external().name, kind, name)
}

/// The address and port as charts take them that print it without quotes.
fn for_charts(address: String) -> String {
    if address.starts_with('[') { format!("\"{address}\"") } else { address }
}

/// The address and port, an IPv6 address in brackets; empty where only install.sh knows it.
fn with_port(world: &World) -> String {
    match world.istiod_address() {
        "" => String::new(),
        ip if ip.contains(':') => format!("[{ip}]:15012"),
        address => format!("{address}:15012"),
    }
}

#[test]
fn inv_17_one_address_everywhere() {
    everywhere(|world| {
        let istiod = world.istiod();
        assert_eq!(text(istiod, "/spec/meshConfig/defaultConfig/discoveryAddress"), with_port(world));
        assert_eq!(text(istiod, "/spec/values/global/caAddress"), for_charts(with_port(world)));
        let set = |at: &str, variable: &str| format!("--set={at}=\"${{{variable}}}\"");
        let discovered = [
            ("external-istiod.yaml", set("meshConfig.defaultConfig.discoveryAddress", "EXTERNAL_ISTIOD_ADDR_PORT")),
            // Where the address may be of IPv6.
            ("external-istiod.yaml", "--set='values.global.caAddress=\"'\"${EXTERNAL_ISTIOD_ADDR_PORT}\"'\"'".into()),
        ];
        let expected = usize::from(world.is_discovered());
        for (file, set) in &discovered {
            assert_eq!(world.steps(&["istioctl install", file, set]).len(), expected, "{set}");
        }
        for member in world.members() {
            let remote = world.remote(&member.name);
            let (url, ip) = ("/spec/values/istiodRemote/injectionURL", "/spec/values/global/remotePilotAddress");
            let start = format!("https://{}:15017/inject/", world.istiod_address());
            assert_eq!(text(remote, url).starts_with(&start), world.is_dns());
            assert_eq!(text(remote, ip), if world.is_dns() { "" } else { world.istiod_address() });
            let set = set("values.global.remotePilotAddress", "EXTERNAL_ISTIOD_ADDR");
            assert_eq!(world.steps(&["istioctl install", &context(member), &set]).len(), expected);
        }
        // The certificate is the gateway's, and so in the gateway's namespace.
        let secret = world.steps(&["require_tls_secret"]);
        assert_eq!(secret.len(), usize::from(world.is_dns()));
        for step in secret {
            let (name, host) = (&world.address().tls_secret, world.istiod_address());
            let expected = format!("require_tls_secret {} istio-system {name} {host}", context(world.external()));
            assert_eq!(world.commands("install.sh")[step], expected);
        }
    });
}

#[test]
fn inv_18_the_mode_is_one_in_all_files() {
    everywhere(|world| {
        let dns = world.is_dns();
        let config = world.remote(&world.config().name);
        let validation = text(config, "/spec/values/base/validationURL");
        let expected = if dns { format!("https://{}:15017/validate", world.istiod_address()) } else { String::new() };
        assert_eq!(validation, expected);
        for member in world.members() {
            let values = world.remote(&member.name).pointer("/spec/values").unwrap();
            assert_eq!(values.pointer("/istiodRemote/injectionURL").is_some(), dns);
            assert_eq!(values.pointer("/istiodRemote/injectionPath").is_some(), !dns);
            assert_eq!(values.pointer("/global/remotePilotAddress").is_some(), !dns && !world.is_discovered());
            assert!(dns || values.get("base").is_none());
        }
        let metadata = world.istiod().pointer("/spec/meshConfig/defaultConfig/proxyMetadata");
        let roots = "/etc/ssl/certs/ca-certificates.crt";
        assert_eq!(metadata, dns.then_some(&json!({"XDS_ROOT_CA": roots, "CA_ROOT_CA": roots})));
        let gateway = route(world, "Gateway", "external-istiod-gw");
        let host = if dns { world.istiod_address() } else { "*" };
        let (protocol, tls) = if dns {
            ("https", json!({"mode": "SIMPLE", "credentialName": world.address().tls_secret}))
        } else {
            ("tls", json!({"mode": "PASSTHROUGH"}))
        };
        for server in list(gateway, "/spec/servers") {
            assert_eq!((&server["hosts"], &server["tls"]), (&json!([host]), &tls));
            assert_eq!(server["port"]["protocol"], protocol);
        }
        let service = route(world, "VirtualService", "external-istiod-vs");
        assert_eq!(service.pointer("/spec/hosts"), Some(&json!([host])));
        assert_eq!(service.pointer("/spec/http").is_some(), dns);
        assert_eq!(service.pointer("/spec/tls").is_some(), !dns);
        for route in list(service, "/spec/tls") {
            assert_eq!(route.pointer("/match/0/sniHosts"), Some(&json!(["*"])));
        }
        assert_eq!(world.of_kind("DestinationRule").len(), usize::from(dns));
        if dns {
            let rule = route(world, "DestinationRule", "external-istiod-dr");
            let settings = list(rule, "/spec/trafficPolicy/portLevelSettings");
            let ports: Vec<_> =
                settings.iter().map(|it| (it["port"]["number"].clone(), text(it, "/tls/mode"))).collect();
            assert_eq!(ports, [(json!(15012), "SIMPLE"), (json!(443), "SIMPLE")]);
            let pools: Vec<_> = settings.iter().map(|it| it.get("connectionPool")).collect();
            assert_eq!(pools, [Some(&json!({"http": {"h2UpgradePolicy": "UPGRADE"}})), None]);
        }
    });
}

#[test]
fn inv_19_ports_agree() {
    everywhere(|world| {
        let operator = world.object(&world.external().name, "IstioOperator", "controlplane-gateway");
        let ports = list(operator, "/spec/components/ingressGateways/0/k8s/service/ports");
        let ports: Vec<_> = ports.iter().map(|port| (&port["port"], &port["targetPort"])).collect();
        let same = [15021, 15012, 15017].map(|port| json!(port));
        assert_eq!(ports, same.each_ref().map(|port| (port, port)));
        let servers = list(route(world, "Gateway", "external-istiod-gw"), "/spec/servers");
        let listens: Vec<_> = servers.iter().map(|server| &server["port"]["number"]).collect();
        assert_eq!(listens, [&json!(15012), &json!(15017)]);
        let service = route(world, "VirtualService", "external-istiod-vs");
        let routes = if world.is_dns() { list(service, "/spec/http") } else { list(service, "/spec/tls") };
        let routes: Vec<_> = routes
            .iter()
            .map(|route| (route.pointer("/match/0/port"), route.pointer("/route/0/destination/port/number")))
            .collect();
        let (xds, webhook, https) = (json!(15012), json!(15017), json!(443));
        assert_eq!(routes, [(Some(&xds), Some(&xds)), (Some(&webhook), Some(&https))]);
    });
}

fn by_ip(ip: &str) -> Draft {
    let mut draft = preset();
    for (field, text) in [(Field::AddressType, "ip"), (Field::Ip, ip)] {
        let key = plane(&draft);
        draft.set_text(At { field, key }, text.to_owned());
    }
    draft
}

#[test]
fn inv_20_remote_clusters_are_given_an_ip_address() {
    let form = |fault| (Field::Ip, Kind::Text { rule: Rule::Address, fault });
    assert_eq!(found(&by_ip("istiod.example.com")), [form(Fault::Form)]);
    assert_eq!(found(&by_ip("127.0.0.1")), [form(Fault::Unreachable)]);
    assert_eq!(found(&by_ip("2001:db8::1")), []);
    let mut early = by_ip("2001:db8::1");
    "1.29.0".clone_into(&mut early.version);
    let release = Release::parse("1.29.0").unwrap();
    assert_eq!(found(&early), [(Field::Ip, Kind::Ipv6TooEarly { release })]);
    // Amazon's load balancers have host names: told before, and resolved by install.sh.
    for kind in ["ip", "discovered"] {
        let mut draft = by_ip("203.0.113.10");
        let at = |field, key| At { field, key };
        let (external, plane) = (key(&draft, "external-cluster"), plane(&draft));
        draft.set_text(at(Field::AddressType, plane), kind.to_owned());
        draft.set_text(at(Field::Platform, external), "eks".to_owned());
        assert_eq!(found(&draft), [(Field::AddressType, Kind::LoadBalancerHasHostName)]);
    }
    everywhere(|world| {
        assert_eq!(world.steps(&["discover_address"]).len(), usize::from(world.is_discovered()));
        assert_eq!(world.file("install.sh").contains("\nresolve() {\n"), world.is_discovered());
    });
}

#[test]
fn inv_43_the_gateway_verifies_istiod_by_the_meshs_own_ca() {
    everywhere(|world| {
        let copies = world.steps(&["copy_ca"]);
        if !world.is_dns() {
            assert!(copies.is_empty(), "{copies:?}");
            return;
        }
        let verifies = world.address().gateway_trust != "insecure-skip-verify";
        let rule = route(world, "DestinationRule", "external-istiod-dr");
        let (istiod, namespace) = (world.revised("istiod"), world.namespace());
        let tls = if verifies {
            let (ca, san) = (format!("{namespace}-ca"), format!("{istiod}.{namespace}.svc"));
            json!({"mode": "SIMPLE", "credentialName": ca, "subjectAltNames": [san]})
        } else {
            json!({"mode": "SIMPLE", "insecureSkipVerify": true})
        };
        for settings in list(rule, "/spec/trafficPolicy/portLevelSettings") {
            assert_eq!(settings["tls"], tls);
        }
        let (from, to) = (context(world.config()), context(world.external()));
        let copy = format!("copy_ca {from} {namespace} istio-ca-root-cert {to} istio-system {namespace}-ca");
        let commands = world.commands("install.sh");
        assert_eq!(
            copies.iter().map(|&at| commands[at].clone()).collect::<Vec<_>>(),
            vec![copy; usize::from(verifies)]
        );
    });
    let skipped = problems("", Field::GatewayTrust, "insecure-skip-verify");
    assert_eq!(skipped, [(Field::GatewayTrust, Kind::NotVerified)]);
}
