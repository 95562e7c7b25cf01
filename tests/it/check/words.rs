//! The wording: every problem says what is wrong and allowed, what breaks, and how to mend it.

use meshwright_core::draft::{At, Key};
use meshwright_core::field::{Field, Takes};
use meshwright_core::problem::{Kind, Problem};
use meshwright_core::value::{Fault, Release, Rule};

const RULES: [Rule; 9] = [
    Rule::Label(63),
    Rule::Revision,
    Rule::LabelValue,
    Rule::DnsName,
    Rule::Host,
    Rule::Line,
    Rule::ServerUrl,
    Rule::Address,
    Rule::Release,
];

fn faults() -> Vec<Fault> {
    vec![
        Fault::Empty,
        Fault::TooLong { max: 63 },
        Fault::Character('_'),
        Fault::Character(' '),
        Fault::Character('\u{202e}'),
        Fault::Edge('-'),
        Fault::Edge(' '),
        Fault::Form,
        Fault::NotText,
        Fault::Unreachable,
    ]
}

/// Every kind of problem, at a field where it occurs.
fn all() -> Vec<(Field, Kind)> {
    let (name, network) = ("NAME".to_owned(), "NETWORK".to_owned());
    let release = Release::parse("1.23.4").unwrap();
    let mut all = vec![
        (Field::Platform, Kind::Choice { typed: "TYPED".to_owned() }),
        (Field::ConfigCluster, Kind::NoSuchCluster { name: name.clone() }),
        (Field::ConfigCluster, Kind::NoSuchCluster { name: String::new() }),
        (Field::ControlPlaneCluster, Kind::NoControlPlane),
        (Field::MeshId, Kind::SameMeshId { id: name.clone() }),
        (Field::AddressType, Kind::PrimaryByDns),
        (Field::EastWestGateway, Kind::NoGatewayToIstiod),
        (Field::ConfigCluster, Kind::ManagedElsewhere { name: name.clone() }),
        (Field::Namespace, Kind::NamespaceDiffers { other: name.clone() }),
        (Field::Namespace, Kind::SameNamespace { namespace: name.clone() }),
        (Field::Host, Kind::SameHost { host: name.clone() }),
        (Field::AddressType, Kind::SharedGatewayByIp),
        (Field::IstioVersion, Kind::ReleaseNotSupported { release }),
        (Field::ClusterName, Kind::SameName { name: name.clone() }),
        (Field::Context, Kind::SameContext { other: name.clone() }),
        (Field::ConfigCluster, Kind::ExternalInMesh),
        (Field::RemoteClusters, Kind::ManagedTwice { name: name.clone() }),
        (Field::ClusterName, Kind::ClusterNotUsed),
        (Field::Namespace, Kind::NamespaceTaken { namespace: name }),
        (Field::Revision, Kind::RevisionDefault),
        (Field::Ip, Kind::Ipv6TooEarly { release }),
        (Field::Network, Kind::NotAMember),
        (Field::EastWestGateway, Kind::NoEastWestGateway { network: network.clone() }),
        (Field::EastWestGateway, Kind::SeveralEastWestGateways { network }),
        (Field::Platform, Kind::PlatformNotSupported),
        (Field::ApiServer, Kind::ApiServerOnLoopback),
        (Field::AddressType, Kind::LoadBalancerHasHostName),
        (Field::GatewayTrust, Kind::NotVerified),
        (Field::SampleRoute, Kind::NoIngressGateway),
    ];
    for field in Field::ALL {
        if let Takes::Text(rule) = field.info().takes {
            all.extend(faults().into_iter().map(|fault| (field, Kind::Text { rule, fault })));
        }
    }
    all
}

/// Begins with a capital, or a program's name; ends with a full stop, or with an example that is to be copied.
fn is_prose(text: &str) -> bool {
    let begins = text.starts_with(char::is_uppercase) || text.starts_with("istio");
    begins && !text.contains("  ") && text.trim() == text
}

