# Removes istiod's CA certificate if install.sh made the secret. The files in certs/ stay.
remove_cacerts() {
  local context=$1 namespace=$2 mark
  mark="$(kubectl get secret cacerts --namespace="${namespace}" --context="${context}" --ignore-not-found \
    --output=jsonpath='{.metadata.annotations.meshwright/created-by}')"
  if [ "${mark}" = install.sh ]; then
    kubectl delete secret cacerts --namespace="${namespace}" --context="${context}"
  fi
}
