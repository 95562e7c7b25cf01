# Stops unless the Gateway API's kinds are there.
require_gateway_api() {
  kubectl get crd gateways.gateway.networking.k8s.io --context="$1" --output=name ||
    die "the Gateway API is not installed here; how to: $2"
}
