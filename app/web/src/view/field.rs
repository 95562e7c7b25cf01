//! A field: label, input, help, and what is wrong with it. Everything said comes from the core's
//! `Field::info`; everything typed stays as typed.

use super::here;
use super::icon::icon;
use crate::edit::Edit;
use crate::page::Page;
use leptos::prelude::*;
use meshwright_core::draft::{At, ClusterRef, Key, Role};
use meshwright_core::field::{Choice, Field, Info, Takes};
use meshwright_core::problem::{Problem, Severity};

/// The id of a field's element.
pub(super) fn id(at: At) -> String {
    format!("field-{}-{}", at.field as u8, at.key.0)
}

/// A field.
pub(super) fn field(at: At) -> AnyView {
    match at.field.info().takes {
        Takes::Text(_) => text(at),
        Takes::Choice(choices) => choice(at, choices),
        Takes::Clusters => cluster(at),
    }
}

/// Several fields.
pub(super) fn fields(all: &[Field], key: Key) -> AnyView {
    all.iter().map(|field| self::field(At { field: *field, key })).collect_view().into_any()
}

/// Fields under a fold, which says how many of them differ from their defaults.
pub(super) fn more(all: &'static [Field], key: Key) -> AnyView {
    let page = here();
    let differ = Memo::new(move |_| {
        page.draft.with(|draft| {
            let differs = |field: &&Field| {
                let at = At { field: **field, key };
                draft.effective(at) != field.info().default.unwrap_or_default()
            };
            all.iter().filter(differs).count()
        })
    });
    let words = move || match differ.get() {
        0 => "all as usual".to_owned(),
        count => format!("{count} set"),
    };
    view! {
        <details class="more">
            <summary>{icon("chevron")}"More settings "<span class="count">{words}</span></summary>
            <div class="fields">{fields(all, key)}</div>
        </details>
    }
    .into_any()
}

fn text(at: At) -> AnyView {
    let page = here();
    let info = at.field.info();
    let value = Memo::new(move |_| page.draft.with(|draft| draft.text(at).to_owned()));
    let placeholder = match info.default {
        Some("") => format!("none; for example {}", info.example),
        Some(default) => default.to_owned(),
        None => info.example.to_owned(),
    };
    let list = (at.field == Field::IstioVersion).then_some("releases");
    let problems = page.problems_at(at);
    let control = view! {
        <input
            type="text"
            id=id(at)
            class:mono=at.field != Field::IstioVersion
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            list=list
            placeholder=placeholder
            aria-describedby=described_by(at)
            aria-invalid=move || invalid(problems)
            prop:value=move || value.get()
            on:input:target=move |event| {
                page.edit(Edit::Text(at, event.target().value()));
            }
            on:blur=move |_| page.leave()
        />
    };
    frame(page, at, info, problems, control.into_any())
}

fn choice(at: At, choices: &'static [Choice]) -> AnyView {
    let page = here();
    let value = Memo::new(move |_| page.draft.with(|draft| draft.effective(at).to_owned()));
    let option = move |choice: &'static Choice| {
        let chosen = move || value.with(|value| value == choice.value);
        view! { <option value=choice.value prop:selected=chosen>{choice.label}</option> }
    };
    // A file may hold a value that is not a choice: it stays until another one is chosen.
    let strange = move || {
        let value = value.get();
        let strange = choices.iter().all(|choice| choice.value != value);
        strange.then(|| view! { <option value=value.clone() prop:selected=true>{value.clone()}</option> })
    };
    let problems = page.problems_at(at);
    let control = view! {
        <select
            id=id(at)
            aria-describedby=described_by(at)
            aria-invalid=move || invalid(problems)
            on:change:target=move |event| {
                page.edit(Edit::Text(at, event.target().value()));
                page.leave();
            }
        >
            {choices.iter().map(option).collect_view()}
            {strange}
        </select>
    };
    frame(page, at, at.field.info(), problems, control.into_any())
}

/// The one cluster that a control plane runs on, or takes its configuration from.
fn cluster(at: At) -> AnyView {
    let page = here();
    let role = if at.field == Field::ControlPlaneCluster { Role::External } else { Role::Config };
    let chosen = Memo::new(move |_| {
        page.draft.with(|draft| {
            let plane = draft.control_planes().find(|plane| plane.key == at.key)?;
            let to = if role == Role::External { &plane.cluster } else { &plane.config_cluster };
            match to {
                ClusterRef::To(key) => Some(*key),
                ClusterRef::Unknown(_) => None,
            }
        })
    });
    let keys = Memo::new(move |_| page.draft.with(|draft| draft.clusters.iter().map(|c| c.key).collect::<Vec<_>>()));
    let option = move |key: Key| {
        let name = move || page.draft.with(|draft| draft.cluster(key).map(|cluster| cluster.name.clone()));
        view! { <option value=key.0 prop:selected=move || chosen.get() == Some(key)>{name}</option> }
    };
    let problems = page.problems_at(at);
    let control = view! {
        <select
            id=id(at)
            class="mono"
            aria-describedby=described_by(at)
            aria-invalid=move || invalid(problems)
            on:change:target=move |event| {
                if let Ok(key) = event.target().value().parse() {
                    page.edit(Edit::Role(Key(key), role));
                }
            }
        >
            <option value="" disabled=true prop:selected=move || chosen.get().is_none()>"Choose a cluster"</option>
            <For each=move || keys.get() key=|key| *key children=option />
        </select>
    };
    frame(page, at, at.field.info(), problems, control.into_any())
}

/// The ids that describe a field's element.
pub(super) fn described_by(at: At) -> String {
    let id = id(at);
    format!("{id}-problem {id}-help")
}

/// Whether a field is in error.
pub(super) fn invalid(problems: Memo<Vec<Problem>>) -> &'static str {
    let error = problems.with(|all| all.iter().any(|problem| problem.severity() == Severity::Error));
    if error { "true" } else { "false" }
}

fn frame(page: Page, at: At, info: Info, problems: Memo<Vec<Problem>>, control: AnyView) -> AnyView {
    let id = id(at);
    let help_id = format!("{id}-help");
    let open = RwSignal::new(false);
    let link = move || page.facts().docs(info.docs);
    view! {
        <div class="field" class:wrong=move || problems.with(|all| !all.is_empty())>
            <label for=id.clone()>{info.label}</label>
            {control}
            <button
                type="button"
                class="help-button"
                aria-label=format!("Help: {}", info.label)
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-controls=help_id.clone()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                "?"
            </button>
            <div class="help" hidden=move || !open.get()>
                <span id=help_id>{info.help}</span>
                " "
                <a href=link target="_blank" rel="noreferrer">"Istio " {move || page.facts().minor} " docs"</a>
            </div>
            {complaint(at, problems)}
        </div>
    }
    .into_any()
}

/// What is wrong with a field, below it.
pub(super) fn complaint(at: At, problems: Memo<Vec<Problem>>) -> AnyView {
    let one = |problem: &Problem| {
        let class = if problem.severity() == Severity::Error { "problem error" } else { "problem warning" };
        view! {
            <p class=class>{icon(if problem.severity() == Severity::Error { "error" } else { "warning" })}
                <span><strong>{problem.what()}</strong> " " {problem.breaks()} " " {problem.mend()}</span>
            </p>
        }
    };
    view! {
        <div id=format!("{}-problem", id(at))>{move || problems.with(|all| all.iter().map(one).collect_view())}</div>
    }
    .into_any()
}
