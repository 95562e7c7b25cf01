//! A cluster's card. Folded it is one line that still says name, network and problems.

use super::el::{El, el};
use super::field::{fields, id, more};
use super::form::{done, from, number};
use super::icon::{button, icon, icon_button};
use super::select::{option, select};
use crate::dom;
use crate::edit::Edit;
use crate::now::{Now, count, named};
use crate::page::Page;
use meshwright_core::draft::{At, Cluster, Key, Role};
use meshwright_core::field::Field;
use std::borrow::Cow;

const ROLES: [Role; 4] = [Role::Primary, Role::External, Role::Config, Role::Remote];
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

pub(super) fn card(page: Page, key: Key) -> El {
    let folded = move |now: &Now| now.ui.folded.contains(&key);
    let fold = fold_id(key);
    let body = format!("{fold}-body");
    let fold = button("fold")
        .set("id", &fold)
        .said("aria-expanded", move |now| !folded(now))
        .set("aria-controls", &body)
        .press(move || page.tell(|ui| ui.fold(key)))
        .add(icon("chevron"))
        .add(el("span").class("name").says(move |now| now.name(key).into()))
        .add(el("span").class("role").says(move |now| now.made.role(key).label().into()));
    let head = badge(network(el("div").class("card-head").add(fold), key), key).add(buttons(page, key));
    let first = fields(el("div").class("pair"), page, &[Field::ClusterName], key).add(role(page, key));
    let first = el("div").class("fields").add(first).part(
        move |now| Some(u64::from(outside(now, key))),
        move |outside| match outside {
            0 => fields(el("div").class("pair"), page, &[Field::Context, Field::Network], key),
            _ => super::field::field(page, At { field: Field::Context, key }),
        },
    );
    let managed = move |now: &Now| (now.made.role(key) == Role::Remote && now.several()).then_some(0);
    let first = first.part(managed, move |_| manager(page, key));
    let more = more(page, key, move |now| if outside(now, key) { OUTSIDE } else { MEMBER });
    el("article")
        .attr("class", move |now| if folded(now) { "card folded" } else { "card" }.into())
        .attr("aria-label", move |now| now.name(key).into())
        .on("focusin", move |_| page.tell(|ui| ui.active = Some(key)))
        .add(head)
        .add(el("div").class("card-body").set("id", &body).flag("hidden", folded).add(first).add(more))
}

/// Whether the cluster has no need of what only a member of the mesh has. What was filled in is
/// never hidden: it has a warning then.
fn outside(now: &Now, key: Key) -> bool {
    let members_only = [Field::Network, Field::IngressGateway, Field::EgressGateway, Field::EastWestGateway];
    let filled = |field| !matches!(now.draft.text(At { field, key }), "" | "none");
    now.made.role(key) == Role::External && !members_only.into_iter().any(filled)
}

fn network(head: El, key: Key) -> El {
    let hue = move |now: &Now| {
        let network = &now.draft.cluster(key)?.network;
        let shown = now.made.role(key) != Role::External && !network.is_empty();
        shown.then(|| crate::diagram::hue(&now.made.networks, network) as u64)
    };
    head.part(hue, move |hue| {
        let chip = el("span").class(&format!("chip hue-{hue}")).set("title", "Network");
        chip.says(move |now| now.draft.text(At { field: Field::Network, key }).into())
    })
}

fn badge(head: El, key: Key) -> El {
    let counts = move |now: &Now| count(now.problems.iter().filter(|problem| problem.at.key == key));
    head.part(
        move |now| match counts(now) {
            (0, 0) => None,
            (errors, _) => Some(u64::from(errors == 0)),
        },
        move |warning| {
            let (class, words) = if warning == 0 { ("badge error", " errors") } else { ("badge warning", " warnings") };
            let number = move |now: &Now| match counts(now) {
                (0, warnings) => warnings.to_string(),
                (errors, _) => errors.to_string(),
            };
            el("span").class(class).says(move |now| number(now).into()).add(el("span").class("unseen").text(words))
        },
    )
}

fn buttons(page: Page, key: Key) -> El {
    let is_at = move |cluster: Option<&Cluster>| cluster.is_some_and(|cluster| cluster.key == key);
    let shift = move |steps| {
        page.edit(Edit::Move(key, steps));
        // The card is another place in the document now, and may have lost the focus on its way.
        dom::focus_soon(fold_id(key));
    };
    let up = icon_button("up", label("Move up: ", key), move || shift(-1));
    let down = icon_button("down", label("Move down: ", key), move || shift(1));
    el("div")
        .class("card-buttons")
        .add(up.flag("disabled", move |now| is_at(now.draft.clusters.first())))
        .add(down.flag("disabled", move |now| is_at(now.draft.clusters.last())))
        .add(icon_button("remove", label("Remove ", key), move || remove(page, key)))
}

/// What a button does to a cluster, with the cluster's name.
fn label(what: &'static str, key: Key) -> impl for<'a> Fn(&'a Now) -> Cow<'a, str> + Copy {
    move |now| [what, now.name(key)].concat().into()
}

fn remove(page: Page, key: Key) {
    let words = [named(&page.draft(), key), " is removed. Undo brings it back."].concat();
    page.edit(Edit::Remove(key));
    done(page, &words);
}

fn role(page: Page, key: Key) -> El {
    let id = format!("role-{}", key.0);
    let select = select("Choose a role").set("id", &id).all(ROLES.map(|role| option(role.label(), role.label())));
    let select = select
        .value(move |now| match now.made.role(key) {
            Role::Unused => "".into(),
            role @ (Role::Primary | Role::External | Role::Config | Role::Remote) => role.label().into(),
        })
        .typed("change", move |label| {
            if let Some(role) = ROLES.into_iter().find(|role| role.label() == label) {
                page.edit(Edit::Role(key, role));
            }
        });
    el("div").class("field").add(el("label").set("for", &id).text("Role")).add(select)
}

/// Which of several control planes manages a remote cluster.
fn manager(page: Page, key: Key) -> El {
    let id = format!("manager-{}", key.0);
    let one = |plane: u64| option(&plane.to_string(), "").says(move |now| now.title(from(plane)).into());
    let select = el("select")
        .class("mono")
        .set("id", &id)
        .rows(|now| now.draft.plane_keys().into_iter().map(number).collect(), one)
        .value(move |now| now.draft.manager(key).map_or_else(String::new, |plane| plane.key.0.to_string()).into())
        .typed("change", move |plane| {
            if let Ok(plane) = plane.parse() {
                page.edit(Edit::Manager(key, Key(plane)));
            }
        });
    el("div").class("field").add(el("label").set("for", &id).text("Managed by the control plane on")).add(select)
}
