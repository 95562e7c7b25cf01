//! The form: mesh, control plane, clusters, sample, and what is wrong with them.

use super::field::{fields, more};
use super::here;
use super::icon::icon;
use super::{card, control_plane, problems};
use crate::dom;
use crate::edit::Edit;
use leptos::prelude::*;
use meshwright_core::draft::{Draft, Key};
use meshwright_core::field::Field;

pub(super) fn form() -> AnyView {
    let page = here();
    let meshes = Memo::new(move |_| page.draft.with(|draft| draft.meshes.iter().map(|mesh| mesh.key).collect::<Vec<_>>()));
    let planes = Memo::new(move |_| page.draft.with(|draft| draft.control_planes().map(|plane| plane.key).collect::<Vec<_>>()));
    let clusters = Memo::new(move |_| page.draft.with(keys));
    let add = move |_| {
        if let Some(key) = page.edit(Edit::Add) {
            dom::focus_soon(card::name_id(key));
        }
    };
    let sample = Memo::new(move |_| page.draft.with(wants_sample));
    let with_sample = move || sample.get().then(|| fields(&[Field::SampleNamespace, Field::SampleRoute], Key::TOPOLOGY));
    view! {
        <section class="form" id="form" tabindex="-1" aria-label="Form">
            <div class="sections">
                <For each=move || meshes.get() key=|key| *key children=mesh />
                <For each=move || planes.get() key=|key| *key children=control_plane::control_plane />
                <section class="section clusters" aria-labelledby="clusters-title">
                    <div class="section-head">
                        <h2 id="clusters-title">"Clusters"</h2>
                        <button type="button" class="action small" on:click=add>{icon("add")}"Add cluster"</button>
                    </div>
                    <For each=move || clusters.get() key=|key| *key children=card::card />
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
