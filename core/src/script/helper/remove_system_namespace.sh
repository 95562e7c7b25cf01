# Removes a namespace if install.sh made it, and everywhere else the CA that istiod published from
# there; another istiod's stays. istiod has to be gone, or it would publish again.
remove_system_namespace() {
  local context=$1 namespace=$2 ca place
  ca="$(published_ca "${context}" "${namespace}")"
  remove_namespace "${context}" "${namespace}"
  [ -n "${ca}" ] || return 0
  for place in $(kubectl get configmap --all-namespaces --field-selector=metadata.name=istio-ca-root-cert \
    --context="${context}" --output=jsonpath='{.items[*].metadata.namespace}'); do
    if [ "$(published_ca "${context}" "${place}")" = "${ca}" ]; then
      kubectl delete configmap istio-ca-root-cert istio-ca-crl --namespace="${place}" --context="${context}" \
        --ignore-not-found
    fi
  done
}
