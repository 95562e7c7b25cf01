//! The form: mesh, control plane, clusters, sample, and what is wrong with them.

use super::el::{El, el};
use super::field::{fields, fields_by, more};
use super::icon::{button, icon};
use super::{card, control_plane, problems};
use crate::dom;
use crate::edit::Edit;
use crate::page::Page;
use meshwright_core::draft::Key;
use meshwright_core::field::Field;

pub(super) fn form(page: Page) -> El {
    let add = move || {
        if let Some(key) = page.edit(Edit::Add) {
            dom::focus_soon(card::name_id(key));
        }
    };
    let head = el("div")
        .class("section-head")
        .add(el("h2").set("id", "clusters-title").text("Clusters"))
        .add(button("action small").press(add).add(icon("add")).text("Add cluster"));
    let clusters = el("section").class("section clusters").set("aria-labelledby", "clusters-title").add(head).rows(
        |now| now.draft.clusters.iter().map(|cluster| number(cluster.key)).collect(),
        move |key| card::card(page, from(key)),
    );
    let sample = fields(el("div").class("fields"), page, &[Field::Sample], Key::TOPOLOGY);
    let sample = fields_by(sample, page, Key::TOPOLOGY, |now| {
        if now.draft.sample.app == "none" { &[] } else { &[Field::SampleNamespace, Field::SampleRoute] }
    });
    let sections = el("div")
        .class("sections")
        .rows(|now| now.draft.meshes.iter().map(|mesh| number(mesh.key)).collect(), move |key| mesh(page, from(key)))
        .rows(
            |now| now.draft.control_planes().map(|plane| number(plane.key)).collect(),
            move |key| control_plane::control_plane(page, from(key)),
        )
        .add(clusters)
        .add(section("sample-title", "Sample").add(sample));
    el("section")
        .class("form")
        .set("id", "form")
        .set("tabindex", "-1")
        .set("aria-label", "Form")
        .add(sections)
        .add(problems::problems(page))
}

/// A section under its title.
pub(super) fn section(id: &str, title: &str) -> El {
    el("section").class("section").set("aria-labelledby", id).add(el("h2").set("id", id).text(title))
}

/// A key, as a row's.
pub(super) fn number(key: Key) -> u64 {
    key.0.into()
}

/// The key that a row stands for.
pub(super) fn from(number: u64) -> Key {
    Key(u32::try_from(number).unwrap_or(0))
}

fn mesh(page: Page, key: Key) -> El {
    let section = section(&format!("mesh-{}", key.0), "Mesh");
    section
        .add(fields(el("div").class("fields"), page, &[Field::MeshId], key))
        .add(more(page, key, |_| &[Field::TrustDomain]))
}
