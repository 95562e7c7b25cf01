# Makes the account by which istiods of other clusters read this one, unless the operator has made it.
ensure_reader() {
  local context=$1 namespace=$2
  if kubectl get serviceaccount istio-reader-service-account --namespace="${namespace}" --context="${context}" \
    >/dev/null 2>&1; then
    return
  fi
  kubectl create serviceaccount istio-reader-service-account --namespace="${namespace}" --dry-run=client --output=yaml |
    kubectl annotate --local --filename=- meshwright/created-by=install.sh --output=yaml |
    kubectl create --context="${context}" --filename=-
}
