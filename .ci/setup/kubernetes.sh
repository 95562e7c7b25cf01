# shellcheck shell=bash
# Kubernetes' control plane, kube-proxy and kubectl, for the lab.

need go-programs
kubernetes_version=$(go_pin kubernetes k8s.io/kubernetes)
make_kubernetes() {
    local minor=${kubernetes_version#*.} package link=''
    for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
        link="$link -X $package.gitVersion=v$kubernetes_version -X $package.gitTreeState=clean"
        link="$link -X $package.gitMajor=${kubernetes_version%%.*} -X $package.gitMinor=${minor%%.*}"
    done
    go_build "$1" kubernetes "$link"
}
keep_go kubernetes "$kubernetes_version" '8 to 15 minutes' make_kubernetes
