//! ServiceAccount, v1.

use super::{Kind, OneVersion};
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ServiceAccount {}

impl Kind for ServiceAccount {
    const KIND: &'static str = "ServiceAccount";

    fn is_empty(&self) -> bool {
        true
    }
}

impl OneVersion for ServiceAccount {
    const API_VERSION: &'static str = "v1";
}
