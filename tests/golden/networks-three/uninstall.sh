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

step 1 config 'Undo: Route requests to the sample'
kubectl delete --context="${CTX_CONFIG}" --ignore-not-found --namespace=sample \
  --filename=config/45-helloworld-gateway.yaml

step 2 remote-d 'Undo: Deploy curl'
kubectl delete --context="${CTX_REMOTE_D}" --ignore-not-found --namespace=sample \
  --filename=remote-d/25-curl.yaml

step 3 remote-d 'Undo: Deploy helloworld-v2'
kubectl delete --context="${CTX_REMOTE_D}" --ignore-not-found --namespace=sample \
  --filename=remote-d/20-helloworld.yaml

step 4 remote-d 'Undo: Make namespace sample'
remove_namespace "${CTX_REMOTE_D}" sample

step 5 remote-c 'Undo: Deploy curl'
kubectl delete --context="${CTX_REMOTE_C}" --ignore-not-found --namespace=sample \
  --filename=remote-c/30-curl.yaml

step 6 remote-c 'Undo: Deploy helloworld-v2'
kubectl delete --context="${CTX_REMOTE_C}" --ignore-not-found --namespace=sample \
  --filename=remote-c/25-helloworld.yaml

step 7 remote-c 'Undo: Make namespace sample'
remove_namespace "${CTX_REMOTE_C}" sample

step 8 remote-b 'Undo: Deploy curl'
kubectl delete --context="${CTX_REMOTE_B}" --ignore-not-found --namespace=sample \
  --filename=remote-b/30-curl.yaml

step 9 remote-b 'Undo: Deploy helloworld-v2'
kubectl delete --context="${CTX_REMOTE_B}" --ignore-not-found --namespace=sample \
  --filename=remote-b/25-helloworld.yaml

step 10 remote-b 'Undo: Make namespace sample'
remove_namespace "${CTX_REMOTE_B}" sample

step 11 remote-a 'Undo: Deploy curl'
kubectl delete --context="${CTX_REMOTE_A}" --ignore-not-found --namespace=sample \
  --filename=remote-a/25-curl.yaml

step 12 remote-a 'Undo: Deploy helloworld-v1'
kubectl delete --context="${CTX_REMOTE_A}" --ignore-not-found --namespace=sample \
  --filename=remote-a/20-helloworld.yaml

step 13 remote-a 'Undo: Make namespace sample'
remove_namespace "${CTX_REMOTE_A}" sample

step 14 config 'Undo: Deploy curl'
kubectl delete --context="${CTX_CONFIG}" --ignore-not-found --namespace=sample \
  --filename=config/40-curl.yaml

step 15 config 'Undo: Deploy helloworld-v1'
kubectl delete --context="${CTX_CONFIG}" --ignore-not-found --namespace=sample \
  --filename=config/35-helloworld.yaml

step 16 config 'Undo: Make namespace sample'
remove_namespace "${CTX_CONFIG}" sample

step 17 config 'Undo: Expose the mesh'\''s services to its other networks'
kubectl delete --context="${CTX_CONFIG}" --ignore-not-found --namespace=external-istiod \
  --filename=config/25-expose-services.yaml

step 18 remote-c 'Undo: Install the east-west gateway'
helm uninstall istio-eastwestgateway --kube-context="${CTX_REMOTE_C}" --namespace=external-istiod \
  --ignore-not-found

step 19 remote-b 'Undo: Install the east-west gateway'
istioctl manifest generate --filename=remote-b/15-eastwest-gateway-3.yaml |
  kubectl delete --context="${CTX_REMOTE_B}" --ignore-not-found --filename=-

step 20 config 'Undo: Install the east-west gateway'
istioctl manifest generate --filename=config/20-eastwest-gateway-1.yaml |
  kubectl delete --context="${CTX_CONFIG}" --ignore-not-found --filename=-

step 21 config 'Undo: Install the ingress gateway'
istioctl manifest generate --filename=config/15-istio-ingressgateway.yaml |
  kubectl delete --context="${CTX_CONFIG}" --ignore-not-found --filename=-

step 22 external 'Undo: Give istiod access to remote-d'
kubectl delete secret istio-remote-secret-remote-d --context="${CTX_EXTERNAL}" \
  --namespace=external-istiod --ignore-not-found

step 23 remote-d 'Undo: Install the remote cluster'\''s part'
istioctl uninstall --context="${CTX_REMOTE_D}" --filename=remote-d/10-remote-cluster-5.yaml \
  --skip-confirmation
