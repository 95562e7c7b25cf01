//! Service, v1.

use super::{Kind, Map, OneVersion};
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Service {
    pub(crate) ports: Vec<Port>,
    pub(crate) selector: Map,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Port {
    pub(crate) port: u16,
    pub(crate) name: &'static str,
}

impl Kind for Service {
    const KIND: &'static str = "Service";
}

impl OneVersion for Service {
    const API_VERSION: &'static str = "v1";
}
