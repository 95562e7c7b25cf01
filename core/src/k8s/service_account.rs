//! ServiceAccount, v1.

use super::Kind;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ServiceAccount {}

impl Kind for ServiceAccount {
    const API_VERSION: &'static str = "v1";
    const KIND: &'static str = "ServiceAccount";

    fn is_empty(&self) -> bool {
        true
    }
}
