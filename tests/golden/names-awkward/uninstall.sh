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
require_istioctl 1.31.1
confirm "${1:-}"

step 1 on 'Undo: Route requests to the sample'
kubectl delete --context="${CTX_ON}" --ignore-not-found --namespace=y \
  --filename=on/45-helloworld-gateway.yaml

step 2 0x1f 'Undo: Deploy curl'
kubectl delete --context="${CTX_0X1F}" --ignore-not-found --namespace=y \
  --filename=0x1f/30-curl.yaml

step 3 0x1f 'Undo: Deploy helloworld-v2'
kubectl delete --context="${CTX_0X1F}" --ignore-not-found --namespace=y \
  --filename=0x1f/25-helloworld.yaml

step 4 0x1f 'Undo: Make namespace y'
remove_namespace "${CTX_0X1F}" y

step 5 null 'Undo: Deploy curl'
kubectl delete --context="${CTX_NULL}" --ignore-not-found --namespace=y \
  --filename=null/30-curl.yaml

step 6 null 'Undo: Deploy helloworld-v2'
kubectl delete --context="${CTX_NULL}" --ignore-not-found --namespace=y \
  --filename=null/25-helloworld.yaml

step 7 null 'Undo: Make namespace y'
remove_namespace "${CTX_NULL}" y

step 8 on 'Undo: Deploy curl'
kubectl delete --context="${CTX_ON}" --ignore-not-found --namespace=y --filename=on/40-curl.yaml

step 9 on 'Undo: Deploy helloworld-v1'
kubectl delete --context="${CTX_ON}" --ignore-not-found --namespace=y \
  --filename=on/35-helloworld.yaml

step 10 on 'Undo: Make namespace y'
remove_namespace "${CTX_ON}" y

step 11 on 'Undo: Expose the mesh'\''s services to its other networks'
kubectl delete --context="${CTX_ON}" --ignore-not-found --namespace=off \
  --filename=on/25-expose-services.yaml

step 12 0x1f 'Undo: Install the east-west gateway'
istioctl manifest generate --filename=0x1f/15-eastwest-gateway-3.yaml |
  kubectl delete --context="${CTX_0X1F}" --ignore-not-found --filename=-

step 13 null 'Undo: Install the east-west gateway'
helm uninstall istio-eastwestgateway --kube-context="${CTX_NULL}" --namespace=off \
  --ignore-not-found

step 14 on 'Undo: Install the east-west gateway'
istioctl manifest generate --filename=on/20-eastwest-gateway-1.yaml |
  kubectl delete --context="${CTX_ON}" --ignore-not-found --filename=-

step 15 on 'Undo: Install the ingress gateway'
istioctl manifest generate --filename=on/15-istio-ingressgateway.yaml |
  kubectl delete --context="${CTX_ON}" --ignore-not-found --filename=-

step 16 1e3 'Undo: Give istiod access to 0x1f'
kubectl delete secret istio-remote-secret-0x1f --context="${CTX_1E3}" --namespace=off \
  --ignore-not-found

step 17 0x1f 'Undo: Install the remote cluster'\''s part'
istioctl uninstall --context="${CTX_0X1F}" --filename=0x1f/10-remote-cluster-3.yaml \
  --skip-confirmation
remove_validator "${CTX_0X1F}" off 1e3.example
kubectl delete mutatingwebhookconfiguration istio-revision-tag-default-off --context="${CTX_0X1F}" \
  --ignore-not-found

step 18 0x1f 'Undo: Make namespace off'
remove_system_namespace "${CTX_0X1F}" off

step 19 1e3 'Undo: Give istiod access to null'
kubectl delete secret istio-remote-secret-null --context="${CTX_1E3}" --namespace=off \
  --ignore-not-found

step 20 null 'Undo: Install the remote cluster'\''s part'
istioctl uninstall --context="${CTX_NULL}" --filename=null/10-second-remote-cluster.yaml \
  --skip-confirmation
remove_validator "${CTX_NULL}" off 1e3.example
kubectl delete mutatingwebhookconfiguration istio-revision-tag-default-off --context="${CTX_NULL}" \
  --ignore-not-found

step 21 null 'Undo: Make namespace off'
remove_system_namespace "${CTX_NULL}" off

step 22 1e3 'Undo: Route the gateway to istiod'
kubectl delete --context="${CTX_1E3}" --ignore-not-found --filename=1e3/25-external-istiod-gw.yaml

step 23 1e3 'Undo: Give the gateway the mesh'\''s CA'
kubectl delete secret off-ca --context="${CTX_1E3}" --namespace=istio-system --ignore-not-found

step 24 1e3 'Undo: Install istiod'
istioctl uninstall --context="${CTX_1E3}" --filename=1e3/20-external-istiod.yaml \
  --skip-confirmation

step 25 1e3 'Undo: Give istiod access to on'
kubectl delete secret istio-kubeconfig --context="${CTX_1E3}" --namespace=off --ignore-not-found

step 26 1e3 'Undo: Make namespace off'
remove_namespace "${CTX_1E3}" off

step 27 on 'Undo: Install the config cluster'\''s part'
istioctl uninstall --context="${CTX_ON}" --filename=on/10-remote-config-cluster.yaml \
  --skip-confirmation
remove_validator "${CTX_ON}" off 1e3.example
kubectl delete mutatingwebhookconfiguration istio-revision-tag-default-off --context="${CTX_ON}" \
  --ignore-not-found

step 28 on 'Undo: Make namespace off'
remove_system_namespace "${CTX_ON}" off

step 29 1e3 'Undo: Install the gateway that exposes istiod'
istioctl uninstall --context="${CTX_1E3}" --filename=1e3/10-controlplane-gateway.yaml \
  --skip-confirmation
remove_validator "${CTX_1E3}" istio-system
kubectl delete mutatingwebhookconfiguration istio-revision-tag-default --context="${CTX_1E3}" \
  --ignore-not-found

step 30 1e3 'Undo: Make namespace istio-system'
remove_system_namespace "${CTX_1E3}" istio-system

printf '%s\n' \
  'Removed. Istio'\''s CRDs stay, and so do its GatewayClasses where the Gateway API is:'
printf '%s\n' 'other installations may use them.'
