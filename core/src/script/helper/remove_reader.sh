# Removes the account by which istiods of other clusters read this one if install.sh made it.
remove_reader() {
  local context=$1 namespace=$2 mark
  mark="$(kubectl get serviceaccount istio-reader-service-account --namespace="${namespace}" --context="${context}" \
    --ignore-not-found --output=jsonpath='{.metadata.annotations.meshwright/created-by}')"
  if [ "${mark}" = install.sh ]; then
    kubectl delete serviceaccount istio-reader-service-account --namespace="${namespace}" --context="${context}" \
      --ignore-not-found
  fi
}
