# Prints the CA that istiod published in a namespace; or nothing.
published_ca() {
  kubectl get configmap istio-ca-root-cert --namespace="$2" --context="$1" --ignore-not-found \
    --output=jsonpath='{.data.root-cert\.pem}'
}
