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
require_istioctl 1.29.0
confirm "${1:-}"

step 1 east 'Undo: Route requests to the sample'
kubectl delete --context="${CTX_EAST}" --ignore-not-found --namespace=demo \
  --filename=east/50-helloworld-gateway.yaml

step 2 west 'Undo: Deploy curl'
kubectl delete --context="${CTX_WEST}" --ignore-not-found --namespace=demo \
  --filename=west/35-curl.yaml

step 3 west 'Undo: Deploy helloworld-v2'
kubectl delete --context="${CTX_WEST}" --ignore-not-found --namespace=demo \
  --filename=west/30-helloworld.yaml

step 4 west 'Undo: Make namespace demo'
remove_namespace "${CTX_WEST}" demo

step 5 east 'Undo: Deploy curl'
kubectl delete --context="${CTX_EAST}" --ignore-not-found --namespace=demo \
  --filename=east/45-curl.yaml

step 6 east 'Undo: Deploy helloworld-v1'
kubectl delete --context="${CTX_EAST}" --ignore-not-found --namespace=demo \
  --filename=east/40-helloworld.yaml

step 7 east 'Undo: Make namespace demo'
remove_namespace "${CTX_EAST}" demo

step 8 east 'Undo: Expose the mesh'\''s services to its other networks'
kubectl delete --context="${CTX_EAST}" --ignore-not-found --namespace=mesh-system \
  --filename=east/30-expose-services.yaml

step 9 west 'Undo: Install the east-west gateway'
helm uninstall istio-eastwestgateway --kube-context="${CTX_WEST}" --namespace=mesh-system \
  --ignore-not-found

step 10 west 'Undo: Install the ingress gateway'
istioctl manifest generate --filename=west/15-istio-ingressgateway.yaml |
  kubectl delete --context="${CTX_WEST}" --ignore-not-found --filename=-

step 11 east 'Undo: Install the east-west gateway'
istioctl manifest generate --filename=east/25-eastwest-gateway-1.yaml |
  kubectl delete --context="${CTX_EAST}" --ignore-not-found --filename=-

step 12 east 'Undo: Install the egress gateway'
istioctl manifest generate --filename=east/20-istio-egressgateway.yaml |
  kubectl delete --context="${CTX_EAST}" --ignore-not-found --filename=-

step 13 east 'Undo: Install the ingress gateway'
helm uninstall istio-ingressgateway --kube-context="${CTX_EAST}" --namespace=mesh-system \
  --ignore-not-found

step 14 management 'Undo: Give istiod access to west'
kubectl delete secret istio-remote-secret-west --context="${CTX_MANAGEMENT}" \
  --namespace=mesh-system --ignore-not-found

step 15 west 'Undo: Install the remote cluster'\''s part'
istioctl uninstall --context="${CTX_WEST}" --filename=west/10-second-remote-cluster.yaml \
  --skip-confirmation
remove_validator "${CTX_WEST}" mesh-system istiod.corp.example.net
kubectl delete mutatingwebhookconfiguration istio-revision-tag-default-mesh-system \
  --context="${CTX_WEST}" --ignore-not-found

step 16 west 'Undo: Make namespace mesh-system'
remove_system_namespace "${CTX_WEST}" mesh-system

step 17 management 'Undo: Route the gateway to istiod'
kubectl delete --context="${CTX_MANAGEMENT}" --ignore-not-found \
  --filename=management/25-external-istiod-gw.yaml

step 18 management 'Undo: Give the gateway the mesh'\''s CA'
kubectl delete secret mesh-system-ca --context="${CTX_MANAGEMENT}" --namespace=istio-system \
  --ignore-not-found

step 19 management 'Undo: Install istiod'
istioctl uninstall --context="${CTX_MANAGEMENT}" --filename=management/20-external-istiod.yaml \
  --skip-confirmation

step 20 management 'Undo: Give istiod access to east'
kubectl delete secret istio-kubeconfig --context="${CTX_MANAGEMENT}" --namespace=mesh-system \
  --ignore-not-found

step 21 management 'Undo: Make namespace mesh-system'
remove_namespace "${CTX_MANAGEMENT}" mesh-system

step 22 east 'Undo: Install the config cluster'\''s part'
istioctl uninstall --context="${CTX_EAST}" --filename=east/10-remote-config-cluster.yaml \
  --skip-confirmation
remove_validator "${CTX_EAST}" mesh-system istiod.corp.example.net
kubectl delete mutatingwebhookconfiguration istio-revision-tag-default-mesh-system \
  --context="${CTX_EAST}" --ignore-not-found

step 23 east 'Undo: Make namespace mesh-system'
remove_system_namespace "${CTX_EAST}" mesh-system

step 24 management 'Undo: Install the gateway that exposes istiod'
istioctl uninstall --context="${CTX_MANAGEMENT}" \
  --filename=management/10-controlplane-gateway.yaml --skip-confirmation
remove_validator "${CTX_MANAGEMENT}" istio-system
kubectl delete mutatingwebhookconfiguration istio-revision-tag-default \
  --context="${CTX_MANAGEMENT}" --ignore-not-found

step 25 management 'Undo: Make namespace istio-system'
remove_system_namespace "${CTX_MANAGEMENT}" istio-system

printf '%s\n' \
  'Removed. Istio'\''s CRDs stay, and so do its GatewayClasses where the Gateway API is:'
printf '%s\n' 'other installations may use them.'
