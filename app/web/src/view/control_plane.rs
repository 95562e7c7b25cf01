//! A control plane: where it runs, what it reads, and how its clusters reach it.

use super::el::{El, el, words};
use super::field::{fields, fields_by, id, more};
use super::form::removes;
use super::icon::icon_button;
use super::remedy::complaint;
use crate::edit::Edit;
use crate::now::Now;
use crate::page::Page;
use meshwright_core::draft::{At, ClusterRef, ControlPlane, Key};
use meshwright_core::field::Field;

/// How its clusters reach a control plane; nothing where it has none to be reached by.
fn kind(now: &Now, key: Key) -> &str {
    match now.draft.control_plane(key) {
        Some(plane) if plane.is_primary() && plane.remote_clusters.is_empty() => "",
        _ => now.draft.effective(At { field: Field::AddressType, key }),
    }
}

pub(super) fn control_plane(page: Page, key: Key) -> El {
    let pair = el("div").class("pair");
    let pair = fields(pair, page, &[Field::ControlPlaneCluster, Field::ConfigCluster], key);
    let all = el("div")
        .class("fields")
        .add(pair)
        .part(move |now| now.problems_at(strange(key)).next().map(|_| 0), move |_| strangers(page, key));
    let all = fields_by(all, page, key, move |now| match kind(now, key) {
        "" => &[Field::Namespace],
        "dns" => &[Field::Namespace, Field::AddressType, Field::Host, Field::TlsSecret],
        "ip" => &[Field::Namespace, Field::AddressType, Field::Ip],
        _ => &[Field::Namespace, Field::AddressType],
    });
    let folded = more(page, key, move |now| {
        if kind(now, key) == "dns" { &[Field::GatewayTrust, Field::Revision] } else { &[Field::Revision] }
    });
    let id = format!("plane-{}", key.0);
    let remove = move |_| {
        let said = "The control plane is removed, and its clusters are managed by another one. Undo brings it back.";
        removes(page, "Remove the control plane on ", key, Edit::RemoveControlPlane, said)
    };
    let others = move |now: &Now| {
        let planes = now.draft.meshes.iter().map(|mesh| &mesh.control_planes);
        let holds = |planes: &Vec<ControlPlane>| planes.len() > 1 && planes.iter().any(|plane| plane.key == key);
        planes.into_iter().any(holds).then_some(0)
    };
    let title = el("h2").set("id", &id).text("Control plane on ").says(move |now| now.title(key).into());
    let head = el("div").class("section-head").add(title).part(others, remove);
    el("section").class("section").set("aria-labelledby", &id).add(head).add(all).add(folded)
}

fn strange(key: Key) -> At {
    At { field: Field::RemoteClusters, key }
}

/// The names of remote clusters that there are not.
fn names(draft: &meshwright_core::draft::Draft, key: Key) -> impl Iterator<Item = &String> {
    draft.control_plane(key).into_iter().flat_map(|plane| &plane.remote_clusters).filter_map(|remote| match remote {
        ClusterRef::Unknown(name) => Some(name),
        ClusterRef::To(_) => None,
    })
}

/// What a file may bring and the form cannot make: names of remote clusters that there are not.
fn strangers(page: Page, key: Key) -> El {
    let at = strange(key);
    let name = move |now: &Now, index: usize| names(&now.draft, key).nth(index).cloned().unwrap_or_default();
    let one = move |index: u64| {
        let index = usize::try_from(index).unwrap_or(0);
        let forget = move || {
            if let Some(name) = names(&page.draft(), key).nth(index) {
                page.edit(Edit::Forget(key, name.clone()));
            }
        };
        let label = words(move |now| ["Do not manage “", &name(now, index), "”"].concat().into());
        el("li").add(el("code").says(move |now| name(now, index).into())).add(icon_button("close", label, forget))
    };
    let chips =
        el("ul").class("chips").rows(move |now| (0..).zip(names(&now.draft, key)).map(|(n, _)| n).collect(), one);
    el("div")
        .class("field wrong")
        .set("id", &id(at))
        .set("tabindex", "-1")
        .add(el("span").class("label").text(Field::RemoteClusters.info().label))
        .add(chips)
        .add(complaint(page, at))
}
