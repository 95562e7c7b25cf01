//! Links that are drawn as one: those from a control plane to all that it manages, and those between
//! all that read or reach each other.

use meshwright_core::plan::{Link, LinkKind, Map, NodeRole};

/// Links that are drawn as one.
pub(super) struct Net {
    /// The node that it starts from, and the control plane there.
    pub(super) from: (usize, usize),
    /// The nodes that it leads to.
    pub(super) ends: Vec<(usize, LinkKind)>,
    /// Whether it leads from each of them to each other.
    pub(super) mutual: bool,
}

impl Net {
    /// What it is; control planes do the first with the last, each in its own way.
    pub(super) fn kind(&self) -> LinkKind {
        self.ends.last().map_or(LinkKind::EastWest, |(_, kind)| *kind)
    }

    /// Its nodes.
    pub(super) fn nodes(&self) -> impl Iterator<Item = usize> {
        std::iter::once(self.from.0).chain(self.ends.iter().map(|(node, _)| *node))
    }

    fn takes(&self, link: &Link, mutual: bool) -> bool {
        let family = |kind| if kind == LinkKind::Configures { LinkKind::Manages } else { kind };
        let near = if mutual {
            self.nodes().any(|node| node == link.from || node == link.to)
        } else {
            self.from == (link.from, link.plane)
        };
        self.mutual == mutual && family(self.kind()) == family(link.kind) && near
    }
}

/// The links of a map.
pub(super) fn nets(map: &Map) -> Vec<Net> {
    let primary = |node: usize| map.nodes.get(node).is_some_and(|node| node.role == NodeRole::Primary);
    let mut nets: Vec<Net> = Vec::new();
    for link in &map.links {
        let mutual = match link.kind {
            LinkKind::EastWest => true,
            LinkKind::Reads => primary(link.from) && primary(link.to),
            LinkKind::Configures | LinkKind::Manages => false,
        };
        match nets.iter_mut().find(|net| net.takes(link, mutual)) {
            Some(net) => {
                for node in [link.from, link.to] {
                    if net.nodes().all(|found| found != node) {
                        net.ends.push((node, link.kind));
                    }
                }
            }
            None => nets.push(Net { from: (link.from, link.plane), ends: vec![(link.to, link.kind)], mutual }),
        }
    }
    nets
}

/// A map in sentences, for those who do not see it.
pub(crate) fn words(map: &Map) -> Vec<String> {
    let mut words = Vec::new();
    let name = |node: usize| map.nodes.get(node).map_or("", |node| node.name.as_str());
    for net in nets(map) {
        let (home, plane) = net.from;
        let planes = map.nodes.get(home).map_or(&[][..], |node| &node.control_planes);
        let of = planes
            .get(plane)
            .filter(|_| planes.len() > 1)
            .map_or_else(String::new, |plane| [" of ", &plane.mesh].concat());
        if net.mutual {
            let mut names: Vec<&str> = net.nodes().map(name).collect();
            let last = names.pop().unwrap_or_default();
            let all = [&*names.join(", "), " and ", last].concat();
            words.push(if net.kind() == LinkKind::Reads {
                ["The control planes on ", &all, " read each other's clusters."].concat()
            } else {
                [&*all, " reach each other through east-west gateways."].concat()
            });
            continue;
        }
        for (node, kind) in &net.ends {
            let to = name(*node);
            let does = match kind {
                LinkKind::Configures => [" takes its configuration from ", to, ", manages it"],
                LinkKind::Manages => [" manages ", to, ""],
                LinkKind::Reads | LinkKind::EastWest => [" reads the services of ", to, ""],
            };
            let hooks = if *kind == LinkKind::Reads { "." } else { " and answers its webhooks." };
            words.push(["The control plane", &of, " on ", name(home), &does.concat(), hooks].concat());
        }
    }
    words
}
