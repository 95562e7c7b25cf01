//! `check --fix`: mends what can be mended by itself.

use crate::Stop;
use crate::args::Format;
use crate::report;
use meshwright_core::check::check;
use meshwright_core::draft::Draft;
use meshwright_core::problem::Severity;
use meshwright_core::yaml;
use std::collections::BTreeSet;

/// Prints the topology with every fix applied; on standard error, what was changed and what is left.
pub(crate) fn mend(mut draft: Draft) -> Result<(), Stop> {
    // One fix may bring up the next problem; none is tried twice at one field.
    let mut tried = BTreeSet::new();
    let mut next = |draft: &Draft| {
        let fixes = check(draft).problems.into_iter().filter_map(|problem| problem.fix(draft));
        fixes.into_iter().find(|fix| tried.insert((fix.at, fix.text.clone())))
    };
    while let Some(fix) = next(&draft) {
        let (path, before) = (draft.path(fix.at), draft.text(fix.at).to_owned());
        eprintln!("{path}: {before:?} becomes {:?}", fix.text);
        draft.set_text(fix.at, fix.text);
    }
    let left = check(&draft).problems;
    report::problems(&draft, &left, Format::Words, report::To::Error)?;
    report::print(&yaml::write(&draft))?;
    if left.iter().any(|problem| problem.severity() == Severity::Error) { Err(Stop::Problems) } else { Ok(()) }
}
