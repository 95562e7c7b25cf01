//! `check --fix` and `explain`.

use super::program::{call, works};
use crate::tool::Folder;
use meshwright_core::field::Field;
use meshwright_core::preset::Preset;
use meshwright_core::problem::Problem;
use meshwright_core::yaml;

#[test]
fn what_can_be_mended_is_printed_mended() {
    let here = Folder::new();
    let mut draft = Preset::PrimaryRemote.draft();
    draft.meshes[0].control_planes[0].address.kind = "dns".to_owned();
    draft.clusters[0].east_west.clear();
    let said = works(&here, &["check", "--fix", "-"], &yaml::write(&draft));
    assert!(said.err.contains("address.type: \"dns\" becomes \"discovered\""), "{}", said.err);
    assert!(said.err.contains("gateways.eastWest: \"\" becomes \"istioctl\""), "{}", said.err);
    assert_eq!(works(&here, &["check", "-"], &said.out).out, "");
}

/// What somebody has to decide is left as it is, and told.
#[test]
fn what_cannot_be_mended_is_told() {
    let mut draft = Preset::ExternalControlPlaneMulticluster.draft();
    draft.clusters[2].name = "cluster1".to_owned();
    let text = yaml::write(&draft);
    let said = call(&Folder::new(), &["check", "--fix", "-"], &text);
    assert_eq!((said.code, said.out.as_str()), (Some(2), text.as_str()));
    assert!(said.err.contains("(same-name)"), "{}", said.err);
}

#[test]
fn every_field_and_problem_is_explained() {
    let here = Folder::new();
    let list = works(&here, &["explain"], "").out;
    for info in Field::ALL.map(Field::info) {
        assert!(list.contains(info.path), "{}", info.path);
        assert!(works(&here, &["explain", info.path], "").out.contains(info.help), "{}", info.path);
    }
    for problem in Problem::examples() {
        let name = problem.kind.name();
        assert!(list.contains(name), "{name}");
        assert!(works(&here, &["explain", name], "").out.contains(&problem.mend()), "{name}");
    }
    let unknown = call(&here, &["explain", "nonsense"], "");
    assert_eq!(unknown.code, Some(1));
    assert!(unknown.err.contains("nonsense"), "{}", unknown.err);
}
