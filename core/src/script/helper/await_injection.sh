# Waits until a pod would be injected: the API server, its webhook, the gateway and istiod all answer.
await_injection() {
  local context=$1 namespace=$2 label=$3 said='' tries=0
  while [ "${tries}" -lt 60 ]; do
    if said="$(kubectl run meshwright-probe --image=probe --restart=Never --labels="${label}" --dry-run=server \
      --namespace="${namespace}" --context="${context}" \
      --output=jsonpath='{.metadata.annotations.sidecar\.istio\.io/status}' 2>&1)"; then
      case "${said}" in
        *'"revision"'*) return ;;
        *) said='the webhook left the pod as it was' ;;
      esac
    fi
    tries=$((tries + 1))
    sleep 5
  done
  die "pods are not injected after 5 minutes; the last answer: ${said}" \
    "see whether istiod's address leads to its gateway from that cluster's API server, and the logs of both"
}
