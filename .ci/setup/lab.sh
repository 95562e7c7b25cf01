# shellcheck shell=bash
# What the lab asks of the machine: Linux, a few programs, and namespaces of its own.

lab_instead='run it on Linux, in a virtual machine for example'
[ "$(uname -s)" = Linux ] || fail "the lab needs Linux's namespaces, and this is $(uname -s): $lab_instead"

PATH=$PATH:/usr/sbin:/sbin # where Debian has them, and an ordinary user's PATH does not look

lab_missing=''
for lab_program in ip:iproute2 unshare:util-linux nsenter:util-linux nft:nftables iptables:iptables \
    dnsmasq:dnsmasq-base openssl:openssl curl:curl; do
    have "${lab_program%%:*}" || lab_missing="$lab_missing ${lab_program#*:}"
done
if [ -n "$lab_missing" ]; then
    # shellcheck disable=SC2086 # a list of package names
    debian 'the lab' $lab_missing ||
        fail "need packages for the lab: install these or your system's equivalents, then run make again:$lab_missing"
fi

lab_unshare='unshare --net --mount --pid --fork'
if [ "$(id -u)" -ne 0 ]; then lab_unshare="$lab_unshare --user --map-root-user"; fi

lab_setting() { cat "/proc/sys/$1" 2>/dev/null || :; }

# Why there are no namespaces, and what to do.
no_namespaces() {
    if [ "$(lab_setting user/max_user_namespaces)" = 0 ]; then
        echo "run 'sudo sysctl user.max_user_namespaces=10000'"
    elif [ "$(id -u)" -eq 0 ]; then
        echo "this root has no right to them: give the container --privileged, or $lab_instead"
    elif [ "$(lab_setting kernel/unprivileged_userns_clone)" = 0 ]; then
        echo "run 'sudo sysctl kernel.unprivileged_userns_clone=1', or make as root"
    elif [ "$(lab_setting kernel/apparmor_restrict_unprivileged_userns)" = 1 ]; then
        echo "run 'sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0' (AppArmor), or make as root"
    else
        echo "make as root, or $lab_instead"
    fi
}

# shellcheck disable=SC2086 # a command and its options
$lab_unshare true 2>/dev/null || fail "the lab needs namespaces, and this machine allows none: $(no_namespaces)"

# What the lab's networks are made of; a container's kernel may lack some.
probe_network() {
    ip link set lo up
    ip link add lab-bridge type bridge
    ip link add lab-here type veth peer name lab-there
    ip link set lab-here master lab-bridge
    nft add table ip lab
    nft 'add chain ip lab nat { type nat hook output priority -100; }'
    nft add rule ip lab nat ip daddr 192.0.2.1 tcp dport 443 dnat to 127.0.0.1:443
}
# shellcheck disable=SC2086
lab_refused=$($lab_unshare bash -ec "$(declare -f probe_network); probe_network" 2>&1) ||
    fail "the lab's namespaces need bridges, veth and nftables, which this kernel refuses ($(echo "$lab_refused" | head -n 1)): $lab_instead"
