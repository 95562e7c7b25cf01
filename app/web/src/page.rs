//! The state of the page: the draft, and what little a person chose beside it, each in one signal.
//! All else is worked out from these. What is kept in them is shared, not lent: the browser may call
//! back, as when an element with the focus goes, while the page is being written.

use crate::dom;
use crate::edit::Edit;
use crate::history::History;
use crate::keep;
use crate::made::{Made, settle};
use crate::now::Now;
use crate::ui::{Notice, Ui, fold};
use meshwright_core::draft::{Draft, Key};
use meshwright_core::problem::Problem;
use reactive_graph::computed::ArcMemo;
use reactive_graph::signal::ArcRwSignal;
use reactive_graph::traits::{Get, GetUntracked, Set, Update};
use std::cell::{Cell, RefCell};
use std::sync::Arc;

/// A pause in typing that is long enough to be told about a problem.
const PAUSE: i32 = 700;

/// The state of the page, for as long as it is open.
#[derive(Clone, Copy)]
pub(crate) struct Page(&'static State);

struct State {
    draft: ArcRwSignal<Arc<Draft>>,
    made: ArcMemo<Arc<Made>>,
    ui: ArcRwSignal<Arc<Ui>>,
    history: RefCell<History>,
    /// Whether a mouse button or finger is down, and whether a field was left by that.
    pressed: Cell<(bool, bool)>,
    stroke: Cell<u32>,
}

impl Page {
    pub(crate) fn new(start: keep::Start) -> Self {
        let keep::Start { draft, example, notice } = start;
        let ui = ArcRwSignal::new(Arc::new(Ui::new(&draft, example, notice)));
        let draft = ArcRwSignal::new(Arc::new(draft));
        let made = {
            let draft = draft.clone();
            // Another draft makes other files: whether any line differs is not asked here.
            ArcMemo::new_with_compare(
                move |before: Option<&Arc<Made>>| Arc::new(Made::new(&draft.get(), before.map(Arc::as_ref))),
                |_, _| true,
            )
        };
        Page(Box::leak(Box::new(State {
            draft,
            made,
            ui,
            history: RefCell::new(History::default()),
            pressed: Cell::new((false, false)),
            stroke: Cell::new(0),
        })))
    }

    /// What there is to show, followed. `before` are the problems that were shown last.
    pub(crate) fn now(self, before: &[Problem]) -> Now {
        let (draft, made, ui) = (self.0.draft.get(), self.0.made.get(), self.0.ui.get());
        let problems = settle(&made.problems, ui.typing, before);
        let open = made.shown.as_ref().and_then(|shown| shown.nearest(&ui.open));
        let history = self.0.history.borrow();
        let (can_undo, can_redo) = (history.can_undo(), history.can_redo());
        Now { draft, made, ui, problems, open, can_undo, can_redo }
    }

    /// The draft as it is.
    pub(crate) fn draft(self) -> Arc<Draft> {
        self.0.draft.get_untracked()
    }

    /// What the draft makes.
    pub(crate) fn made(self) -> Arc<Made> {
        self.0.made.get_untracked()
    }

    /// What a person chose.
    pub(crate) fn ui(self) -> Arc<Ui> {
        self.0.ui.get_untracked()
    }

    /// Changes what a person chose.
    pub(crate) fn tell(self, change: impl FnOnce(&mut Ui)) {
        let mut change = Some(change);
        self.change(&mut |ui| {
            if let Some(change) = change.take() {
                change(ui);
            }
        });
    }

    fn change(self, change: &mut dyn FnMut(&mut Ui)) {
        self.0.ui.update(|ui| change(Arc::make_mut(ui)));
    }

    /// Tells something.
    pub(crate) fn notice(self, notice: Option<Notice>) {
        self.tell(|ui| ui.notice = notice);
    }

    /// Changes the draft, so that it can be undone. Gives the key of what is new.
    pub(crate) fn edit(self, edit: Edit) -> Option<Key> {
        let typing = edit.typing();
        let before = self.draft();
        let mut draft = Draft::clone(&before);
        let new = edit.apply(&mut draft);
        if draft == *before {
            return None;
        }
        self.0.history.borrow_mut().record(before, typing);
        self.put(Arc::new(draft));
        if typing.is_some() {
            self.stroke();
        }
        new
    }

    /// Puts another topology in place of the present one.
    pub(crate) fn replace(self, draft: Draft) {
        let folded = fold(&draft);
        self.edit(Edit::Replace(draft));
        self.tell(|ui| ui.folded = folded);
    }

    pub(crate) fn undo(self) {
        self.step(History::undo);
    }

    pub(crate) fn redo(self) {
        self.step(History::redo);
    }

    fn step(self, step: fn(&mut History, Arc<Draft>) -> Option<Arc<Draft>>) {
        let draft = step(&mut self.0.history.borrow_mut(), self.draft());
        if let Some(draft) = draft {
            self.put(draft);
        }
    }

    fn put(self, draft: Arc<Draft>) {
        self.settle();
        self.tell(|ui| {
            ui.example = false;
            ui.notice = None;
        });
        self.0.draft.set(draft);
    }

    /// The field was left: nothing waits any longer.
    pub(crate) fn settle(self) {
        self.0.stroke.set(self.0.stroke.get().wrapping_add(1));
        if self.ui().typing {
            self.tell(|ui| ui.typing = false);
        }
    }

    /// The field was left, and typing into it again is another step to undo.
    pub(crate) fn leave(self) {
        self.0.history.borrow_mut().pause();
        let (pressed, _) = self.0.pressed.get();
        if pressed {
            self.0.pressed.set((true, true));
        } else {
            self.settle();
        }
    }

    /// A mouse button or finger goes down or up. What appears when a field is left must not push away
    /// what is being pressed: it waits until that is over.
    pub(crate) fn press(self, down: bool) {
        let (_, left) = self.0.pressed.replace((down, false));
        if left && !down {
            dom::soon(move || self.settle());
        }
    }

    fn stroke(self) {
        self.tell(|ui| ui.typing = true);
        let stroke = self.0.stroke.get();
        dom::after(PAUSE, move || {
            if self.0.stroke.get() == stroke {
                self.tell(|ui| ui.typing = false);
            }
        });
    }
}
