//! IstioCNI, sailoperator.io/v1: the plugin by which OpenShift gives pods their network rules.

use crate::k8s::{Kind, OneVersion};
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct IstioCni {
    pub(crate) version: String,
    pub(crate) namespace: &'static str,
}

impl Kind for IstioCni {
    const KIND: &'static str = "IstioCNI";
}

impl OneVersion for IstioCni {
    const API_VERSION: &'static str = "sailoperator.io/v1";
}
