//! A container's environment and arguments, as its spec says.

use super::Pod;
use super::field::{field, resource};
use super::objects::{Data, Objects};
use super::spec::{Container, KeyRef, ValueFrom};
use super::volume::spec::Items;
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;

/// Environment variables.
pub(crate) type Env = BTreeMap<String, String>;

/// The environment of a container: `base` (the image's, and that of every pod), then what its spec says, in
/// which each value may name those before it.
pub(crate) fn environment(pod: &Pod, container: &Container, base: &Env, objects: &dyn Objects) -> Result<Env> {
    let mut env = base.clone();
    for from in &container.env_from {
        let maps = from.config_map_ref.iter().map(|items| (items, Kind::ConfigMap));
        for (items, kind) in maps.chain(from.secret_ref.iter().map(|items| (items, Kind::Secret))) {
            for (key, value) in kind.find(objects, items)?.unwrap_or_default() {
                env.insert(format!("{}{key}", from.prefix), text(&key, value)?);
            }
        }
    }
    for variable in &container.env {
        let value = match &variable.value_from {
            None => Some(expand(&variable.value, &env)),
            Some(ValueFrom::Field(reference)) => Some(field(pod, &reference.field_path)?),
            Some(ValueFrom::Resource(reference)) => Some(resource(pod, container, reference)?),
            Some(ValueFrom::ConfigMap(reference)) => Kind::ConfigMap.entry(objects, reference)?,
            Some(ValueFrom::Secret(reference)) => Kind::Secret.entry(objects, reference)?,
        };
        if let Some(value) = value {
            env.insert(variable.name.clone(), value);
        }
    }
    Ok(env)
}

/// Puts in the values of `$(NAME)`. `$$(NAME)` stays `$(NAME)`, and so does a name that is not known.
pub(crate) fn expand(text: &str, env: &Env) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        out.push_str(before);
        rest = after;
        if let Some(after) = rest.strip_prefix('$') {
            out.push('$');
            rest = after;
        } else if let Some((name, after)) = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
            match env.get(name) {
                Some(value) => out.push_str(value),
                None => out.extend(["$(", name, ")"]),
            }
            rest = after;
        } else {
            out.push('$');
        }
    }
    out + rest
}

/// What entries are taken from.
#[derive(Debug, Clone, Copy)]
enum Kind {
    ConfigMap,
    Secret,
}

impl Kind {
    fn find(self, objects: &dyn Objects, items: &Items) -> Result<Option<Data>> {
        match self {
            Kind::ConfigMap => items.config_map(objects),
            Kind::Secret => items.secret(objects),
        }
    }

    fn entry(self, objects: &dyn Objects, reference: &KeyRef) -> Result<Option<String>> {
        let KeyRef { name, key, optional } = reference;
        let items = Items { name: name.clone(), optional: *optional, items: Vec::new() };
        match self.find(objects, &items)?.and_then(|mut data| data.remove(key)) {
            Some(value) => Ok(Some(text(key, value)?)),
            None if *optional => Ok(None),
            None => bail!("couldn't find key {key} in {self:?} {name}"),
        }
    }
}

fn text(key: &str, value: Vec<u8>) -> Result<String> {
    String::from_utf8(value).with_context(|| format!("the value of {key} is not text"))
}

#[cfg(test)]
mod tests {
    use super::{Env, environment, expand};
    use crate::pod::tests::{Fake, pod};

    fn base() -> Env {
        Env::from([("KUBERNETES_SERVICE_HOST".to_owned(), "10.101.0.1".to_owned())])
    }

    #[test]
    fn names_in_parentheses_are_put_in() {
        let env = Env::from([("A".to_owned(), "1".to_owned()), ("B".to_owned(), "$(A)".to_owned())]);
        let table = [
            ("$(A).svc", "1.svc"),
            ("$(B)", "$(A)"),
            ("$$(A)", "$(A)"),
            ("$(NONE)", "$(NONE)"),
            ("$A $", "$A $"),
            ("$(A", "$(A"),
            ("$$$(A)", "$1"),
        ];
        for (text, expected) in table {
            assert_eq!(expand(text, &env), expected, "{text}");
        }
    }

    #[test]
    fn the_environment_is_what_the_spec_says() {
        let pod = pod(
            r#"{"containers": [{"name": "istio-proxy", "resources": {"limits": {"cpu": "2", "memory": "1Gi"}}, "env": [
            {"name": "POD_NAMESPACE", "valueFrom": {"fieldRef": {"fieldPath": "metadata.namespace"}}},
            {"name": "INSTANCE_IP", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}},
            {"name": "APP", "valueFrom": {"fieldRef": {"fieldPath": "metadata.labels['app']"}}},
            {"name": "GOMEMLIMIT", "valueFrom": {"resourceFieldRef": {"resource": "limits.memory", "divisor": "1Mi"}}},
            {"name": "API", "value": "https://$(KUBERNETES_SERVICE_HOST)/$(POD_NAMESPACE)"},
            {"name": "KEY", "valueFrom": {"secretKeyRef": {"name": "certs", "key": "key"}}},
            {"name": "NONE", "valueFrom": {"configMapKeyRef": {"name": "none", "key": "key", "optional": true}}}
        ]}]}"#,
        );
        let container = pod.spec.containers.first().unwrap();
        let env = environment(&pod, container, &base(), &Fake).unwrap();
        let expected = [
            ("API", "https://10.101.0.1/sample"),
            ("APP", "curl"),
            ("GOMEMLIMIT", "1024"),
            ("INSTANCE_IP", "10.1.0.2"),
            ("KEY", "secret"),
            ("KUBERNETES_SERVICE_HOST", "10.101.0.1"),
            ("POD_NAMESPACE", "sample"),
        ];
        let found: Vec<(&str, &str)> = env.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_not_there_is_named() {
        for (kind, said) in
            [("configMapKeyRef", "configmap \"none\" not found"), ("secretKeyRef", "secret \"none\" not found")]
        {
            let env = format!(r#"[{{"name": "A", "valueFrom": {{"{kind}": {{"name": "none", "key": "key"}}}}}}]"#);
            let pod = pod(&format!(r#"{{"containers": [{{"name": "a", "env": {env}}}]}}"#));
            let error = environment(&pod, pod.spec.containers.first().unwrap(), &base(), &Fake).unwrap_err();
            assert_eq!(error.to_string(), said);
        }
    }
}
