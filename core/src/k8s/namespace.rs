//! Namespace, v1.

use super::Kind;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Namespace {}

impl Kind for Namespace {
    const API_VERSION: &'static str = "v1";
    const KIND: &'static str = "Namespace";

    fn is_empty(&self) -> bool {
        true
    }
}
