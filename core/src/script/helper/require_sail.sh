# Stops unless the Sail operator is there, and knows the release that these manifests are for.
require_sail() {
  local known
  known="$(kubectl get crd istios.sailoperator.io --context="$1" --ignore-not-found \
    --output=jsonpath='{.spec.versions[*].schema.openAPIV3Schema.properties.spec.properties.version.enum}')"
  case "${known}" in
    *"\"$2\""*) ;;
    '')
      die "the Sail operator is not installed on the cluster behind context $1; for example by:" \
        "helm install sail-operator sail-operator --repo=https://istio-ecosystem.github.io/sail-operator --namespace=sail-operator --create-namespace --kube-context=$1" \
        "or on OpenShift: Red Hat OpenShift Service Mesh 3, from the catalog of operators"
      ;;
    *) die "the Sail operator on the cluster behind context $1 does not know Istio $2; it knows ${known}" ;;
  esac
}
