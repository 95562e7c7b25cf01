//! A cluster's card. Folded it is one line that still says name, network and problems.

use super::field::{fields, id, more, option};
use super::here;
use super::icon::{icon, icon_button};
use super::live::{fixed, flag, heard, memo, part, press, said, typed, words};
use crate::dom;
use crate::edit::Edit;
use crate::made::count;
use crate::page::Page;
use leptos::prelude::*;
use meshwright_core::draft::{At, Cluster, Draft, Key, Role};
use meshwright_core::field::Field;

const ROLES: [Role; 3] = [Role::External, Role::Config, Role::Remote];
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
    let role = memo(move || page.draft.with(|draft| draft.role(key)));
    let name = words(move || page.draft.with(|draft| named(draft, key)));
    let folded = flag(move || page.is_folded(key));
    let outside = memo(move || outside(page, key, role.get()));
    let body = format!("card-{}-body", key.0);
    view! {
        <article
            class="card"
            class:folded=folded
            aria-label=name
            on:focusin=heard(move |_| page.active.set(Some(key)))
        >
            <div class="card-head">
                <button
                    type="button"
                    class="fold"
                    id=fold_id(key)
                    aria-expanded=said(move || !folded.get())
                    aria-controls=body.clone()
                    on:click=press(move || toggle(page, key))
                >
                    {icon("chevron")}
                    <span class="name">{name}</span>
                    <span class="role">{words(move || role.get().label().to_owned())}</span>
                </button>
                {network(page, key, role)}
                {badge(page, key)}
                {buttons(page, key, name)}
            </div>
            <div class="card-body" id=body hidden=folded>
                <div class="fields">
                    <div class="pair">{fields(&[Field::ClusterName], key)}{role_field(page, key, role)}</div>
                    {part(move || first_fields(key, outside.get()))}
                </div>
                {part(move || more(if outside.get() { OUTSIDE } else { MEMBER }, key))}
            </div>
        </article>
    }
    .into_any()
}

fn first_fields(key: Key, outside: bool) -> AnyView {
    if outside {
        fields(&[Field::Context], key)
    } else {
        view! { <div class="pair">{fields(&[Field::Context, Field::Network], key)}</div> }.into_any()
    }
}

/// Whether the cluster has no need of what only a member of the mesh has. What was filled in is
/// never hidden: it has a warning then.
fn outside(page: Page, key: Key, role: Role) -> bool {
    let filled = page.draft.with(|draft| {
        let members_only = [Field::Network, Field::IngressGateway, Field::EgressGateway, Field::EastWestGateway];
        members_only.into_iter().any(|field| !matches!(draft.text(At { field, key }), "" | "none"))
    });
    role == Role::External && !filled
}

fn named(draft: &Draft, key: Key) -> String {
    match draft.cluster(key).map(|cluster| cluster.name.as_str()) {
        None | Some("") => "(no name)".to_owned(),
        Some(name) => name.to_owned(),
    }
}

fn toggle(page: Page, key: Key) {
    page.folded.update(|folded| {
        let before = folded.len();
        folded.retain(|found| *found != key);
        if folded.len() == before {
            folded.push(key);
        }
    });
}

fn network(page: Page, key: Key, role: Memo<Role>) -> AnyView {
    let network = move || {
        let network = page.draft.with(|draft| draft.cluster(key).map(|cluster| cluster.network.clone()))?;
        let shown = role.get() != Role::External && !network.is_empty();
        shown.then(|| (page.networks.with(|all| crate::diagram::hue(all, &network)), network))
    };
    part(move || match network() {
        Some((hue, name)) => view! { <span class=format!("chip hue-{hue}") title="Network">{name}</span> }.into_any(),
        None => ().into_any(),
    })
}

fn badge(page: Page, key: Key) -> AnyView {
    let counts = move || {
        page.problems.with(|all| {
            let own: Vec<_> = all.iter().filter(|problem| problem.at.key == key).cloned().collect();
            count(&own)
        })
    };
    part(move || {
        let (class, number, words) = match counts() {
            (0, 0) => return ().into_any(),
            (0, warnings) => ("badge warning", warnings, "warnings"),
            (errors, _) => ("badge error", errors, "errors"),
        };
        view! { <span class=class>{number.to_string()}<span class="unseen">" " {words}</span></span> }.into_any()
    })
}

fn buttons(page: Page, key: Key, name: Signal<String>) -> AnyView {
    let is_at = move |end: fn(&Draft) -> Option<&Cluster>| {
        flag(move || page.draft.with(|draft| end(draft).is_some_and(|cluster| cluster.key == key)))
    };
    let label = move |what: &'static str| words(move || format!("{what} {}", name.get()));
    let shift = move |steps| {
        page.edit(Edit::Move(key, steps));
        // The card is another place in the document now, and lost the focus on its way.
        dom::focus_soon(fold_id(key));
    };
    view! {
        <div class="card-buttons">
            {icon_button("up", label("Move up:"), is_at(|draft| draft.clusters.first()), move || shift(-1))}
            {icon_button("down", label("Move down:"), is_at(|draft| draft.clusters.last()), move || shift(1))}
            {icon_button("remove", label("Remove"), flag(|| false), move || remove(page, key))}
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
    let one = move |choice: Role| {
        option(choice.label().to_owned(), fixed(choice.label()), flag(move || role.get() == choice))
    };
    view! {
        <div class="field">
            <label for=id.clone()>"Role"</label>
            <select
                id=id
                on:change=typed(move |value| {
                    if let Some(role) = ROLES.into_iter().find(|role| role.label() == value) {
                        page.edit(Edit::Role(key, role));
                    }
                })
            >
                <option value="" disabled=true prop:selected=flag(move || role.get() == Role::Unused)>"Choose a role"</option>
                {ROLES.into_iter().map(one).collect::<Vec<AnyView>>()}
            </select>
        </div>
    }
    .into_any()
}
