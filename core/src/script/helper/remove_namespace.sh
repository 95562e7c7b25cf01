# Removes a namespace if install.sh made it.
remove_namespace() {
  local context=$1 namespace=$2 mark
  mark="$(kubectl get namespace "${namespace}" --context="${context}" --ignore-not-found \
    --output=jsonpath='{.metadata.annotations.meshwright/created-by}')"
  if [ "${mark}" = install.sh ]; then
    kubectl delete namespace "${namespace}" --context="${context}" --ignore-not-found
  else
    printf 'namespace %s stays: install.sh did not make it\n' "${namespace}"
  fi
}
