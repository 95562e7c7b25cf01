//! Selects: their options, and what none of them stands for.

use super::el::{El, el};

/// A select that may stand at none of its options, and says `none` then.
pub(super) fn select(none: &str) -> El {
    el("select").add(option("", none).set("disabled", ""))
}

/// An option.
pub(super) fn option(value: &str, label: &str) -> El {
    el("option").set("value", value).text(label)
}
