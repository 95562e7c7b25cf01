//! The form: mesh, control plane, clusters, sample, and what is wrong with them.

use super::el::{El, el, words};
use super::field::{fields, fields_by, more};
use super::icon::{button, icon, icon_button};
use super::{card, control_plane, field, problems};
use crate::dom;
use crate::edit::Edit;
use crate::now::Now;
use crate::page::Page;
use crate::ui::Notice;
use meshwright_core::draft::{At, Key};
use meshwright_core::field::Field;

pub(super) fn form(page: Page) -> El {
    let add = move || focus(page.edit(Edit::AddCluster));
    let clusters = head("clusters-title", el("span").text("Clusters")).add(adds("cluster").press(add));
    let clusters = el("section").class("section clusters").set("aria-labelledby", "clusters-title").add(clusters).rows(
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

/// Goes to the name of a cluster that is new.
fn focus(cluster: Option<Key>) {
    if let Some(key) = cluster {
        dom::focus_soon(card::name_id(key));
    }
}

/// Tells of something that went, and leaves the focus where the next thing can be done.
pub(super) fn done(page: Page, words: &str) {
    page.notice(Some(Notice::Done(words.to_owned())));
    dom::focus_soon("clusters-title".to_owned());
}

/// A button that removes a mesh or a control plane.
pub(super) fn removes(page: Page, label: &'static str, key: Key, edit: fn(Key) -> Edit, said: &'static str) -> El {
    let label = words(move |now| {
        let name = if now.draft.control_plane(key).is_some() { now.title(key) } else { now.mesh_id(key).to_owned() };
        [label, &name].concat().into()
    });
    icon_button("remove", label, move || {
        page.edit(edit(key));
        done(page, said);
    })
}

/// A button that adds something.
fn adds(what: &str) -> El {
    let label = ["Add ", what].concat();
    button("action small").set("aria-label", &label).set("title", &label).add(icon("add")).text(what)
}

/// The head of a section, with room for buttons.
fn head(id: &str, title: El) -> El {
    el("div").class("section-head").add(el("h2").set("id", id).set("tabindex", "-1").add(title))
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

/// A mesh with its control planes.
fn mesh(page: Page, key: Key) -> El {
    let id = format!("mesh-{}", key.0);
    let inner = move |now: &Now| now.draft.meshes.last().is_some_and(|last| last.key != key);
    let several = |now: &Now| (now.draft.meshes.len() > 1).then_some(0);
    let remove = move |_| {
        let said = "The mesh is removed, with the clusters that only it used. Undo brings them back.";
        removes(page, "Remove mesh ", key, Edit::RemoveMesh, said)
    };
    let add_mesh = move || {
        if let Some(key) = page.edit(Edit::AddMesh) {
            dom::focus_soon(field::id(At { field: Field::MeshId, key }));
        }
    };
    let buttons = el("div")
        .class("section-buttons")
        .add(adds("control plane").press(move || focus(page.edit(Edit::AddControlPlane(key)))))
        .add(adds("mesh").flag("hidden", inner).press(add_mesh))
        .part(several, remove);
    let section = el("section").class("section").set("aria-labelledby", &id);
    let section = section
        .add(head(&id, el("span").text("Mesh ").says(move |now| now.mesh_id(key).into())).add(buttons))
        .add(fields(el("div").class("fields"), page, &[Field::MeshId], key))
        .add(more(page, key, |_| &[Field::TrustDomain]));
    let planes = move |now: &Now| {
        now.draft.plane_keys().into_iter().filter(|plane| now.draft.mesh_of(*plane) == Some(key)).map(number).collect()
    };
    let plane = move |plane| control_plane::control_plane(page, from(plane));
    el("div").class("mesh").add(section).rows(planes, plane)
}
