//! A field: label, input, help, and what is wrong with it. Everything said comes from the core's
//! `Field::info`; everything typed stays as typed.

use super::el::{El, el};
use super::form::{from, number};
use super::icon::{button, icon};
use super::remedy::complaint;
use super::select::{option, select};
use crate::edit::Edit;
use crate::now::Now;
use crate::page::Page;
use meshwright_core::draft::{At, ClusterRef, Key};
use meshwright_core::field::{Choice, Field, Takes};

/// The id of a field's element.
pub(super) fn id(at: At) -> String {
    format!("field-{}-{}", at.field as u8, at.key.0)
}

/// A field.
pub(super) fn field(page: Page, at: At) -> El {
    match at.field.info().takes {
        Takes::Text(_) => text(page, at),
        Takes::Choice(choices) => choice(page, at, choices),
        Takes::Clusters => cluster(page, at),
    }
}

/// Appends fields to `place`.
pub(super) fn fields(place: El, page: Page, all: &[Field], key: Key) -> El {
    place.all(all.iter().map(|field| self::field(page, At { field: *field, key })))
}

/// Which fields there are, by the state.
type Which = Box<dyn Fn(&Now) -> &'static [Field]>;

/// Appends fields to `place`: which, follows the state.
pub(super) fn fields_by(place: El, page: Page, key: Key, which: impl Fn(&Now) -> &'static [Field] + 'static) -> El {
    rows(place, page, key, Box::new(which))
}

fn rows(place: El, page: Page, key: Key, which: Which) -> El {
    place.rows(
        move |now| which(now).iter().map(|field| *field as u64).collect(),
        move |number| field(page, At { field: numbered(number), key }),
    )
}

/// The field of that number.
pub(super) fn numbered(number: u64) -> Field {
    Field::ALL.into_iter().find(|field| *field as u64 == number).unwrap_or(Field::IstioVersion)
}

/// Fields under a fold, which says how many of them differ from their defaults.
pub(super) fn more(page: Page, key: Key, which: impl Fn(&Now) -> &'static [Field] + Copy + 'static) -> El {
    folded(page, key, Box::new(which), Box::new(which))
}

fn folded(page: Page, key: Key, which: Which, counted: Which) -> El {
    let differ = move |now: &Now| {
        let differs = |field: &&Field| {
            now.draft.effective(At { field: **field, key }) != field.info().default.unwrap_or_default()
        };
        counted(now).iter().filter(differs).count()
    };
    let count = el("span").class("count").says(move |now| match differ(now) {
        0 => "all as usual".into(),
        count => format!("{count} set").into(),
    });
    let summary = el("summary").add(icon("chevron")).text("More settings ").add(count);
    el("details").class("more").add(summary).add(rows(el("div").class("fields"), page, key, which))
}

/// What every kind of field has.
fn control(control: El, at: At) -> El {
    let id = id(at);
    control
        .set("id", &id)
        .set("aria-describedby", &format!("{id}-problem {id}-help"))
        .said("aria-invalid", move |now| now.is_wrong(at))
}

fn text(page: Page, at: At) -> El {
    let info = at.field.info();
    let placeholder = match info.default {
        Some("") => &["none; for example ", info.example].concat(),
        Some(default) => default,
        None => info.example,
    };
    let input = control(el("input").set("type", "text"), at)
        .set("autocomplete", "off")
        .set("autocapitalize", "none")
        .set("spellcheck", "false")
        .set("placeholder", placeholder);
    let input = if at.field == Field::IstioVersion { input.set("list", "releases") } else { input.class("mono") };
    let input = input
        .value(move |now| now.draft.text(at).into())
        .typed("input", move |text| {
            page.edit(Edit::Text(at, text));
        })
        .on("blur", move |_| page.leave());
    frame(page, at, input)
}

fn choice(page: Page, at: At, choices: &'static [Choice]) -> El {
    let value = move |now: &Now| now.draft.effective(at).to_owned();
    // A file may hold a value that is not a choice: it stays until another one is chosen.
    let strange = move |now: &Now| {
        let known = choices.iter().any(|choice| choice.value == now.draft.effective(at));
        if known { None } else { Some(0) }
    };
    let select = control(el("select"), at)
        .all(choices.iter().map(|choice| {
            let (value, label) = (choice.value, choice.label);
            let option = option(value, label);
            // Nobody reaches a primary by it.
            if value == "dns" { option.flag("disabled", move |now| now.is_primary(at.key)) } else { option }
        }))
        .part(strange, move |_| {
            el("option").attr("value", move |now| value(now).into()).says(move |now| value(now).into())
        })
        .value(move |now| now.draft.effective(at).into())
        .typed("change", move |value| {
            page.edit(Edit::Text(at, value));
            page.leave();
        });
    frame(page, at, select)
}

/// The one cluster that a control plane runs on, or takes its configuration from.
fn cluster(page: Page, at: At) -> El {
    let chosen = move |now: &Now| {
        let plane = now.draft.control_plane(at.key)?;
        match if at.field == Field::ControlPlaneCluster { &plane.cluster } else { &plane.config_cluster } {
            ClusterRef::To(key) => Some(key.0.to_string()),
            ClusterRef::Unknown(_) => None,
        }
    };
    let one = |key| {
        let name = At { field: Field::ClusterName, key: from(key) };
        option(&key.to_string(), "").says(move |now| now.draft.text(name).into())
    };
    let select = control(select("Choose a cluster").class("mono"), at)
        .rows(|now| now.draft.clusters.iter().map(|cluster| number(cluster.key)).collect(), one)
        .value(move |now| chosen(now).unwrap_or_default().into())
        .typed("change", move |value| {
            if let Ok(key) = value.parse() {
                page.edit(Edit::Cluster(at, Key(key)));
            }
        });
    frame(page, at, select)
}

fn frame(page: Page, at: At, control: El) -> El {
    let info = at.field.info();
    let id = id(at);
    let help_id = format!("{id}-help");
    let helped = move |now: &Now| now.ui.helped.contains(&at);
    let question = button("help-button")
        .set("aria-label", &["Help: ", info.label].concat())
        .said("aria-expanded", helped)
        .set("aria-controls", &help_id)
        .press(move || page.tell(|ui| ui.help(at)))
        .text("?");
    let docs = el("a")
        .attr("href", move |now| now.made.facts.docs(info.docs).into())
        .set("target", "_blank")
        .set("rel", "noreferrer")
        .text("Istio ")
        .says(|now| now.made.facts.minor.into())
        .text(" docs");
    let help = el("div")
        .class("help")
        .flag("hidden", move |now| !helped(now))
        .add(el("span").set("id", &help_id).text(info.help))
        .text(" ")
        .add(docs);
    el("div")
        .attr("class", move |now| if now.problems_at(at).next().is_some() { "field wrong" } else { "field" }.into())
        .add(el("label").set("for", &id).text(info.label))
        .add(control)
        .add(question)
        .add(help)
        .add(complaint(page, at))
}
