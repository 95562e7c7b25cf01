# Whether istiod publishes the same root in two clusters.
same_root() {
  local context=$1 with=$2 namespace=$3 configmap=$4 one other
  one="$(kubectl get configmap "${configmap}" --namespace="${namespace}" --context="${context}" \
    --output=jsonpath='{.data.root-cert\.pem}')"
  other="$(kubectl get configmap "${configmap}" --namespace="${namespace}" --context="${with}" \
    --output=jsonpath='{.data.root-cert\.pem}')"
  [ -n "${one}" ] && [ "${one}" = "${other}" ]
}
