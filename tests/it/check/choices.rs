//! Fields of a closed set, and references to clusters.

use super::{at, draft_for, kinds, preset, with};
use meshwright_core::check::check;
use meshwright_core::draft::{At, ClusterRef};
use meshwright_core::field::{Field, Takes};
use meshwright_core::problem::{Kind, Severity};

#[test]
fn every_choice_is_known_to_check() {
    for field in Field::ALL {
        for choice in field.choices() {
            let errors = with(field, choice.value).into_iter().filter(|it| it.severity() == Severity::Error);
            // An address of another kind needs other fields: those are told, never the choice.
            let choice = errors.filter(|it| matches!(it.kind, Kind::Choice { .. })).count();
            assert_eq!(choice, 0, "{field:?}");
        }
    }
}

#[test]
fn what_is_no_choice_is_told() {
    for field in Field::ALL.into_iter().filter(|field| !field.choices().is_empty()) {
        let known = field.choices()[0].value;
        for typed in ["x", " ", &known.to_uppercase(), &format!("{known} ")] {
            let told = with(field, typed).into_iter().filter(|it| it.at.field == field).collect();
            assert_eq!(kinds(field, told), [Kind::Choice { typed: typed.to_owned() }], "{field:?}");
        }
    }
}

/// An empty field means its first choice.
#[test]
fn the_default_is_the_first_choice() {
    for field in Field::ALL.into_iter().filter(|field| !field.choices().is_empty()) {
        assert_eq!(field.info().default, Some(field.choices()[0].value), "{field:?}");
        assert_eq!(with(field, ""), with(field, field.choices()[0].value), "{field:?}");
    }
}

#[test]
fn references_to_nothing_are_told() {
    for field in Field::ALL.into_iter().filter(|field| field.info().takes == Takes::Clusters) {
        for name in ["", "nobody"] {
            let mut draft = preset();
            let nobody = ClusterRef::Unknown(name.to_owned());
            let plane = &mut draft.meshes[0].control_planes[0];
            let reference = if field == Field::ControlPlaneCluster {
                &mut plane.cluster
            } else if field == Field::ConfigCluster {
                &mut plane.config_cluster
            } else {
                &mut plane.remote_clusters[0]
            };
            *reference = nobody;
            let problems = check(&draft).problems;
            let told: Vec<_> = problems.iter().filter(|it| it.at.field == field).map(|it| &it.kind).collect();
            assert_eq!(told, [&Kind::NoSuchCluster { name: name.to_owned() }], "{field:?}");
            // The cluster that had the role is told to have none.
            assert!(problems.iter().any(|it| it.kind == Kind::ClusterNotUsed), "{field:?}");
        }
    }
}

#[test]
fn a_reference_has_no_text() {
    for field in Field::ALL.into_iter().filter(|field| field.info().takes == Takes::Clusters) {
        let mut draft = draft_for(field);
        let At { key, .. } = at(&draft, field);
        let before = draft.clone();
        draft.set_text(At { field, key }, "x".to_owned());
        assert_eq!((draft.text(At { field, key }), &draft), ("", &before));
    }
}
