# shellcheck shell=bash
# kwok, which stands for the kubelets of the lab's nodes; its stages are in share/.

need go-programs
kwok_version=$(go_pin kwok sigs.k8s.io/kwok)
make_kwok() {
    local stages=kustomize/stage
    go_build "$1" kwok "-X sigs.k8s.io/kwok/pkg/consts.Version=v$kwok_version"
    go_share "$1" kwok sigs.k8s.io/kwok \
        $stages/node/fast/node-initialize.yaml $stages/node/heartbeat/node-heartbeat.yaml \
        $stages/pod/fast/pod-ready.yaml $stages/pod/fast/pod-complete.yaml $stages/pod/fast/pod-delete.yaml
}
keep_go kwok "$kwok_version" '2 to 4 minutes' make_kwok
