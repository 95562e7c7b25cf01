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

# Removes the account by which istiods of other clusters read this one if install.sh made it.
remove_reader() {
  local context=$1 namespace=$2 mark
  mark="$(kubectl get serviceaccount istio-reader-service-account --namespace="${namespace}" --context="${context}" \
    --ignore-not-found --output=jsonpath='{.metadata.annotations.meshwright/created-by}')"
  if [ "${mark}" = install.sh ]; then
    kubectl delete serviceaccount istio-reader-service-account --namespace="${namespace}" --context="${context}" \
      --ignore-not-found
  fi
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

require_tool kubectl
require_tool helm
confirm "${1:-}"

step 1 shop 'Undo: Route requests to the sample'
kubectl delete --context="${CTX_SHOP}" --ignore-not-found --namespace=sample \
  --filename=shop/60-helloworld-gateway.yaml

step 2 stock 'Undo: Deploy curl'
kubectl delete --context="${CTX_STOCK}" --ignore-not-found --namespace=sample \
  --filename=stock/40-curl.yaml

step 3 stock 'Undo: Deploy helloworld-v2'
kubectl delete --context="${CTX_STOCK}" --ignore-not-found --namespace=sample \
  --filename=stock/35-helloworld.yaml

step 4 stock 'Undo: Make namespace sample'
remove_namespace "${CTX_STOCK}" sample

step 5 shop 'Undo: Deploy curl'
kubectl delete --context="${CTX_SHOP}" --ignore-not-found --namespace=sample \
  --filename=shop/55-curl.yaml

step 6 shop 'Undo: Deploy helloworld-v1'
kubectl delete --context="${CTX_SHOP}" --ignore-not-found --namespace=sample \
  --filename=shop/50-helloworld.yaml

step 7 shop 'Undo: Make namespace sample'
remove_namespace "${CTX_SHOP}" sample

step 8 shop 'Undo: Expose the mesh'\''s services to its other networks'
kubectl delete --context="${CTX_SHOP}" --ignore-not-found --namespace=retail-istiod \
  --filename=shop/40-expose-services.yaml

step 9 stock 'Undo: Install the east-west gateway'
helm uninstall istio-eastwestgateway --kube-context="${CTX_STOCK}" --namespace=retail-istiod \
  --ignore-not-found

step 10 shop 'Undo: Install the east-west gateway'
helm uninstall istio-eastwestgateway --kube-context="${CTX_SHOP}" --namespace=retail-istiod \
  --ignore-not-found

step 11 shop 'Undo: Install the egress gateway'
helm uninstall istio-egressgateway --kube-context="${CTX_SHOP}" --namespace=retail-istiod \
  --ignore-not-found

step 12 shop 'Undo: Install the ingress gateway'
helm uninstall istio-ingressgateway --kube-context="${CTX_SHOP}" --namespace=retail-istiod \
  --ignore-not-found

step 13 hub 'Undo: Give istiod access to stock'
kubectl delete secret istio-remote-secret-stock --context="${CTX_HUB}" --namespace=retail-istiod \
  --ignore-not-found

step 14 stock 'Undo: See to the account that istiod reads by'
remove_reader "${CTX_STOCK}" retail-istiod

step 15 stock 'Undo: Install the remote cluster'\''s part'
kubectl delete --context="${CTX_STOCK}" --ignore-not-found --filename=stock/20-istio-retail.yaml \
  --timeout=5m

step 16 stock 'Undo: Install Istio'\''s CNI plugin'
kubectl delete --context="${CTX_STOCK}" --ignore-not-found --filename=stock/15-istiocni.yaml \
  --timeout=5m

step 17 stock 'Undo: Make namespace istio-cni'
remove_namespace "${CTX_STOCK}" istio-cni

step 18 stock 'Undo: Make namespace retail-istiod'
remove_system_namespace "${CTX_STOCK}" retail-istiod

step 19 hub 'Undo: Route the gateway to istiod'
kubectl delete --context="${CTX_HUB}" --ignore-not-found --filename=hub/30-external-istiod-gw.yaml

step 20 hub 'Undo: Install istiod'
kubectl delete --context="${CTX_HUB}" --ignore-not-found --filename=hub/25-istio-retail.yaml \
  --timeout=5m

step 21 hub 'Undo: Give istiod access to shop'
kubectl delete secret istio-kubeconfig --context="${CTX_HUB}" --namespace=retail-istiod \
  --ignore-not-found

step 22 hub 'Undo: Make namespace retail-istiod'
remove_namespace "${CTX_HUB}" retail-istiod

step 23 shop 'Undo: Install the config cluster'\''s part'
kubectl delete --context="${CTX_SHOP}" --ignore-not-found --filename=shop/20-istio-retail.yaml \
  --timeout=5m

step 24 shop 'Undo: Install Istio'\''s CNI plugin'
kubectl delete --context="${CTX_SHOP}" --ignore-not-found --filename=shop/15-istiocni.yaml \
  --timeout=5m

step 25 shop 'Undo: Make namespace istio-cni'
remove_namespace "${CTX_SHOP}" istio-cni

step 26 shop 'Undo: Make namespace retail-istiod'
remove_system_namespace "${CTX_SHOP}" retail-istiod

step 27 hub 'Undo: Install the gateway that exposes istiod'
helm uninstall istio-ingressgateway --kube-context="${CTX_HUB}" --namespace=istio-system \
  --ignore-not-found

step 28 hub 'Undo: Install an istiod for the gateway'
kubectl delete --context="${CTX_HUB}" --ignore-not-found --filename=hub/10-istio-default.yaml \
  --timeout=5m

step 29 hub 'Undo: Make namespace istio-system'
remove_system_namespace "${CTX_HUB}" istio-system

printf '%s\n' \
  'Removed. Istio'\''s CRDs stay, and so do its GatewayClasses where the Gateway API is:'
printf '%s\n' 'other installations may use them.'
