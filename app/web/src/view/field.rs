//! A field: label, input, help, and what is wrong with it. Everything said comes from the core's
//! `Field::info`; everything typed stays as typed.

use super::here;
use super::icon::icon;
use super::live::{fixed, flag, heard, memo, part, press, said, typed, words};
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
    let all: Vec<AnyView> = all.iter().map(|field| self::field(At { field: *field, key })).collect();
    all.into_any()
}

/// Fields under a fold, which says how many of them differ from their defaults.
pub(super) fn more(all: &'static [Field], key: Key) -> AnyView {
    let page = here();
    let differ = words(move || {
        let count = page.draft.with(|draft| {
            let differs = |field: &&Field| {
                let at = At { field: **field, key };
                draft.effective(at) != field.info().default.unwrap_or_default()
            };
            all.iter().filter(differs).count()
        });
        if count == 0 { "all as usual".to_owned() } else { format!("{count} set") }
    });
    view! {
        <details class="more">
            <summary>{icon("chevron")}"More settings "<span class="count">{differ}</span></summary>
            <div class="fields">{fields(all, key)}</div>
        </details>
    }
    .into_any()
}

/// A choice of a select.
pub(super) fn option(value: String, label: Signal<String>, chosen: Signal<bool>) -> AnyView {
    view! { <option value=value prop:selected=chosen>{label}</option> }.into_any()
}

fn text(at: At) -> AnyView {
    let page = here();
    let info = at.field.info();
    let value = words(move || page.draft.with(|draft| draft.text(at).to_owned()));
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
            aria-invalid=invalid(problems)
            prop:value=value
            on:input=typed(move |text| {
                page.edit(Edit::Text(at, text));
            })
            on:blur=heard(move |_| page.leave())
        />
    };
    frame(page, at, info, problems, control.into_any())
}

fn choice(at: At, choices: &'static [Choice]) -> AnyView {
    let page = here();
    let value = memo(move || page.draft.with(|draft| draft.effective(at).to_owned()));
    let one = move |choice: &'static Choice| {
        option(choice.value.to_owned(), fixed(choice.label), flag(move || value.with(|value| value == choice.value)))
    };
    // A file may hold a value that is not a choice: it stays until another one is chosen.
    let strange = part(move || {
        let value = value.get();
        if choices.iter().any(|choice| choice.value == value) {
            return ().into_any();
        }
        option(value.clone(), fixed(value), flag(|| true))
    });
    let problems = page.problems_at(at);
    let control = view! {
        <select
            id=id(at)
            aria-describedby=described_by(at)
            aria-invalid=invalid(problems)
            on:change=typed(move |value| {
                page.edit(Edit::Text(at, value));
                page.leave();
            })
        >
            {choices.iter().map(one).collect::<Vec<AnyView>>()}
            {strange}
        </select>
    };
    frame(page, at, at.field.info(), problems, control.into_any())
}

/// The one cluster that a control plane runs on, or takes its configuration from.
fn cluster(at: At) -> AnyView {
    let page = here();
    let role = if at.field == Field::ControlPlaneCluster { Role::External } else { Role::Config };
    let chosen = memo(move || {
        page.draft.with(|draft| {
            let plane = draft.control_planes().find(|plane| plane.key == at.key)?;
            let to = if role == Role::External { &plane.cluster } else { &plane.config_cluster };
            match to {
                ClusterRef::To(key) => Some(*key),
                ClusterRef::Unknown(_) => None,
            }
        })
    });
    let keys = memo(move || page.draft.with(|draft| draft.clusters.iter().map(|c| c.key).collect::<Vec<_>>()));
    let one = move |key: Key| {
        let name = words(move || {
            page.draft.with(|draft| draft.cluster(key).map_or_else(String::new, |cluster| cluster.name.clone()))
        });
        option(key.0.to_string(), name, flag(move || chosen.get() == Some(key)))
    };
    let options = part(move || keys.get().into_iter().map(one).collect::<Vec<AnyView>>().into_any());
    let problems = page.problems_at(at);
    let control = view! {
        <select
            id=id(at)
            class="mono"
            aria-describedby=described_by(at)
            aria-invalid=invalid(problems)
            on:change=typed(move |value| {
                if let Ok(key) = value.parse() {
                    page.edit(Edit::Role(Key(key), role));
                }
            })
        >
            <option value="" disabled=true prop:selected=flag(move || chosen.get().is_none())>"Choose a cluster"</option>
            {options}
        </select>
    };
    frame(page, at, at.field.info(), problems, control.into_any())
}

/// The ids that describe a field's element.
fn described_by(at: At) -> String {
    let id = id(at);
    format!("{id}-problem {id}-help")
}

/// Whether a field is in error.
fn invalid(problems: Memo<Vec<Problem>>) -> Signal<String> {
    said(move || problems.with(|all| all.iter().any(|problem| problem.severity() == Severity::Error)))
}

fn frame(page: Page, at: At, info: Info, problems: Memo<Vec<Problem>>, control: AnyView) -> AnyView {
    let id = id(at);
    let help_id = format!("{id}-help");
    let open = RwSignal::new(false);
    let link = words(move || page.facts().docs(info.docs));
    let minor = words(move || page.facts().minor.to_owned());
    view! {
        <div class="field" class:wrong=flag(move || problems.with(|all| !all.is_empty()))>
            <label for=id.clone()>{info.label}</label>
            {control}
            <button
                type="button"
                class="help-button"
                aria-label=format!("Help: {}", info.label)
                aria-expanded=said(move || open.get())
                aria-controls=help_id.clone()
                on:click=press(move || open.update(|open| *open = !*open))
            >
                "?"
            </button>
            <div class="help" hidden=flag(move || !open.get())>
                <span id=help_id>{info.help}</span>
                " "
                <a href=link target="_blank" rel="noreferrer">"Istio " {minor} " docs"</a>
            </div>
            {complaint(at, problems)}
        </div>
    }
    .into_any()
}

/// What is wrong with a field, below it.
pub(super) fn complaint(at: At, problems: Memo<Vec<Problem>>) -> AnyView {
    let one = |problem: &Problem| {
        let words = format!("{} {}", problem.breaks(), problem.mend());
        let class = if problem.severity() == Severity::Error { "problem error" } else { "problem warning" };
        view! {
            <p class=class>{icon(if problem.severity() == Severity::Error { "error" } else { "warning" })}
                <span><strong>{problem.what()}</strong> " " {words}</span>
            </p>
        }
        .into_any()
    };
    view! {
        <div id=format!("{}-problem", id(at))>{part(move || problems.with(|all| all.iter().map(one).collect::<Vec<AnyView>>().into_any()))}</div>
    }
    .into_any()
}
