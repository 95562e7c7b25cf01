//! istioctl's stand-in.

use super::call::Call;
use super::local::line;
use super::{Found, World};
use crate::broken::End;
use crate::link::Link;
use crate::operator::Operator;
use crate::value::{merge, text};
use serde_json::{Value, json};

impl World<'_> {
    pub(super) fn istioctl(&mut self, call: &Call) -> Result<String, String> {
        match (call.verb(0), call.verb(1)) {
            ("version", _) => Ok(format!("client version: {}\n", self.release)),
            ("manifest", "generate") => {
                let path = call.flag("filename");
                let operator = self.operator(path, call)?;
                // Where it goes is known by its folder alone: the text goes on to kubectl.
                if let Some((folder, _)) = path.split_once('/') {
                    let index = self.clusters.iter().position(|cluster| cluster.name == folder);
                    self.keep(index, path);
                }
                Ok(operator.render().into_iter().map(|object| line(object, path)).collect())
            }
            (verb, _) => {
                let context = call.flag("context");
                let cluster = self.at(context).ok_or_else(|| format!("context {context:?} does not exist"))?;
                match verb {
                    "install" => self.install_operator(cluster, call),
                    "create-remote-secret" => self.remote_secret(cluster, call),
                    "uninstall" => {
                        self.uninstall(cluster, call);
                        Ok(String::new())
                    }
                    verb => Err(format!("istioctl {verb} has no stand-in")),
                }
            }
        }
    }

    fn operator(&mut self, path: &str, call: &Call) -> Result<Operator, String> {
        match self.files.documents(path)? {
            [one] if text(one, "/kind") == "IstioOperator" => {
                let api = text(one, "/apiVersion");
                if api != "install.istio.io/v1alpha1" {
                    return Err(format!("{path}: unknown apiVersion {api}"));
                }
                Ok(Operator::new(one, &call.sets()))
            }
            documents => {
                let kinds: Vec<&str> = documents.iter().map(|it| text(it, "/kind")).collect();
                let from = End { file: path.to_owned(), ..End::of("documents", kinds.join(", ")) };
                self.report(Link::Document, "", from, End::of("istioctl", "one IstioOperator"));
                Err(format!("{path}: istioctl takes one IstioOperator"))
            }
        }
    }

    fn keep(&mut self, cluster: Option<usize>, path: &str) {
        let Some(document) = self.files.documents(path).ok().and_then(<[Value]>::first) else {
            return;
        };
        if let Some(on) = cluster.and_then(|cluster| self.clusters.get_mut(cluster))
            && !on.operators.iter().any(|(kept, _)| kept == path)
        {
            on.operators.push((path.to_owned(), document.clone()));
        }
    }

    fn install_operator(&mut self, cluster: usize, call: &Call) -> Result<String, String> {
        let path = call.flag("filename");
        self.belongs(path, cluster);
        let operator = self.operator(path, call)?;
        self.keep(Some(cluster), path);
        self.ensure_namespace(cluster, operator.namespace());
        for object in operator.render() {
            self.apply(cluster, &object, path, "")?;
        }
        let tagged = |found: Found| !text(found.value(), "/metadata/labels/istio.io~1tag").is_empty();
        let has_one = self.clusters.get(cluster).is_some_and(|on| on.all("MutatingWebhookConfiguration").any(tagged));
        for object in operator.default_tag(has_one) {
            self.apply(cluster, &object, "", "")?;
        }
        Ok(String::new())
    }

    fn uninstall(&mut self, cluster: usize, call: &Call) {
        let path = call.flag("filename");
        self.belongs(path, cluster);
        if let Some(on) = self.clusters.get_mut(cluster) {
            let own = on.objects.iter().filter(|(_, object)| object.file == path).map(|(id, _)| id.clone());
            on.removed.extend(own);
        }
        if call.has("purge") {
            let from = End { file: "uninstall.sh".to_owned(), ..End::of("istioctl uninstall", "--purge") };
            self.report(Link::Purge, "", from, End::of("what install.sh made", path));
        }
    }

    /// A secret with access to the cluster that is asked.
    fn remote_secret(&mut self, cluster: usize, call: &Call) -> Result<String, String> {
        let or = |flag: &str, default: &'static str| match call.flag(flag) {
            "" => default.to_owned(),
            value => value.to_owned(),
        };
        let config = call.flag("type") == "config";
        let namespace = or("namespace", "istio-system");
        let account = or("service-account", if config { "istiod" } else { "istio-reader-service-account" });
        let Some(on) = self.clusters.get(cluster) else {
            return Err("no such cluster".to_owned());
        };
        let name = on.name.clone();
        let absent = on.get("ServiceAccount", &namespace, &account).is_none();
        if absent && call.flag("create-service-account") == "false" {
            let from = End::of("istioctl create-remote-secret --service-account", format!("{namespace}/{account}"));
            self.report(Link::SecretAccount, &name, from, End::of(format!("ServiceAccount on {name}"), ""));
        }
        // Without a name istioctl takes the identifier of namespace kube-system.
        let key = if config { "config".to_owned() } else { or("name", "identifier of kube-system") };
        let secret = if config { "istio-kubeconfig".to_owned() } else { format!("istio-remote-secret-{key}") };
        let mut object = json!({
            "apiVersion": "v1",
            "kind": "Secret",
            "metadata": {
                "name": secret,
                "namespace": namespace,
                "labels": {"istio/multiCluster": "true"},
                "annotations": {"networking.istio.io/cluster": key},
            },
            // Instead of a kubeconfig: whose it is, and where its API server is.
            "data": {"cluster": name, "server": call.flag("server"), "account": account},
        });
        merge(&mut object, &json!({"data": {"key": key}}));
        Ok(line(object, ""))
    }
}
