//! Istio's objects and chart values, in Istio's own field names: one file per kind.

pub(crate) mod chart_values;
pub(crate) mod destination_rule;
pub(crate) mod gateway;
pub(crate) mod gateway_values;
pub(crate) mod installation;
pub(crate) mod istio_cni;
pub(crate) mod istio_resource;
pub(crate) mod operator;
pub(crate) mod values;
pub(crate) mod virtual_service;
