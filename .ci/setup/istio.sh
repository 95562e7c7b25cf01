# shellcheck shell=bash
# istioctl, istiod (pilot-discovery) and pilot-agent, for the lab; beside them, in share/, the charts and
# profiles, and the template of Envoy's bootstrap. What is built is between two releases and says that it
# is the earlier one, as scripts want to hear it.

need go-programs
istio_version=$(sed -nE 's,.* => istio.io/api v,,p' "$go_programs/istio/go.mod")
make_istio() {
    local package=istio.io/istio/pkg/version link commit
    commit=$(go_pin istio istio.io/istio)
    link="-X $package.buildVersion=$istio_version -X $package.buildTag=$istio_version -X $package.buildStatus=Clean"
    link="$link -X $package.buildGitRevision=${commit##*-} -X $package.buildHub=registry.istio.io/release"
    # The tags are those of a release's own build.
    go_build "$1" istio "$link" -tags vtprotobuf,disable_pgv
    go_share "$1" istio istio.io/istio \
        manifests/charts manifests/profiles tools/packaging/common/envoy_bootstrap.json
}
keep_go istio "$istio_version" '8 to 15 minutes' make_istio
