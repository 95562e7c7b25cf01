//! The Sail operator's resources: of every case that it installs, and of those that it could.

mod crd;
mod guide;

use crate::case::{self, Case};
use crate::documents::{self, Document, text};
use meshwright_core::check::check;
use meshwright_core::draft::Draft;
use meshwright_core::problem::Severity;

/// The same topology by the Sail operator, with all that it asks for besides; `None` where it cannot be.
pub(crate) fn by_sail(draft: &Draft) -> Option<Draft> {
    let mut draft = draft.clone();
    draft.install_by("sail");
    for _ in 0..4 {
        let problems = check(&draft).problems;
        for problem in problems.iter().filter(|it| it.severity() == Severity::Error) {
            if let Some(fix) = problem.fix(&draft) {
                draft.set_text(fix.at, fix.text);
            }
        }
    }
    check(&draft).topology.is_some().then_some(draft)
}

/// Every case that the operator installs, and every other one that it could.
pub(crate) fn cases() -> Vec<Case> {
    let cases: Vec<Case> = case::all()
        .into_iter()
        .filter_map(|case| Some(Case { name: case.name, draft: by_sail(&case.draft)? }))
        .collect();
    assert!(cases.len() > 25, "most cases could be the operator's: {}", cases.len());
    cases
}

/// A case's resources of the operator.
pub(crate) fn resources(documents: &[Document]) -> impl Iterator<Item = &Document> {
    documents.iter().filter(|it| text(&it.value, "/apiVersion").starts_with("sailoperator.io/"))
}

/// A case's documents.
pub(crate) fn documents(draft: &Draft) -> Vec<Document> {
    documents::of(&case::output(draft).bundle)
}
