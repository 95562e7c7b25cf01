//! kubectl's stand-in.

use super::call::Call;
use super::local::{edit, line, object};
use super::{Found, Id, Object, Probe, World, id};
use crate::value::{list, set, text};
use serde_json::{Map, Value, json};

type Said = Result<String, String>;

impl World<'_> {
    pub(super) fn kubectl(&mut self, call: &Call, input: &str) -> Said {
        if call.has("local") {
            return if call.verb(0) == "patch" { self.patch(call, input) } else { edit(call, input) };
        }
        if call.flag("dry-run") == "client" {
            return self.create(call);
        }
        if !call.has("context") {
            return Err(format!("kubectl {} without --context", call.verb(0)));
        }
        let context = call.flag("context");
        let cluster = self.at(context).ok_or_else(|| format!("context {context:?} does not exist"))?;
        match call.verb(0) {
            "apply" | "create" => self.put(cluster, call, input),
            "get" => self.get(cluster, call),
            "run" => Ok(self.probe(cluster, call)),
            "rollout" => self.rollout(cluster, call),
            "wait" => self.wait(cluster, call),
            "delete" => self.delete(cluster, call, input),
            verb => Err(format!("kubectl {verb} has no stand-in")),
        }
    }

    fn put(&mut self, cluster: usize, call: &Call, input: &str) -> Said {
        let (path, namespace) = (call.flag("filename"), call.flag("namespace"));
        if path != "-" {
            self.belongs(path, cluster);
            for document in self.files.documents(path)? {
                self.apply(cluster, document, path, namespace)?;
                self.reconcile(cluster, document, path)?;
            }
            return Ok(String::new());
        }
        for line in input.lines() {
            let (value, file) = object(line)?;
            self.apply(cluster, &value, &file, namespace)?;
            self.reconcile(cluster, &value, &file)?;
        }
        Ok(String::new())
    }

    fn get(&mut self, cluster: usize, call: &Call) -> Said {
        let (kind, name, namespace) = (call.verb(1), call.verb(2), call.flag("namespace"));
        let Some(on) = self.clusters.get(cluster) else {
            return Ok(String::new());
        };
        let found = |kind: &str| on.get(kind, namespace, name);
        match kind {
            "namespace" if call.flag("output").contains("created-by") => {
                Ok(found("Namespace").map(mark).unwrap_or_default())
            }
            "namespace" if name == "default" || found("Namespace").is_some() => Ok(name.to_owned()),
            "crd" if call.flag("output").contains("enum") => Ok(format!("[\"v{}\"]", self.release)),
            "crd" => Ok(name.to_owned()),
            "validatingwebhookconfiguration" => {
                Ok(found("ValidatingWebhookConfiguration").map(asked).unwrap_or_default())
            }
            "service" => {
                let service = found("Service").ok_or_else(|| format!("service {namespace}/{name} is not found"))?;
                let balanced = text(service.value(), "/spec/type") == "LoadBalancer";
                Ok(if balanced { self.address(cluster, namespace, name) } else { String::new() })
            }
            "serviceaccount" => {
                let found = found("ServiceAccount").map(mark);
                found.ok_or_else(|| format!("serviceaccount {namespace}/{name} is not found"))
            }
            // Nobody else makes it.
            "secret" if name == "cacerts" => {
                let found = found("Secret").map(mark);
                found.ok_or_else(|| format!("secret {namespace}/{name} is not found"))
            }
            "secret" => {
                // Whoever runs the script makes it before.
                let id = Id { kind: "Secret".to_owned(), namespace: namespace.to_owned(), name: name.to_owned() };
                let value = json!({"kind": "Secret", "type": "kubernetes.io/tls", "metadata": {"name": name}});
                let object = Object { value, file: String::new(), since: 0, changed: 0 };
                if let Some(on) = self.clusters.get_mut(cluster) {
                    on.objects.entry(id).or_insert(object);
                }
                Ok(format!("secret/{name}"))
            }
            // istiod publishes its CA in every namespace of every cluster that it manages.
            "configmap" if name == "istio-ca-root-cert" => {
                let key = call.flag("output").contains(r"root-cert\.pem");
                Ok(if key { format!("CA of {}, namespace {namespace}", on.name) } else { String::new() })
            }
            _ if call.has("ignore-not-found") => Ok(String::new()),
            kind => Err(format!("{kind} {namespace}/{name} is not found")),
        }
    }

    /// `kubectl delete`, of which is kept what it is told: it runs last.
    fn delete(&mut self, cluster: usize, call: &Call, input: &str) -> Said {
        let namespace = call.flag("namespace");
        let mut gone = Vec::new();
        for path in call.all("filename") {
            self.belongs(path, cluster);
            if path == "-" {
                for line in input.lines() {
                    let (value, file) = object(line)?;
                    gone.push(id(&value, &file, namespace)?);
                }
            } else {
                for document in self.files.documents(path)? {
                    gone.push(id(document, path, namespace)?);
                    gone.extend(self.finalize(cluster, document));
                }
            }
        }
        let kind = call.verb(1);
        for name in call.verbs.iter().skip(2) {
            let is = |id: &&Id| id.kind.to_lowercase() == kind && id.name == *name && id.namespace == namespace;
            let on = self.clusters.get(cluster);
            gone.extend(on.and_then(|on| on.objects.keys().find(is)).cloned());
        }
        if let Some(on) = self.clusters.get_mut(cluster) {
            on.removed.extend(gone);
        }
        Ok(String::new())
    }

    /// The address that a cloud gives to a load balancer: what the bundle says is known, else one of the
    /// range for measurements.
    pub(crate) fn address(&self, cluster: usize, namespace: &str, name: &str) -> String {
        let input = self.files.documents("meshwright.yaml").ok().and_then(<[Value]>::first);
        let on = self.clusters.get(cluster).map_or("", |on| &on.name);
        let meshes = input.map_or(&[] as &[_], |input| list(input, "/meshes"));
        for plane in meshes.iter().flat_map(|mesh| list(mesh, "/controlPlanes")) {
            // What another type of address needs is kept in the file.
            let known = if text(plane, "/address/type") == "ip" { text(plane, "/address/ip") } else { "" };
            let home = text(plane, "/cluster");
            let gateway = if home == text(plane, "/configCluster") {
                [text(plane, "/namespace"), "istio-eastwestgateway"]
            } else {
                ["istio-system", "istio-ingressgateway"]
            };
            if on == home && [namespace, name] == gateway && !known.is_empty() {
                return known.to_owned();
            }
        }
        // Another one for each Service of a cluster, as names go.
        let sum = namespace.bytes().chain(name.bytes()).fold(0_u32, |sum, byte| sum * 31 % 65_521 + u32::from(byte));
        format!("198.18.{}.{}", cluster % 256, sum % 254 + 1)
    }

    fn probe(&mut self, cluster: usize, call: &Call) -> String {
        let labels = call.flag("labels").split(',').filter_map(|label| label.split_once('='));
        let labels: Map<String, Value> = labels.map(|(key, value)| (key.to_owned(), json!(value))).collect();
        let at = self.clock;
        if let Some(on) = self.clusters.get_mut(cluster) {
            on.probes.push(Probe { namespace: call.flag("namespace").to_owned(), labels: Value::Object(labels), at });
        }
        r#"{"revision":"default"}"#.to_owned()
    }

    /// `kubectl create … --dry-run=client --output=yaml`
    fn create(&self, call: &Call) -> Said {
        let mut metadata = json!({});
        let mut data = json!({});
        let kind = match call.verb(1) {
            "namespace" => {
                set(&mut metadata, "name", json!(call.verb(2)));
                "Namespace"
            }
            "serviceaccount" => {
                set(&mut metadata, "name", json!(call.verb(2)));
                set(&mut metadata, "namespace", json!(call.flag("namespace")));
                "ServiceAccount"
            }
            "secret" => {
                set(&mut metadata, "name", json!(call.verb(3)));
                set(&mut metadata, "namespace", json!(call.flag("namespace")));
                for (key, value) in call.all("from-literal").filter_map(|it| it.split_once('=')) {
                    set_key(&mut data, key, value);
                }
                for path in call.all("from-file") {
                    let key = path.rsplit('/').next().unwrap_or_default();
                    set_key(&mut data, key, &self.read(path)?);
                }
                "Secret"
            }
            kind => return Err(format!("kubectl create {kind} has no stand-in")),
        };
        Ok(line(json!({"apiVersion": "v1", "kind": kind, "metadata": metadata, "data": data}), ""))
    }

    fn rollout(&self, cluster: usize, call: &Call) -> Said {
        let name = call.verb(2).trim_start_matches("deployment/");
        let namespace = call.flag("namespace");
        // istiod makes one for a Gateway of the Gateway API, which has its class in its name from 1.17 on.
        let of = name.strip_suffix("-istio").unwrap_or(name);
        let found = self
            .clusters
            .get(cluster)
            .and_then(|on| on.get("Deployment", namespace, name).or_else(|| on.get("Gateway", namespace, of)));
        found.map(|_| String::new()).ok_or_else(|| format!("deployment {namespace}/{name} is not found"))
    }
}

/// Who made it, as it says itself.
fn mark(found: Found) -> String {
    text(found.value(), "/metadata/annotations/meshwright~1created-by").to_owned()
}

/// URLs and namespaces that webhooks ask, as uninstall.sh has them printed.
fn asked(found: Found) -> String {
    let webhooks = list(found.value(), "/webhooks");
    let all = |path: &str| webhooks.iter().map(|it| text(it, path)).collect::<Vec<_>>().join(" ");
    format!("{} {}", all("/clientConfig/url"), all("/clientConfig/service/namespace"))
}

/// Puts a value at a key, which may have dots in it.
fn set_key(data: &mut Value, key: &str, value: &str) {
    if let Some(data) = data.as_object_mut() {
        data.insert(key.to_owned(), json!(value));
    }
}
