//! A control plane: where it runs, what it reads, and how its clusters reach it.

use super::el::{El, el, words};
use super::field::{complaint, fields, fields_by, id, more};
use super::form::section;
use super::icon::icon_button;
use crate::edit::Edit;
use crate::now::Now;
use crate::page::Page;
use meshwright_core::draft::{At, ClusterRef, Key};
use meshwright_core::field::Field;

pub(super) fn control_plane(page: Page, key: Key) -> El {
    fn kind(now: &Now, key: Key) -> &str {
        now.draft.effective(At { field: Field::AddressType, key })
    }
    let pair = el("div").class("pair");
    let pair = fields(pair, page, &[Field::ControlPlaneCluster, Field::ConfigCluster], key);
    let all = el("div")
        .class("fields")
        .add(pair)
        .part(move |now| now.problems_at(strange(key)).next().map(|_| 0), move |_| strangers(page, key));
    let all = fields(all, page, &[Field::Namespace, Field::AddressType], key);
    let all = fields_by(all, page, key, move |now| match kind(now, key) {
        "dns" => &[Field::Host, Field::TlsSecret],
        "ip" => &[Field::Ip],
        _ => &[],
    });
    let folded = more(page, key, move |now| {
        if kind(now, key) == "dns" { &[Field::GatewayTrust, Field::Revision] } else { &[Field::Revision] }
    });
    section(&format!("plane-{}", key.0), "Control plane").add(all).add(folded)
}

fn strange(key: Key) -> At {
    At { field: Field::RemoteClusters, key }
}

/// The names of remote clusters that there are not.
fn names(draft: &meshwright_core::draft::Draft, key: Key) -> impl Iterator<Item = &String> {
    let planes = draft.control_planes().filter(move |plane| plane.key == key);
    planes.flat_map(|plane| &plane.remote_clusters).filter_map(|remote| match remote {
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
        .add(complaint(at))
}
