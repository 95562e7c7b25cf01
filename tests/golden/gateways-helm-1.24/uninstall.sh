#!/usr/bin/env bash
# Removes what install.sh made, in reverse. Asks first; --yes answers.
# Made by Meshwright.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=env.sh
. ./env.sh

# Says what is wrong and what to do, and stops.
die() {
  printf 'error: %s\n' "$@" >&2
  exit 1
}

# Stops unless a program is on the path.
require_tool() {
  command -v "$1" >/dev/null 2>&1 || die "$1 is not installed: it is needed for what follows"
}

# Stops unless istioctl is of the release that these manifests are for.
require_istioctl() {
  local found
  found="$(istioctl version --remote=false 2>/dev/null)" || found=''
  case " ${found} " in
    *[!0-9.]"$1"[!0-9.]*) ;;
    *) die "istioctl $1 is needed, this one says: ${found:-nothing}" ;;
  esac
}

# Names the step that begins.
step() {
  STEP="step $1, on $2: $3"
  printf '\n==> %s\n' "${STEP}"
}

# At the end, whatever the end: says where the script stopped and what to do.
STEP='the preparations'
finish() {
  local status=$?
  if [ "${status}" -ne 0 ]; then
    printf '\nstopped at %s\nMend what it says above and run this script again: it goes on where it has to.\n' "${STEP}" >&2
  fi
}
trap finish EXIT

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

# Prints the CA that istiod published in a namespace; or nothing.
published_ca() {
  kubectl get configmap istio-ca-root-cert --namespace="$2" --context="$1" --ignore-not-found \
    --output=jsonpath='{.data.root-cert\.pem}'
}

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

# Asks before anything is removed, unless told --yes.
confirm() {
  local answer=''
  [ "${1:-}" != --yes ] || return 0
  printf 'This removes the mesh from its clusters. Go on? [y/N] '
  read -r answer || true
  case "${answer}" in
    y | Y | yes) ;;
    *) die 'nothing was removed; answer y, or call with --yes' ;;
  esac
}

# Removes the default validator if it is this installation's: it leads to one of the places given.
remove_validator() {
  local context=$1 place found
  shift
  found="$(kubectl get validatingwebhookconfiguration istiod-default-validator --context="${context}" \
    --ignore-not-found --output=jsonpath='{.webhooks[*].clientConfig.url} {.webhooks[*].clientConfig.service.namespace}')"
  for place; do
    case " ${found} " in
      *[\ /]"${place}"[\ :]*)
        # istioctl may have removed it, and the API server not yet have done so.
        kubectl delete validatingwebhookconfiguration istiod-default-validator --context="${context}" \
          --ignore-not-found
        return
        ;;
    esac
  done
}

require_tool kubectl
require_tool helm
require_istioctl 1.24.6
confirm "${1:-}"

step 1 cluster1 'Undo: Route requests to the sample'
kubectl delete --context="${CTX_CLUSTER1}" --ignore-not-found --namespace=sample \
  --filename=cluster1/50-helloworld-gateway.yaml

step 2 cluster2 'Undo: Deploy curl'
kubectl delete --context="${CTX_CLUSTER2}" --ignore-not-found --namespace=sample \
  --filename=cluster2/30-curl.yaml

step 3 cluster2 'Undo: Deploy helloworld-v2'
kubectl delete --context="${CTX_CLUSTER2}" --ignore-not-found --namespace=sample \
  --filename=cluster2/25-helloworld.yaml

step 4 cluster2 'Undo: Make namespace sample'
remove_namespace "${CTX_CLUSTER2}" sample

step 5 cluster1 'Undo: Deploy curl'
kubectl delete --context="${CTX_CLUSTER1}" --ignore-not-found --namespace=sample \
  --filename=cluster1/45-curl.yaml

step 6 cluster1 'Undo: Deploy helloworld-v1'
kubectl delete --context="${CTX_CLUSTER1}" --ignore-not-found --namespace=sample \
  --filename=cluster1/40-helloworld.yaml

step 7 cluster1 'Undo: Make namespace sample'
remove_namespace "${CTX_CLUSTER1}" sample

step 8 cluster1 'Undo: Expose the mesh'\''s services to its other networks'
kubectl delete --context="${CTX_CLUSTER1}" --ignore-not-found --namespace=external-istiod \
  --filename=cluster1/30-expose-services.yaml

