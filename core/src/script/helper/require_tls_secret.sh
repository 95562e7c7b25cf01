# Stops unless the gateway's TLS secret is there, and says how to make it.
require_tls_secret() {
  local context=$1 namespace=$2 secret=$3 host=$4
  kubectl get secret "${secret}" --namespace="${namespace}" --context="${context}" --output=name ||
    die "the gateway needs a certificate for ${host}, signed by a public CA. Make the secret, then run this again:" \
      "kubectl create secret tls ${secret} --namespace=${namespace} --context=${context} --cert=FILE --key=FILE"
}