remove_validator "${CTX_REMOTE_D}" external-istiod
kubectl delete mutatingwebhookconfiguration istio-revision-tag-default-external-istiod \
  --context="${CTX_REMOTE_D}" --ignore-not-found

step 24 remote-d 'Undo: Make namespace external-istiod'
remove_system_namespace "${CTX_REMOTE_D}" external-istiod

step 25 external 'Undo: Give istiod access to remote-c'
kubectl delete secret istio-remote-secret-remote-c --context="${CTX_EXTERNAL}" \
  --namespace=external-istiod --ignore-not-found

step 26 remote-c 'Undo: Install the remote cluster'\''s part'
istioctl uninstall --context="${CTX_REMOTE_C}" --filename=remote-c/10-remote-cluster-4.yaml \
  --skip-confirmation
remove_validator "${CTX_REMOTE_C}" external-istiod
kubectl delete mutatingwebhookconfiguration istio-revision-tag-default-external-istiod \
  --context="${CTX_REMOTE_C}" --ignore-not-found

step 27 remote-c 'Undo: Make namespace external-istiod'
remove_system_namespace "${CTX_REMOTE_C}" external-istiod

step 28 external 'Undo: Give istiod access to remote-b'
kubectl delete secret istio-remote-secret-remote-b --context="${CTX_EXTERNAL}" \
  --namespace=external-istiod --ignore-not-found

step 29 remote-b 'Undo: Install the remote cluster'\''s part'
istioctl uninstall --context="${CTX_REMOTE_B}" --filename=remote-b/10-remote-cluster-3.yaml \
  --skip-confirmation
remove_validator "${CTX_REMOTE_B}" external-istiod
kubectl delete mutatingwebhookconfiguration istio-revision-tag-default-external-istiod \
  --context="${CTX_REMOTE_B}" --ignore-not-found

step 30 remote-b 'Undo: Make namespace external-istiod'
remove_system_namespace "${CTX_REMOTE_B}" external-istiod

step 31 external 'Undo: Give istiod access to remote-a'
kubectl delete secret istio-remote-secret-remote-a --context="${CTX_EXTERNAL}" \
  --namespace=external-istiod --ignore-not-found

step 32 remote-a 'Undo: Install the remote cluster'\''s part'
istioctl uninstall --context="${CTX_REMOTE_A}" --filename=remote-a/10-second-remote-cluster.yaml \
  --skip-confirmation
remove_validator "${CTX_REMOTE_A}" external-istiod
kubectl delete mutatingwebhookconfiguration istio-revision-tag-default-external-istiod \
  --context="${CTX_REMOTE_A}" --ignore-not-found

step 33 remote-a 'Undo: Make namespace external-istiod'
remove_system_namespace "${CTX_REMOTE_A}" external-istiod

step 34 external 'Undo: Route the gateway to istiod'
kubectl delete --context="${CTX_EXTERNAL}" --ignore-not-found \
  --filename=external/25-external-istiod-gw.yaml

step 35 external 'Undo: Install istiod'
istioctl uninstall --context="${CTX_EXTERNAL}" --filename=external/20-external-istiod.yaml \
  --skip-confirmation

step 36 external 'Undo: Give istiod access to config'
kubectl delete secret istio-kubeconfig --context="${CTX_EXTERNAL}" --namespace=external-istiod \
  --ignore-not-found

step 37 external 'Undo: Make namespace external-istiod'
remove_namespace "${CTX_EXTERNAL}" external-istiod

step 38 config 'Undo: Install the config cluster'\''s part'
istioctl uninstall --context="${CTX_CONFIG}" --filename=config/10-remote-config-cluster.yaml \
  --skip-confirmation
remove_validator "${CTX_CONFIG}" external-istiod
kubectl delete mutatingwebhookconfiguration istio-revision-tag-default-external-istiod \
  --context="${CTX_CONFIG}" --ignore-not-found

step 39 config 'Undo: Make namespace external-istiod'
remove_system_namespace "${CTX_CONFIG}" external-istiod

step 40 external 'Undo: Install the gateway that exposes istiod'
istioctl uninstall --context="${CTX_EXTERNAL}" --filename=external/10-controlplane-gateway.yaml \
  --skip-confirmation
remove_validator "${CTX_EXTERNAL}" istio-system
kubectl delete mutatingwebhookconfiguration istio-revision-tag-default --context="${CTX_EXTERNAL}" \
  --ignore-not-found

step 41 external 'Undo: Make namespace istio-system'
remove_system_namespace "${CTX_EXTERNAL}" istio-system

printf '%s\n' \
  'Removed. Istio'\''s CRDs stay, and so do its GatewayClasses where the Gateway API is:'
printf '%s\n' 'other installations may use them.'
