//! From a draft to a topology, or to all that is in the way.

mod graph;
mod read;
mod rules;

use crate::draft::{self, At, Draft, File, Key};
use crate::field::Field;
use crate::problem::{Kind, Problem, Severity};
use crate::topology::{InstallMethod, Sample, SampleRoute, Topology};
use crate::value::{Namespace, Release};
use crate::version;
use read::Reader;

/// What a check finds.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The topology; `None` where a problem is an error.
    pub topology: Option<Topology>,
    /// Every problem, in the order of the form.
    pub problems: Vec<Problem>,
}

/// Checks a draft: all problems at once.
pub fn check(draft: &Draft) -> Checked {
    let mut reader = Reader::new(draft);
    let topology = topology(draft, &mut reader);
    rules::check(draft, &mut reader);
    let problems = reader.into_problems();
    let errors = problems.iter().any(|problem| problem.severity() == Severity::Error);
    Checked { topology: if errors { None } else { topology }, problems }
}

fn top(field: Field) -> At {
    At { field, key: Key::TOPOLOGY }
}

fn topology(draft: &Draft, reader: &mut Reader) -> Option<Topology> {
    let release = reader.text(top(Field::IstioVersion), &draft.version, Release::parse);
    let facts = release.and_then(version::facts);
    if let (Some(release), None) = (release, facts) {
        let early = version::is_early(release);
        let kind = if early { Kind::ReleaseTooEarly { release } } else { Kind::ReleaseNotSupported { release } };
        reader.problem(top(Field::IstioVersion), kind);
    }
    let methods = [("istioctl", InstallMethod::Istioctl), ("helm", InstallMethod::Helm), ("sail", InstallMethod::Sail)];
    let install_method = reader.choice(top(Field::InstallMethod), &draft.install_method, &methods);
    let graph = graph::graph(draft, reader);
    let sample = sample(&draft.sample, reader);
    let (clusters, meshes) = graph?;
    Some(Topology {
        release: release?,
        facts: facts?,
        install_method: install_method?,
        clusters,
        meshes,
        sample: sample?,
        source: File::from(draft),
    })
}

/// `None` where a field is wrong, `Some(None)` where no sample is wanted.
#[expect(clippy::option_option, reason = "both are answers: wrong, and none")]
fn sample(typed: &draft::Sample, reader: &mut Reader) -> Option<Option<Sample>> {
    if !reader.choice(top(Field::Sample), &typed.app, &[("helloworld", true), ("none", false)])? {
        return Some(None);
    }
    let namespace = reader.text(top(Field::SampleNamespace), &typed.namespace, Namespace::parse);
    let routes = [("istio", SampleRoute::Istio), ("gateway-api", SampleRoute::GatewayApi)];
    let route = reader.choice(top(Field::SampleRoute), &typed.route, &routes);
    Some(Some(Sample { namespace: namespace?, route: route? }))
}
