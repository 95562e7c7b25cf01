# Prints the address that a service's load balancer has, an IP address or a host name; or nothing.
load_balancer() {
  local context=$1 namespace=$2 service=$3
  kubectl get service "${service}" --namespace="${namespace}" --context="${context}" \
    --output=jsonpath='{.status.loadBalancer.ingress[0].ip}{.status.loadBalancer.ingress[0].hostname}'
}
