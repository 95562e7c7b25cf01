//! Namespace, v1.

use super::{Kind, OneVersion};
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Namespace {}

impl Kind for Namespace {
    const KIND: &'static str = "Namespace";

    fn is_empty(&self) -> bool {
        true
    }
}

impl OneVersion for Namespace {
    const API_VERSION: &'static str = "v1";
}
