//! A file of the bundle, before it is text.

use crate::istio::{
    chart_values, destination_rule, gateway, gateway_values, istio_cni, istio_resource, operator, virtual_service,
};
use crate::k8s::{Kind, Metadata, Object, OneVersion, deployment, gateway_api, namespace, service, service_account};
use serde::Serialize;
use std::rc::Rc;

/// A manifest or values file.
#[derive(Debug, Clone, PartialEq)]
pub struct Manifest {
    /// Its path in the bundle: `cluster1/20-remote-config-cluster.yaml`.
    pub path: String,
    pub(crate) documents: Documents,
}

impl Manifest {
    /// Why it is there, in a sentence.
    pub fn why(&self) -> &str {
        self.documents.first().map_or("", |document| document.why.as_str())
    }
}

/// The documents of a manifest. Clusters that have a manifest in common share them.
pub(crate) type Documents = Rc<[Document]>;

/// A document of a manifest.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Document {
    /// Why it is there, in a sentence.
    pub(crate) why: String,
    pub(crate) doc: Doc,
}

impl Document {
    pub(crate) fn new(why: impl Into<String>, doc: impl Into<Doc>) -> Self {
        Document { why: why.into(), doc: doc.into() }
    }
}

/// The kinds of documents that there are.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub(crate) enum Doc {
    IstioOperator(Box<Object<operator::IstioOperator>>),
    Istio(Box<Object<istio_resource::Istio>>),
    IstioCni(Object<istio_cni::IstioCni>),
    Gateway(Object<gateway::Gateway>),
    VirtualService(Object<virtual_service::VirtualService>),
    DestinationRule(Object<destination_rule::DestinationRule>),
    GatewayValues(gateway_values::GatewayValues),
    BaseValues(chart_values::BaseValues),
    IstiodValues(Box<chart_values::IstiodValues>),
    Namespace(Object<namespace::Namespace>),
    Service(Object<service::Service>),
    ServiceAccount(Object<service_account::ServiceAccount>),
    Deployment(Box<Object<deployment::Deployment>>),
    GatewayApi(Object<gateway_api::Gateway>),
    HttpRoute(Object<gateway_api::HttpRoute>),
}

/// Says which kind of document an object is.
macro_rules! doc {
    ($($variant:ident($object:ty)),* $(,)?) => {
        $(impl From<$object> for Doc {
            fn from(object: $object) -> Self {
                Doc::$variant(object.into())
            }
        })*
    };
}

doc! {
    IstioOperator(Object<operator::IstioOperator>),
    Istio(Object<istio_resource::Istio>),
    IstioCni(Object<istio_cni::IstioCni>),
    Gateway(Object<gateway::Gateway>),
    VirtualService(Object<virtual_service::VirtualService>),
    DestinationRule(Object<destination_rule::DestinationRule>),
    GatewayValues(gateway_values::GatewayValues),
    BaseValues(chart_values::BaseValues),
    IstiodValues(chart_values::IstiodValues),
    Namespace(Object<namespace::Namespace>),
    Service(Object<service::Service>),
    ServiceAccount(Object<service_account::ServiceAccount>),
    Deployment(Object<deployment::Deployment>),
    GatewayApi(Object<gateway_api::Gateway>),
    HttpRoute(Object<gateway_api::HttpRoute>),
}

/// A document that is one object.
pub(crate) fn object<Spec: OneVersion>(why: impl Into<String>, metadata: Metadata, spec: Spec) -> Document
where
    Doc: From<Object<Spec>>,
{
    served(Spec::API_VERSION, why, metadata, spec)
}

/// A document that is one object, of the API version that the release has.
pub(crate) fn served<Spec: Kind>(
    api_version: &'static str,
    why: impl Into<String>,
    metadata: Metadata,
    spec: Spec,
) -> Document
where
    Doc: From<Object<Spec>>,
{
    Document::new(why, Object::new(api_version, metadata, spec))
}
