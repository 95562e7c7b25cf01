# shellcheck shell=bash
# Helm, for the lab.

need go-programs
helm_version=$(go_pin helm helm.sh/helm/v3)
make_helm() {
    local package=helm.sh/helm/v3 link kubernetes
    # As in a release: the Kubernetes that charts are rendered for without a cluster.
    kubernetes=$(go_pin helm k8s.io/client-go)
    kubernetes=${kubernetes#*.}
    link="-X $package/internal/version.version=v$helm_version -X $package/internal/version.gitTreeState=clean"
    link="$link -X $package/pkg/chartutil.k8sVersionMajor=1 -X $package/pkg/chartutil.k8sVersionMinor=${kubernetes%%.*}"
    go_build "$1" helm "$link"
}
keep_go helm "$helm_version" '2 to 4 minutes' make_helm
