# Brings the CA that istiod publishes in a ConfigMap into a secret of another cluster, once it is there.
copy_ca() {
  local from=$1 from_namespace=$2 configmap=$3 to=$4 to_namespace=$5 secret=$6 ca='' tries=0
  while [ "${tries}" -lt 60 ]; do
    ca="$(kubectl get configmap "${configmap}" --namespace="${from_namespace}" --context="${from}" \
      --ignore-not-found --output=jsonpath='{.data.root-cert\.pem}')"
    [ -z "${ca}" ] || break
    tries=$((tries + 1))
    sleep 5
  done
  [ -n "${ca}" ] || die "istiod has not published ConfigMap ${configmap} in namespace ${from_namespace} after 5 minutes"
  kubectl create secret generic "${secret}" --namespace="${to_namespace}" \
    --from-literal=ca.crt="${ca}" --dry-run=client --output=yaml |
    kubectl apply --context="${to}" --filename=-
}
