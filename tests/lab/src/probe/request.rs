//! A request from a pod of each cluster is answered by the sample in each other cluster, or network, and both
//! proxies have seen each other's certificate.

use super::World;
use super::mesh::{Member, Plane, Sample};
use super::proxy::Proxy;
use crate::container::helloworld::ASKED_BY;
use anyhow::{Context, Result, ensure};
use std::collections::{BTreeMap, BTreeSet};

/// How often the sample is asked for each cluster that has to answer; which one does is chance.
const TRIES: usize = 25;

pub(super) fn check(world: &World<'_>) -> Vec<Result<()>> {
    let Some(sample) = &world.mesh.sample else { return Vec::new() };
    world.mesh.members().map(|(plane, member)| world.wait(|| heard(world, plane, member, sample))).collect()
}

/// Whether a pod of a cluster hears the sample of every cluster of its network, and of every other network,
/// by mutual TLS.
fn heard(world: &World<'_>, plane: &Plane, member: &Member, sample: &Sample) -> Result<()> {
    let curl = Proxy::one(world.site(&member.cluster)?, &sample.namespace, "app=curl")?;
    let mut pods = BTreeMap::new();
    let mut missing = BTreeSet::new();
    for (_, other) in world.mesh.of_mesh(plane) {
        let helloworld = Proxy::one(world.site(&other.cluster)?, &sample.namespace, "app=helloworld")?;
        let identity = plane.identity(helloworld.namespace(), helloworld.account());
        // A proxy keeps its connections through the gateway of another network, which lead to any of
        // the clusters there.
        let who = if other.network == member.network { &other.cluster } else { &other.network };
        pods.insert(helloworld.name().to_owned(), (who.as_str(), identity));
        missing.insert(who.as_str());
    }
    let from = plane.identity(curl.namespace(), curl.account());
    let url = format!("http://helloworld.{}:5000/hello", sample.namespace);
    let mut last = String::new();
    for _ in 0..TRIES * pods.len() {
        let answer = curl.site.exec(
            &curl.pod,
            "curl",
            &["curl", "--silent", "--show-error", "--include", "--max-time", "5", &url],
        );
        last = answer.with_context(|| format!("{}: {url} does not answer", curl.place()))?;
        if let Some((who, to)) = instance(&last).and_then(|name| pods.get(name)) {
            mutual(&last, &from, to).with_context(|| format!("{}: helloworld of {who} answers", curl.place()))?;
            missing.remove(who);
        }
        if missing.is_empty() {
            return Ok(());
        }
    }
    let last = last.lines().last().unwrap_or_default();
    ensure!(missing.is_empty(), "{} hears no helloworld of {missing:?}; it heard last: {last}", curl.place());
    Ok(())
}

/// The pod that answered.
fn instance(answer: &str) -> Option<&str> {
    Some(answer.split_once("instance: ")?.1.trim())
}

/// Whether the answer's proxy saw a certificate of `from`, and showed one of `to`.
pub(super) fn mutual(answer: &str, from: &str, to: &str) -> Result<()> {
    let mut headers = answer.lines().filter_map(|line| line.split_once(": "));
    let peer = headers.find(|(name, _)| name.eq_ignore_ascii_case(ASKED_BY)).map_or("", |(_, value)| value.trim());
    let has = |key: &str, id: &str| peer.split(';').any(|part| part.split_once('=') == Some((key, id)));
    ensure!(has("URI", from) && has("By", to), "not by mutual TLS from {from} to {to}: {peer:?}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{instance, mutual};

    const ANSWER: &str = "HTTP/1.1 200 OK\r\nx-asked-by: By=spiffe://b;Hash=0;Subject=\"\";URI=spiffe://a\r\n\r\n\
                          Hello version: v1, instance: helloworld-v1-5\n";

    #[test]
    fn an_answer_tells_its_pod_and_both_identities() {
        assert_eq!(instance(ANSWER), Some("helloworld-v1-5"));
        assert!(mutual(ANSWER, "spiffe://a", "spiffe://b").is_ok());
        assert!(mutual(ANSWER, "spiffe://b", "spiffe://a").is_err());
        assert!(mutual("HTTP/1.1 200 OK\r\nx-asked-by: \r\n", "spiffe://a", "spiffe://b").is_err());
    }
}
