# Gives istiod the CA certificate in certs/MESH/CLUSTER, and makes one first if there is none. A secret that
# is there stays: another CA would have every workload refused until it has a new certificate.
ensure_cacerts() {
  local context=$1 namespace=$2 cluster=$3 mesh=$4 folder="certs/$4/$3" root=root
  if kubectl get secret cacerts --namespace="${namespace}" --context="${context}" >/dev/null 2>&1; then
    printf '%s\n' 'secret cacerts is there, and stays'
    return
  fi
  [ -f "${folder}/ca-cert.pem" ] || make_ca "${folder}" "${cluster}" "certs/${mesh}" "${mesh}"
  kubectl create secret generic cacerts --namespace="${namespace}" --dry-run=client --output=yaml \
    --from-file="${folder}/ca-cert.pem" --from-file="${folder}/ca-key.pem" \
    --from-file="${folder}/${root}-cert.pem" --from-file="${folder}/cert-chain.pem" |
    kubectl annotate --local --filename=- meshwright/created-by=install.sh --output=yaml |
    kubectl create --context="${context}" --filename=-
}
