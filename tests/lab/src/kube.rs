//! A cluster's API, as JSON: the few verbs of Kubernetes over HTTP.

mod watch;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::net::{IpAddr, SocketAddr};
use std::thread;
use std::time::Duration;
use ureq::Agent;
use ureq::http::{Request, StatusCode};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
pub(crate) use watch::{Change, Event};

/// How often a busy server is asked again, twice a second.
const BUSY: usize = 20;

/// How a patch is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Patch {
    /// JSON merge patch: lists are replaced.
    Merge,
    /// Strategic merge patch: lists are merged by key.
    Strategic,
}

impl Patch {
    const fn media_type(self) -> &'static str {
        match self {
            Patch::Merge => "application/merge-patch+json",
            Patch::Strategic => "application/strategic-merge-patch+json",
        }
    }
}

/// The API of one cluster, as its administrator.
#[derive(Debug, Clone)]
pub(crate) struct Kube {
    agent: Agent,
    server: String,
    token: String,
}

impl Kube {
    /// The API behind an address: its server shows a certificate of `ca`, in PEM.
    pub(crate) fn new(address: IpAddr, port: u16, ca: &str, token: &str) -> Kube {
        let ca = ureq::tls::parse_pem(ca.as_bytes())
            .filter_map(|item| match item {
                Ok(ureq::tls::PemItem::Certificate(certificate)) => Some(certificate),
                _ => None,
            })
            .collect::<Vec<Certificate<'static>>>();
        let tls = TlsConfig::builder().root_certs(RootCerts::from(ca)).build();
        let agent = Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .timeout_connect(Some(Duration::from_secs(5)))
            .build()
            .new_agent();
        let server = format!("https://{}", SocketAddr::new(address, port));
        Kube { agent, server, token: format!("Bearer {token}") }
    }

    /// Whether the server says that it is ready.
    pub(crate) fn is_ready(&self) -> bool {
        self.send("GET", "/readyz", None).is_ok_and(|(status, _)| status.is_success())
    }

    /// What is at a path; fails where nothing is.
    pub(crate) fn get(&self, path: &str) -> Result<Value> {
        self.ask("GET", path, None)
    }

    /// What is at a path, if anything is.
    pub(crate) fn find(&self, path: &str) -> Result<Option<Value>> {
        match self.send("GET", path, None)? {
            (StatusCode::NOT_FOUND, _) => Ok(None),
            (status, text) => answer("GET", path, status, &text).map(Some),
        }
    }

    /// The items of the list at a path.
    pub(crate) fn list(&self, path: &str) -> Result<Vec<Value>> {
        match self.get(path)?.get_mut("items").map(Value::take) {
            Some(Value::Array(items)) => Ok(items),
            _ => bail!("{path} is no list"),
        }
    }

    /// Makes an object in the list at a path; gives it as it is then.
    pub(crate) fn create(&self, path: &str, object: &Value) -> Result<Value> {
        self.ask("POST", path, Some(("application/json", object)))
    }

    /// Changes what is at a path; gives it as it is then.
    pub(crate) fn patch(&self, path: &str, kind: Patch, change: &Value) -> Result<Value> {
        self.ask("PATCH", path, Some((kind.media_type(), change)))
    }

    /// Deletes what is at a path, with the options that the API knows. Nothing there is as well.
    pub(crate) fn delete(&self, path: &str, options: &Value) -> Result<()> {
        match self.send("DELETE", path, Some(("application/json", options)))? {
            (StatusCode::NOT_FOUND, _) => Ok(()),
            (status, text) => answer("DELETE", path, status, &text).map(|_| ()),
        }
    }

    fn ask(&self, method: &str, path: &str, body: Option<(&str, &Value)>) -> Result<Value> {
        let (status, text) = self.send(method, path, body)?;
        answer(method, path, status, &text)
    }

    /// Sends a request, again where the server is busy: with kinds that it has just heard of, say.
    fn send(&self, method: &str, path: &str, body: Option<(&str, &Value)>) -> Result<(StatusCode, String)> {
        for _ in 0..BUSY {
            let (status, text) = self.send_once(method, path, body)?;
            if status != StatusCode::TOO_MANY_REQUESTS {
                return Ok((status, text));
            }
            thread::sleep(Duration::from_millis(500));
        }
        self.send_once(method, path, body)
    }

    fn send_once(&self, method: &str, path: &str, body: Option<(&str, &Value)>) -> Result<(StatusCode, String)> {
        let failed = || format!("failed to {method} {}{path}", self.server);
        let request = self.request(method, path);
        let response = match body {
            Some((media_type, value)) => request
                .header("Content-Type", media_type)
                .body(value.to_string())
                .map_err(ureq::Error::from)
                .and_then(|request| self.agent.run(request)),
            None => request.body(()).map_err(ureq::Error::from).and_then(|request| self.agent.run(request)),
        };
        let mut response = response.with_context(failed)?;
        let text = response.body_mut().with_config().limit(u64::MAX).read_to_string().with_context(failed)?;
        Ok((response.status(), text))
    }

    fn request(&self, method: &str, path: &str) -> ureq::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.server))
            .header("Authorization", &self.token)
            .header("Accept", "application/json")
    }
}

/// What the server said: an object, or why it refuses.
fn answer(method: &str, path: &str, status: StatusCode, text: &str) -> Result<Value> {
    let value: Value = serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()));
    if !status.is_success() {
        let why = value.get("message").and_then(Value::as_str).unwrap_or(text);
        bail!("failed to {method} {path}: {} {why}", status.as_u16());
    }
    Ok(value)
}
