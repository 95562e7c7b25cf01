//! Undo and redo: whole drafts. Typing into one field is one step until the field is left.

use meshwright_core::draft::{At, Draft};
use std::sync::Arc;

/// As many steps back as anyone takes; a draft of 30 clusters is about 10 kB.
const MOST: usize = 200;

/// What was, and what was undone.
#[derive(Debug, Default)]
pub(crate) struct History {
    past: Vec<Arc<Draft>>,
    future: Vec<Arc<Draft>>,
    typing: Option<At>,
}

impl History {
    /// Keeps `before`, unless the change goes on typing into the same field.
    pub(crate) fn record(&mut self, before: Arc<Draft>, typing: Option<At>) {
        self.future.clear();
        if typing.is_some() && typing == self.typing {
            return;
        }
        self.typing = typing;
        self.past.push(before);
        if self.past.len() > MOST {
            self.past.remove(0);
        }
    }

    /// The field was left: typing into it again is another step.
    pub(crate) fn pause(&mut self) {
        self.typing = None;
    }

    pub(crate) fn undo(&mut self, now: Arc<Draft>) -> Option<Arc<Draft>> {
        self.typing = None;
        let before = self.past.pop()?;
        self.future.push(now);
        Some(before)
    }

    pub(crate) fn redo(&mut self, now: Arc<Draft>) -> Option<Arc<Draft>> {
        self.typing = None;
        let after = self.future.pop()?;
        self.past.push(now);
        Some(after)
    }

    pub(crate) fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    pub(crate) fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}
