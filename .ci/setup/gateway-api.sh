# shellcheck shell=bash
# The kinds of the Gateway API (standard channel), for the lab: of the version that its istiod is made for.

need go-programs
gateway_api_version=$(go_pin istio sigs.k8s.io/gateway-api)
make_gateway_api() { go_share "$1" istio sigs.k8s.io/gateway-api config/crd/standard; }
if [ ! -d "$cache/gateway-api-$gateway_api_version" ]; then want_go istio; fi
keep "gateway-api-$gateway_api_version" "fetching the Gateway API $gateway_api_version (seconds)" make_gateway_api
export MESHWRIGHT_GATEWAY_API=$kept/share/config/crd/standard
