//! What a person chose on the page beside the draft.

use crate::files::FileId;
use meshwright_core::draft::{At, Draft, Key};

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

/// What can be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Copied {
    File,
    Link,
}

/// How it stands with loading a topology.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Load {
    Ready,
    Reading,
    /// The last one could not be read, and why.
    Refused(String),
}

/// The choices. Plain data: changed in one place, `Page::tell`, and copied when that happens while
/// the page is being written.
#[derive(Debug, Clone)]
pub(crate) struct Ui {
    pub(crate) notice: Option<Notice>,
    pub(crate) open: FileId,
    pub(crate) folded: Vec<Key>,
    /// The fields whose help is shown.
    pub(crate) helped: Vec<At>,
    /// The cluster whose card has the focus.
    pub(crate) active: Option<Key>,
    pub(crate) tab: Tab,
    pub(crate) dialog: Option<Dialog>,
    /// Whether the draft is a preset that nobody touched.
    pub(crate) example: bool,
    /// Whether a field is being typed into.
    pub(crate) typing: bool,
    /// The width of a narrow screen; none on a wide one.
    pub(crate) narrow: Option<i32>,
    /// Whether long lines of the open file are wrapped.
    pub(crate) wrap: bool,
    /// What was copied a moment ago.
    pub(crate) copied: Option<Copied>,
    /// The share link, or why there is none.
    pub(crate) link: String,
    pub(crate) load: Load,
}

impl Ui {
    pub(crate) fn new(draft: &Draft, example: bool, notice: Option<Notice>) -> Self {
        Ui {
            notice,
            open: FileId::readme(),
            folded: fold(draft),
            helped: Vec::new(),
            active: None,
            tab: Tab::Form,
            dialog: None,
            example,
            typing: false,
            narrow: None,
            wrap: false,
            copied: None,
            link: String::new(),
            load: Load::Ready,
        }
    }

    /// Folds or unfolds a cluster's card.
    pub(crate) fn fold(&mut self, key: Key) {
        flip(&mut self.folded, key);
    }

    /// Shows or hides a field's help.
    pub(crate) fn help(&mut self, at: At) {
        flip(&mut self.helped, at);
    }
}

/// The cards that start out folded.
pub(crate) fn fold(draft: &Draft) -> Vec<Key> {
    let many = draft.clusters.len() > UNFOLDED;
    draft.clusters.iter().filter(|_| many).map(|cluster| cluster.key).collect()
}

fn flip<T: PartialEq>(all: &mut Vec<T>, one: T) {
    match all.iter().position(|found| *found == one) {
        Some(index) => {
            all.remove(index);
        }
        None => all.push(one),
    }
}
