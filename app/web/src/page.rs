//! The state of the page: the draft, and what little a person chose beside it. All else is worked
//! out from these.

use crate::edit::Edit;
use crate::files::FileId;
use crate::history::History;
use crate::keep;
use crate::made::{Made, settle};
use crate::view::live::memo;
use leptos::prelude::*;
use meshwright_core::draft::{At, Draft, Key};
use meshwright_core::problem::Problem;
use meshwright_core::version::{self, Facts};

/// A pause in typing that is long enough to be told about a problem.
const PAUSE: u32 = 700;
/// More clusters than this start out folded.
const UNFOLDED: usize = 4;

/// What a narrow screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tab {
    Form,
    Map,
    Files,
}

/// A dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialog {
    Load,
    Share,
}

/// Something to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Notice {
    /// These are examples.
    Example,
    /// Something went as wanted.
    Done(String),
    /// Something did not.
    Failed(String),
}

/// The state of the page.
#[derive(Clone, Copy)]
pub(crate) struct Page {
    pub(crate) draft: RwSignal<Draft>,
    pub(crate) made: Memo<Made>,
    /// The problems that are shown.
    pub(crate) problems: Memo<Vec<Problem>>,
    /// Networks in the order of the form: the place is the colour.
    pub(crate) networks: Memo<Vec<String>>,
    pub(crate) history: RwSignal<History>,
    pub(crate) notice: RwSignal<Option<Notice>>,
    pub(crate) open: RwSignal<FileId>,
    pub(crate) folded: RwSignal<Vec<Key>>,
    /// The cluster whose card has the focus.
    pub(crate) active: RwSignal<Option<Key>>,
    pub(crate) tab: RwSignal<Tab>,
    pub(crate) dialog: RwSignal<Option<Dialog>>,
    /// Whether the draft is a preset that nobody touched.
    pub(crate) example: RwSignal<bool>,
    typing: RwSignal<bool>,
    /// Whether a mouse button or finger is down, and whether a field was left by that.
    pressed: StoredValue<(bool, bool)>,
    stroke: StoredValue<u32>,
}

impl Page {
    pub(crate) fn new(start: keep::Start) -> Self {
        let keep::Start { draft, example, notice } = start;
        let folded = fold(&draft);
        let draft = RwSignal::new(draft);
        let typing = RwSignal::new(false);
        let made: Memo<Made> = Memo::new(move |before: Option<&Made>| draft.with(|draft| Made::new(draft, before)));
        let problems = Memo::new(move |before: Option<&Vec<Problem>>| {
            made.with(|made| settle(&made.problems, typing.get(), before))
        });
        Page {
            draft,
            made,
            problems,
            networks: memo(move || draft.with(networks)),
            history: RwSignal::new(History::default()),
            notice: RwSignal::new(notice),
            open: RwSignal::new(FileId::readme()),
            folded: RwSignal::new(folded),
            active: RwSignal::new(None),
            tab: RwSignal::new(Tab::Form),
            dialog: RwSignal::new(None),
            example: RwSignal::new(example),
            typing,
            pressed: StoredValue::new((false, false)),
            stroke: StoredValue::new(0),
        }
    }

    /// Changes the draft, so that it can be undone. Gives the key of a cluster that is new.
    pub(crate) fn edit(self, edit: Edit) -> Option<Key> {
        let typing = edit.typing();
        let before = self.draft.get_untracked();
        let mut draft = before.clone();
        let new = edit.apply(&mut draft);
        if draft == before {
            return None;
        }
        self.history.update(|history| history.record(before, typing));
        if typing.is_some() {
            self.stroke();
        } else {
            self.settle();
        }
        self.example.set(false);
        self.notice.set(None);
        self.draft.set(draft);
        new
    }

    /// Puts another topology in place of the present one.
    pub(crate) fn replace(self, draft: Draft) {
        let folded = fold(&draft);
        self.edit(Edit::Replace(draft));
        self.folded.set(folded);
    }

    pub(crate) fn undo(self) {
        self.step(History::undo);
    }

    pub(crate) fn redo(self) {
        self.step(History::redo);
    }

    fn step(self, step: fn(&mut History, Draft) -> Option<Draft>) {
        let now = self.draft.get_untracked();
        if let Some(draft) = self.history.try_update(|history| step(history, now)).flatten() {
            self.settle();
            self.example.set(false);
            self.notice.set(None);
            self.draft.set(draft);
        }
    }

    /// The field was left: nothing waits any longer.
    pub(crate) fn settle(self) {
        self.stroke.update_value(|stroke| *stroke = stroke.wrapping_add(1));
        if self.typing.get_untracked() {
            self.typing.set(false);
        }
    }

    /// The field was left, and typing into it again is another step to undo.
    pub(crate) fn leave(self) {
        self.history.update_untracked(History::pause);
        let (pressed, _) = self.pressed.get_value();
        if pressed {
            self.pressed.set_value((true, true));
        } else {
            self.settle();
        }
    }

    /// A mouse button or finger goes down or up. What appears when a field is left must not push away
    /// what is being pressed: it waits until that is over.
    pub(crate) fn press(self, down: bool) {
        let (_, left) = self.pressed.get_value();
        self.pressed.set_value((down, false));
        if left && !down {
            crate::dom::soon(move || self.settle());
        }
    }

    fn stroke(self) {
        self.settle();
        self.typing.set(true);
        let stroke = self.stroke.get_value();
        gloo_timers::callback::Timeout::new(PAUSE, move || {
            if self.stroke.try_get_value() == Some(stroke) {
                self.typing.set(false);
            }
        })
        .forget();
    }

    /// The problems of one field.
    pub(crate) fn problems_at(self, at: At) -> Memo<Vec<Problem>> {
        memo(move || self.problems.with(|all| all.iter().filter(|problem| problem.at == at).cloned().collect()))
    }

    /// The facts of the release that is typed, or else of the newest.
    pub(crate) fn facts(self) -> &'static Facts {
        let release = self.draft.with(|draft| meshwright_core::value::Release::parse(&draft.version).ok());
        let newest = || meshwright_core::value::Release::parse(version::NEWEST).ok().and_then(version::facts);
        release.and_then(version::facts).or_else(newest).unwrap_or(&FALLBACK)
    }

    /// Whether the files are from before the last edit, as far as that is told.
    pub(crate) fn is_stale(self) -> bool {
        self.made.with(|made| made.stale) && self.problems.with(|all| !all.is_empty())
    }

    /// Whether a cluster's card is folded.
    pub(crate) fn is_folded(self, key: Key) -> bool {
        self.folded.with(|folded| folded.contains(&key))
    }

    /// Unfolds a cluster's card.
    pub(crate) fn unfold(self, key: Key) {
        if self.folded.with_untracked(|folded| folded.contains(&key)) {
            self.folded.update(|folded| folded.retain(|found| *found != key));
        }
    }
}

static FALLBACK: Facts = {
    let [newest, ..] = version::ALL;
    newest
};

/// The page of this context.
pub(crate) fn page() -> Page {
    expect_context()
}

fn fold(draft: &Draft) -> Vec<Key> {
    let many = draft.clusters.len() > UNFOLDED;
    draft.clusters.iter().filter(|_| many).map(|cluster| cluster.key).collect()
}

fn networks(draft: &Draft) -> Vec<String> {
    let mut networks: Vec<String> = Vec::new();
    for cluster in draft.clusters.iter().filter(|cluster| !cluster.network.is_empty()) {
        if !networks.contains(&cluster.network) {
            networks.push(cluster.network.clone());
        }
    }
    networks
}
