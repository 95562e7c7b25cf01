//! A control plane: where it runs, what it reads, and how its clusters reach it.

use super::field::{complaint, fields, id, more};
use super::here;
use super::icon::icon_button;
use crate::edit::Edit;
use leptos::prelude::*;
use meshwright_core::draft::{At, ClusterRef, Key};
use meshwright_core::field::Field;

pub(super) fn control_plane(key: Key) -> AnyView {
    let page = here();
    let kind = Memo::new(move |_| {
        page.draft.with(|draft| draft.effective(At { field: Field::AddressType, key }).to_owned())
    });
    let address = move || match kind.get().as_str() {
        "dns" => fields(&[Field::Host, Field::TlsSecret], key),
        "ip" => fields(&[Field::Ip], key),
        _ => ().into_any(),
    };
    let folded = move || match kind.get().as_str() {
        "dns" => more(&[Field::GatewayTrust, Field::Revision], key),
        _ => more(&[Field::Revision], key),
    };
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
    let names = Memo::new(move |_| {
        page.draft.with(|draft| {
            let planes = draft.control_planes().filter(|plane| plane.key == key);
            let remotes = planes.flat_map(|plane| &plane.remote_clusters);
            let unknown = remotes.filter_map(|remote| match remote {
                ClusterRef::Unknown(name) => Some(name.clone()),
                ClusterRef::To(_) => None,
            });
            unknown.collect::<Vec<_>>()
        })
    });
    let one = move |name: String| {
        let label = format!("Do not manage “{name}”");
        let gone = name.clone();
        view! {
            <li>
                <code>{name}</code>
                {icon_button("close", Signal::stored(label), Signal::stored(false), move || {
                    page.edit(Edit::Forget(key, gone.clone()));
                })}
            </li>
        }
    };
    let row = move || {
        let wrong = problems.with(|all| !all.is_empty());
        wrong.then(|| {
            view! {
                <div class="field wrong" id=id(at) tabindex="-1">
                    <span class="label">{Field::RemoteClusters.info().label}</span>
                    <ul class="chips">{names.get().into_iter().map(one).collect_view()}</ul>
                    {complaint(at, problems)}
                </div>
            }
        })
    };
    view! { {row} }.into_any()
}
