//! A control plane: where it runs, what it reads, and how its clusters reach it.

use super::field::{complaint, fields, id, more};
use super::here;
use super::icon::icon_button;
use super::live::{fixed, flag, memo, part};
use crate::edit::Edit;
use leptos::prelude::*;
use meshwright_core::draft::{At, ClusterRef, Key};
use meshwright_core::field::Field;

pub(super) fn control_plane(key: Key) -> AnyView {
    let page = here();
    let kind = memo(move || page.draft.with(|draft| draft.effective(At { field: Field::AddressType, key }).to_owned()));
    let address = part(move || {
        let all: &[Field] = match kind.get().as_str() {
            "dns" => &[Field::Host, Field::TlsSecret],
            "ip" => &[Field::Ip],
            _ => &[],
        };
        fields(all, key)
    });
    let folded = part(move || {
        let dns = kind.with(|kind| kind == "dns");
        more(if dns { &[Field::GatewayTrust, Field::Revision] } else { &[Field::Revision] }, key)
    });
    let title = format!("plane-{}", key.0);
    view! {
        <section class="section" aria-labelledby=title.clone()>
            <h2 id=title.clone()>"Control plane"</h2>
            <div class="fields">
                <div class="pair">{fields(&[Field::ControlPlaneCluster, Field::ConfigCluster], key)}</div>
                {strangers(key)}
                {fields(&[Field::Namespace, Field::AddressType], key)}
                {address}
            </div>
            {folded}
        </section>
    }
    .into_any()
}

/// What a file may bring and the form cannot make: names of remote clusters that there are not.
fn strangers(key: Key) -> AnyView {
    let page = here();
    let at = At { field: Field::RemoteClusters, key };
    let problems = page.problems_at(at);
    let names = move || {
        page.draft.with(|draft| {
            let planes = draft.control_planes().filter(|plane| plane.key == key);
            let remotes = planes.flat_map(|plane| &plane.remote_clusters);
            let unknown = remotes.filter_map(|remote| match remote {
                ClusterRef::Unknown(name) => Some(name.clone()),
                ClusterRef::To(_) => None,
            });
            unknown.collect::<Vec<_>>()
        })
    };
    let one = move |name: String| {
        let label = format!("Do not manage “{name}”");
        let gone = name.clone();
        view! {
            <li>
                <code>{name}</code>
                {icon_button("close", fixed(label), flag(|| false), move || {
                    page.edit(Edit::Forget(key, gone.clone()));
                })}
            </li>
        }
        .into_any()
    };
    let row = move || {
        if problems.with(Vec::is_empty) {
            return ().into_any();
        }
        view! {
            <div class="field wrong" id=id(at) tabindex="-1">
                <span class="label">{Field::RemoteClusters.info().label}</span>
                <ul class="chips">{names().into_iter().map(one).collect::<Vec<AnyView>>()}</ul>
                {complaint(at, problems)}
            </div>
        }
        .into_any()
    };
    part(row)
}
