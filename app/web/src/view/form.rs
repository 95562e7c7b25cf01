//! The form: mesh, control plane, clusters, sample, and what is wrong with them.

use super::field::{fields, more};
use super::here;
use super::icon::icon;
use super::live::{memo, part, press, rows};
use super::{card, control_plane, problems};
use crate::dom;
use crate::edit::Edit;
use leptos::prelude::*;
use meshwright_core::draft::{Draft, Key};
use meshwright_core::field::Field;

pub(super) fn form() -> AnyView {
    let page = here();
    let meshes = memo(move || page.draft.with(|draft| draft.meshes.iter().map(|mesh| mesh.key).collect::<Vec<_>>()));
    let planes =
        memo(move || page.draft.with(|draft| draft.control_planes().map(|plane| plane.key).collect::<Vec<_>>()));
    let clusters = memo(move || page.draft.with(keys));
    let add = press(move || {
        if let Some(key) = page.edit(Edit::Add) {
            dom::focus_soon(card::name_id(key));
        }
    });
    let sample = memo(move || page.draft.with(wants_sample));
    let with_sample = part(move || {
        let all: &[Field] = if sample.get() { &[Field::SampleNamespace, Field::SampleRoute] } else { &[] };
        fields(all, Key::TOPOLOGY)
    });
    view! {
        <section class="form" id="form" tabindex="-1" aria-label="Form">
            <div class="sections">
                {rows(meshes, mesh)}
                {rows(planes, control_plane::control_plane)}
                <section class="section clusters" aria-labelledby="clusters-title">
                    <div class="section-head">
                        <h2 id="clusters-title">"Clusters"</h2>
                        <button type="button" class="action small" on:click=add>{icon("add")}"Add cluster"</button>
                    </div>
                    {rows(clusters, card::card)}
                </section>
                <section class="section" aria-labelledby="sample-title">
                    <h2 id="sample-title">"Sample"</h2>
                    <div class="fields">{fields(&[Field::Sample], Key::TOPOLOGY)}{with_sample}</div>
                </section>
            </div>
            {problems::problems()}
        </section>
    }
    .into_any()
}

fn keys(draft: &Draft) -> Vec<Key> {
    draft.clusters.iter().map(|cluster| cluster.key).collect()
}

fn wants_sample(draft: &Draft) -> bool {
    draft.sample.app != "none"
}

fn mesh(key: Key) -> AnyView {
    let title = format!("mesh-{}", key.0);
    view! {
        <section class="section" aria-labelledby=title.clone()>
            <h2 id=title.clone()>"Mesh"</h2>
            <div class="fields">{fields(&[Field::MeshId], key)}</div>
            {more(&[Field::TrustDomain], key)}
        </section>
    }
    .into_any()
}
