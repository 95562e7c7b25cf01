//! A cluster's card. Folded it is one line that still says name, network and problems.

use super::field::{fields, id, more};
use super::here;
use super::icon::{icon, icon_button};
use crate::dom;
use crate::edit::Edit;
use crate::made::count;
use crate::page::Page;
use leptos::prelude::*;
use meshwright_core::draft::{At, Draft, Key, Role};
use meshwright_core::field::Field;

const ROLES: [Role; 4] = [Role::External, Role::Config, Role::Remote, Role::Unused];
const MEMBER: &[Field] =
    &[Field::IngressGateway, Field::EgressGateway, Field::EastWestGateway, Field::Platform, Field::ApiServer];
const OUTSIDE: &[Field] = &[Field::Platform, Field::ApiServer];

/// The id of the field with the cluster's name.
pub(super) fn name_id(key: Key) -> String {
    id(At { field: Field::ClusterName, key })
}

/// The id of the button that folds a card.
pub(super) fn fold_id(key: Key) -> String {
    format!("card-{}", key.0)
}

pub(super) fn card(key: Key) -> AnyView {
    let page = here();
    let role = Memo::new(move |_| page.draft.with(|draft| draft.role(key)));
    let name = Memo::new(move |_| page.draft.with(|draft| named(draft, key)));
    let folded = Memo::new(move |_| page.is_folded(key));
    let body = format!("card-{}-body", key.0);
    view! {
        <article
            class="card"
            class:folded=move || folded.get()
            aria-label=move || name.get()
            on:focusin=move |_| page.active.set(Some(key))
        >
            <div class="card-head">
                <button
                    type="button"
                    class="fold"
                    id=fold_id(key)
                    aria-expanded=move || if folded.get() { "false" } else { "true" }
                    aria-controls=body.clone()
                    on:click=move |_| toggle(page, key)
                >
                    {icon("chevron")}
                    <span class="name">{move || name.get()}</span>
                    <span class="role">{move || role.get().label()}</span>
                </button>
                {network(page, key, role)}
                {badge(page, key)}
                {buttons(page, key, name)}
            </div>
            <div class="card-body" id=body hidden=move || folded.get()>
                <div class="fields">
                    <div class="pair">{fields(&[Field::ClusterName], key)}{role_field(page, key, role)}</div>
                    {move || first_fields(page, key, role.get())}
                </div>
                {move || more(if outside(page, key, role.get()) { OUTSIDE } else { MEMBER }, key)}
            </div>
        </article>
    }
    .into_any()
}

fn first_fields(page: Page, key: Key, role: Role) -> AnyView {
    if outside(page, key, role) {
        fields(&[Field::Context], key)
    } else {
        view! { <div class="pair">{fields(&[Field::Context, Field::Network], key)}</div> }.into_any()
    }
}

/// Whether the cluster has no need of what only a member of the mesh has. What was filled in is
/// never hidden: it has a warning then.
fn outside(page: Page, key: Key, role: Role) -> bool {
    let filled = Memo::new(move |_| {
        page.draft.with(|draft| {
            let text = |field| draft.text(At { field, key });
            let gateways = [Field::IngressGateway, Field::EgressGateway, Field::EastWestGateway].map(text);
            !text(Field::Network).is_empty() || gateways.iter().any(|typed| !matches!(*typed, "" | "none"))
        })
    });
    role == Role::External && !filled.get()
}

fn named(draft: &Draft, key: Key) -> String {
    match draft.cluster(key).map(|cluster| cluster.name.as_str()) {
        None | Some("") => "(no name)".to_owned(),
        Some(name) => name.to_owned(),
    }
}

fn toggle(page: Page, key: Key) {
    page.folded.update(|folded| {
        if !folded.remove(&key) {
            folded.insert(key);
        }
    });
}

fn network(page: Page, key: Key, role: Memo<Role>) -> AnyView {
    let network = Memo::new(move |_| {
        let network = page.draft.with(|draft| draft.cluster(key).map(|cluster| cluster.network.clone()))?;
        let shown = role.get() != Role::External && !network.is_empty();
        shown.then(|| (page.networks.with(|all| crate::diagram::hue(all, &network)), network))
    });
    let chip = move || {
        let (hue, name) = network.get()?;
        Some(view! { <span class=format!("chip hue-{hue}") title="Network">{name}</span> })
    };
    view! { {chip} }.into_any()
}

fn badge(page: Page, key: Key) -> AnyView {
    let counts = Memo::new(move |_| {
        page.problems.with(|all| {
            let own: Vec<_> = all.iter().filter(|problem| problem.at.key == key).cloned().collect();
            count(&own)
        })
    });
    let badge = move || {
        let (class, number, words) = match counts.get() {
            (0, 0) => return None,
            (0, warnings) => ("badge warning", warnings, "warnings"),
            (errors, _) => ("badge error", errors, "errors"),
        };
        Some(view! { <span class=class>{number}<span class="unseen">" " {words}</span></span> })
    };
    view! { {badge} }.into_any()
}

fn buttons(page: Page, key: Key, name: Memo<String>) -> AnyView {
    let place = Memo::new(move |_| {
        page.draft.with(|draft| {
            let index = draft.clusters.iter().position(|cluster| cluster.key == key);
            (index.unwrap_or(0), draft.clusters.len())
        })
    });
    let label = move |what: &'static str| Signal::derive(move || format!("{what} {}", name.get()));
    let shift = move |steps| {
        page.edit(Edit::Move(key, steps));
        // The card is another place in the document now, and lost the focus on its way.
        dom::focus_soon(fold_id(key));
    };
    view! {
        <div class="card-buttons">
            {icon_button("up", label("Move up:"), Signal::derive(move || place.get().0 == 0), move || shift(-1))}
            {icon_button("down", label("Move down:"), Signal::derive(move || place.get().0 + 1 >= place.get().1), move || shift(1))}
            {icon_button("remove", label("Remove"), Signal::stored(false), move || remove(page, key))}
        </div>
    }
    .into_any()
}

fn remove(page: Page, key: Key) {
    let name = page.draft.with_untracked(|draft| named(draft, key));
    page.edit(Edit::Remove(key));
    page.notice.set(Some(crate::page::Notice::Done(format!("{name} is removed. Undo brings it back."))));
    dom::focus_soon("clusters-title".to_owned());
}

fn role_field(page: Page, key: Key, role: Memo<Role>) -> AnyView {
    let id = format!("role-{}", key.0);
    let option = move |choice: Role| {
        let hidden = move || choice == Role::Unused && role.get() != Role::Unused;
        view! {
            <option value=choice.label() prop:selected=move || role.get() == choice hidden=hidden>{choice.label()}</option>
        }
    };
    view! {
        <div class="field">
            <label for=id.clone()>"Role"</label>
            <select
                id=id
                on:change:target=move |event| {
                    let value = event.target().value();
                    if let Some(role) = ROLES.into_iter().find(|role| role.label() == value) {
                        page.edit(Edit::Role(key, role));
                    }
                }
            >
                {ROLES.map(option).into_iter().collect_view()}
            </select>
        </div>
    }
    .into_any()
}