#[test]
fn every_problem_is_told_in_three_sentences() {
    for (field, kind) in all() {
        let problem = Problem { at: At { field, key: Key::TOPOLOGY }, kind };
        let (what, breaks, mend) = (problem.what(), problem.breaks(), problem.mend());
        assert!(is_prose(&what) && what.ends_with('.'), "{problem:?}: {what}");
        assert!(is_prose(breaks) && breaks.ends_with('.'), "{problem:?}: {breaks}");
        assert!(is_prose(&mend) && (mend.ends_with('.') || mend.contains(": ")), "{problem:?}: {mend}");
        // A problem of the topology or of a cluster as a whole is not its field's.
        let whole = matches!(problem.kind, Kind::NoControlPlane | Kind::ClusterNotUsed);
        assert!(what.starts_with(field.info().label) || whole, "{what}");
        let typed = format!("{:?}", problem.kind);
        for word in ["NAME", "NETWORK", "TYPED"].into_iter().filter(|word| typed.contains(word)) {
            assert!(what.contains(&format!("“{word}”")), "{what}");
        }
    }
}

#[test]
fn what_is_allowed_is_said() {
    for (field, kind) in all() {
        let problem = Problem { at: At { field, key: Key::TOPOLOGY }, kind };
        let what = problem.what();
        if let Kind::Text { fault: Fault::TooLong { max }, .. } = &problem.kind {
            assert!(what.contains(&max.to_string()), "{what}");
        } else if let Kind::Text { rule, .. } = &problem.kind {
            assert!(what.contains(rule.allowed()), "{what}");
            assert!(problem.mend().ends_with(field.info().example), "{}", problem.mend());
        } else if let Kind::Choice { .. } = &problem.kind {
            assert!(field.choices().iter().all(|choice| what.contains(choice.value)), "{what}");
        } else if let Kind::ReleaseNotSupported { .. } = &problem.kind {
            let minors = meshwright_core::version::ALL.map(|facts| facts.minor);
            let ends = [minors.first().unwrap(), minors.last().unwrap()];
            assert!(ends.iter().all(|minor| what.contains(**minor)), "{what}");
        }
    }
}

/// An invisible character is named by its number: printed, it would not be seen, or would act.
#[test]
fn no_problem_prints_what_acts() {
    for c in ['\0', '\u{1b}', '\n', '\u{202e}', '\u{200b}', '\u{2028}', '\u{feff}', '\u{85}'] {
        let kind = Kind::Text { rule: Rule::Line, fault: Fault::Character(c) };
        let what = Problem { at: At { field: Field::Context, key: Key::TOPOLOGY }, kind }.what();
        assert!(!what.contains(c) && what.contains(&format!("U+{:04X}", u32::from(c))), "{what:?}");
    }
}

#[test]
fn rules_say_what_they_allow() {
    for rule in RULES {
        let allowed = rule.allowed();
        assert!(!allowed.is_empty() && !allowed.ends_with('.') && rule.max() > 0, "{allowed}");
    }
    for field in Field::ALL {
        if let Takes::Text(rule) = field.info().takes {
            assert!(RULES.contains(&rule), "{field:?}");
            assert_eq!(rule.check(field.info().example), Ok(()), "{field:?}");
        }
        let info = field.info();
        assert!(!info.label.is_empty() && info.help.ends_with('.') && !info.example.is_empty(), "{field:?}");
        assert!(info.docs.ends_with('/') && !info.docs.starts_with('/'), "{field:?}");
    }
}

/// Nor one that was typed: a topology file may come from anybody, and `check` prints to a terminal.
#[test]
fn no_problem_prints_what_acts_in_a_name() {
    let typed = "a\u{1b}[2J\u{202e}\n".to_owned();
    let kinds = [
        (Field::Platform, Kind::Choice { typed: typed.clone() }),
        (Field::ConfigCluster, Kind::NoSuchCluster { name: typed.clone() }),
        (Field::ClusterName, Kind::SameName { name: typed.clone() }),
        (Field::Context, Kind::SameContext { other: typed.clone() }),
        (Field::RemoteClusters, Kind::ManagedTwice { name: typed.clone() }),
        (Field::Namespace, Kind::NamespaceTaken { namespace: typed.clone() }),
        (Field::EastWestGateway, Kind::NoEastWestGateway { network: typed.clone() }),
        (Field::EastWestGateway, Kind::SeveralEastWestGateways { network: typed }),
    ];
    let acts = |c: char| c.is_control() || c == '\u{202e}';
    let told = kinds.map(|(field, kind)| Problem { at: At { field, key: Key::TOPOLOGY }, kind }.what());
    let wrong: Vec<&String> = told.iter().filter(|what| what.contains(acts)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
