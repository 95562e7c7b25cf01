# shellcheck shell=bash
# etcd, for the lab's API servers. Debian's is too old: without watch progress every wait takes 40 s.

need go-programs
make_etcd() {
    go_build "$1" etcd ''
    mv "$1/bin/server" "$1/bin/etcd"
}
keep_go etcd "$(go_pin etcd go.etcd.io/etcd/server/v3)" '1 to 2 minutes' make_etcd
