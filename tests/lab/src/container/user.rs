//! Who a container's program runs as.

use crate::pod::spec::Security;
use std::fs;

/// A user and a group, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct User {
    user: u32,
    group: u32,
}

impl User {
    /// Root.
    pub(crate) const ROOT: User = User { user: 0, group: 0 };
    /// The one that Istio's images run as, and whose connections its sidecars do not redirect.
    pub(crate) const ISTIO_PROXY: User = User { user: 1337, group: 1337 };

    /// The container's, or the pod's, or the image's; root where the room has no such user.
    pub(crate) fn of(container: &Security, pod: &Security, image: User) -> User {
        let user = container.run_as_user.or(pod.run_as_user).unwrap_or(image.user);
        let group = container.run_as_group.or(pod.run_as_group).unwrap_or(image.group);
        let wanted = User { user, group };
        if wanted.exists() { wanted } else { User::ROOT }
    }

    /// Whether the room has this user. One that was made without privileges may have root alone.
    pub(crate) fn exists(self) -> bool {
        has("uid", self.user) && has("gid", self.group)
    }

    /// Options by which `chroot` becomes this user.
    pub(crate) fn chroot(self) -> Vec<String> {
        if self == User::ROOT {
            return Vec::new();
        }
        vec![format!("--userspec={}:{}", self.user, self.group), "--groups=".to_owned()]
    }

    /// Options by which `nsenter` does.
    pub(crate) fn nsenter(self) -> Vec<String> {
        if self == User::ROOT {
            return Vec::new();
        }
        vec![format!("--setuid={}", self.user), format!("--setgid={}", self.group)]
    }
}

fn has(kind: &str, number: u32) -> bool {
    let map = fs::read_to_string(format!("/proc/self/{kind}_map")).unwrap_or_default();
    maps(&map, number)
}

fn maps(map: &str, number: u32) -> bool {
    map.lines().any(|line| {
        let mut numbers = line.split_whitespace().map(|number| number.parse().unwrap_or(0));
        let (first, _, count) = (numbers.next(), numbers.next(), numbers.next());
        first.zip(count).is_some_and(|(first, count): (u64, u64)| (first..first + count).contains(&number.into()))
    })
}

#[cfg(test)]
mod tests {
    use super::{User, maps};
    use crate::pod::spec::Security;

    #[test]
    fn a_map_tells_which_users_there_are() {
        let (all, root, ranges) = ("0 0 4294967295", "0 1000 1", "0 1000 1\n1 100000 65536");
        assert!(maps(all, 1337) && maps(ranges, 1337) && maps(root, 0));
        assert!(!maps(root, 1337) && !maps(ranges, 70000) && !maps("", 0));
    }

    #[test]
    fn the_container_is_asked_before_the_pod_and_the_image() {
        let security = |user| Security { run_as_user: user, ..Security::default() };
        assert_eq!(User::of(&security(Some(0)), &security(Some(1337)), User::ROOT), User::ROOT);
        assert_eq!(User::of(&security(None), &security(Some(0)), User { user: 1337, group: 0 }), User::ROOT);
    }
}