step 9 cluster2 'Undo: Install the east-west gateway'
helm uninstall istio-eastwestgateway --kube-context="${CTX_CLUSTER2}" --namespace=external-istiod \
  --ignore-not-found

step 10 cluster1 'Undo: Install the east-west gateway'
helm uninstall istio-eastwestgateway --kube-context="${CTX_CLUSTER1}" --namespace=external-istiod \
  --ignore-not-found

step 11 cluster1 'Undo: Install the egress gateway'
helm uninstall istio-egressgateway --kube-context="${CTX_CLUSTER1}" --namespace=external-istiod \
  --ignore-not-found

step 12 cluster1 'Undo: Install the ingress gateway'
helm uninstall istio-ingressgateway --kube-context="${CTX_CLUSTER1}" --namespace=external-istiod \
  --ignore-not-found

step 13 external-cluster 'Undo: Give istiod access to cluster2'
kubectl delete secret istio-remote-secret-cluster2 --context="${CTX_EXTERNAL_CLUSTER}" \
  --namespace=external-istiod --ignore-not-found

step 14 cluster2 'Undo: Install the remote cluster'\''s part'
istioctl uninstall --context="${CTX_CLUSTER2}" --filename=cluster2/10-second-remote-cluster.yaml \
  --skip-confirmation
remove_validator "${CTX_CLUSTER2}" external-istiod myhost.example.com
kubectl delete mutatingwebhookconfiguration istio-revision-tag-default-external-istiod \
  --context="${CTX_CLUSTER2}" --ignore-not-found

step 15 cluster2 'Undo: Make namespace external-istiod'
remove_system_namespace "${CTX_CLUSTER2}" external-istiod

step 16 external-cluster 'Undo: Route the gateway to istiod'
kubectl delete --context="${CTX_EXTERNAL_CLUSTER}" --ignore-not-found \
  --filename=external-cluster/25-external-istiod-gw.yaml

step 17 external-cluster 'Undo: Give the gateway the mesh'\''s CA'
kubectl delete secret external-istiod-ca --context="${CTX_EXTERNAL_CLUSTER}" \
  --namespace=istio-system --ignore-not-found

step 18 external-cluster 'Undo: Install istiod'
istioctl uninstall --context="${CTX_EXTERNAL_CLUSTER}" \
  --filename=external-cluster/20-external-istiod.yaml --skip-confirmation

step 19 external-cluster 'Undo: Give istiod access to cluster1'
kubectl delete secret istio-kubeconfig --context="${CTX_EXTERNAL_CLUSTER}" \
  --namespace=external-istiod --ignore-not-found

step 20 external-cluster 'Undo: Make namespace external-istiod'
remove_namespace "${CTX_EXTERNAL_CLUSTER}" external-istiod

step 21 cluster1 'Undo: Install the config cluster'\''s part'
istioctl uninstall --context="${CTX_CLUSTER1}" --filename=cluster1/10-remote-config-cluster.yaml \
  --skip-confirmation
remove_validator "${CTX_CLUSTER1}" external-istiod myhost.example.com
kubectl delete mutatingwebhookconfiguration istio-revision-tag-default-external-istiod \
  --context="${CTX_CLUSTER1}" --ignore-not-found

step 22 cluster1 'Undo: Make namespace external-istiod'
remove_system_namespace "${CTX_CLUSTER1}" external-istiod

step 23 external-cluster 'Undo: Install the gateway that exposes istiod'
istioctl uninstall --context="${CTX_EXTERNAL_CLUSTER}" \
  --filename=external-cluster/10-controlplane-gateway.yaml --skip-confirmation
remove_validator "${CTX_EXTERNAL_CLUSTER}" istio-system
kubectl delete mutatingwebhookconfiguration istio-revision-tag-default \
  --context="${CTX_EXTERNAL_CLUSTER}" --ignore-not-found

step 24 external-cluster 'Undo: Make namespace istio-system'
remove_system_namespace "${CTX_EXTERNAL_CLUSTER}" istio-system

printf '%s\n' \
  'Removed. Istio'\''s CRDs stay, and so do its GatewayClasses where the Gateway API is:'
printf '%s\n' 'other installations may use them.'
