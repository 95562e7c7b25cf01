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

# Removes istiod's CA certificate if install.sh made the secret. The files in certs/ stay.
remove_cacerts() {
  local context=$1 namespace=$2 mark
  mark="$(kubectl get secret cacerts --namespace="${namespace}" --context="${context}" --ignore-not-found \
    --output=jsonpath='{.metadata.annotations.meshwright/created-by}')"
  if [ "${mark}" = install.sh ]; then
    kubectl delete secret cacerts --namespace="${namespace}" --context="${context}"
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

step 1 primary-d 'Undo: Route requests to the sample'
kubectl delete --context="${CTX_PRIMARY_D}" --ignore-not-found --namespace=sample \
  --filename=primary-d/30-helloworld-gateway.yaml

step 2 config-c 'Undo: Route requests to the sample'
kubectl delete --context="${CTX_CONFIG_C}" --ignore-not-found --namespace=sample \
  --filename=config-c/35-helloworld-gateway.yaml

step 3 primary-d 'Undo: Deploy curl'
kubectl delete --context="${CTX_PRIMARY_D}" --ignore-not-found --namespace=sample \
  --filename=primary-d/25-curl.yaml

step 4 primary-d 'Undo: Deploy helloworld-v2'
kubectl delete --context="${CTX_PRIMARY_D}" --ignore-not-found --namespace=sample \
  --filename=primary-d/20-helloworld.yaml

step 5 primary-d 'Undo: Make namespace sample'
remove_namespace "${CTX_PRIMARY_D}" sample

step 6 config-c 'Undo: Deploy curl'
kubectl delete --context="${CTX_CONFIG_C}" --ignore-not-found --namespace=sample \
  --filename=config-c/30-curl.yaml

step 7 config-c 'Undo: Deploy helloworld-v1'
kubectl delete --context="${CTX_CONFIG_C}" --ignore-not-found --namespace=sample \
  --filename=config-c/25-helloworld.yaml

step 8 config-c 'Undo: Make namespace sample'
remove_namespace "${CTX_CONFIG_C}" sample

step 9 primary-d 'Undo: Give istiod access to config-c'
kubectl delete secret istio-remote-secret-config-c --context="${CTX_PRIMARY_D}" \
  --namespace=istio-cd --ignore-not-found

step 10 external 'Undo: Give istiod access to primary-d'
kubectl delete secret istio-remote-secret-primary-d --context="${CTX_EXTERNAL}" \
  --namespace=istio-cd --ignore-not-found

step 11 primary-d 'Undo: Install the control plane'
istioctl uninstall --context="${CTX_PRIMARY_D}" --filename=primary-d/10-primary-d.yaml \
  --skip-confirmation
remove_validator "${CTX_PRIMARY_D}" istio-cd
kubectl delete mutatingwebhookconfiguration istio-revision-tag-default-istio-cd \
  --context="${CTX_PRIMARY_D}" --ignore-not-found

step 12 primary-d 'Undo: Give istiod its CA certificate'
remove_cacerts "${CTX_PRIMARY_D}" istio-cd

step 13 primary-d 'Undo: Make namespace istio-cd'
remove_system_namespace "${CTX_PRIMARY_D}" istio-cd

step 14 config-c 'Undo: Install the ingress gateway'
istioctl manifest generate --filename=config-c/15-istio-ingressgateway.yaml |
  kubectl delete --context="${CTX_CONFIG_C}" --ignore-not-found --filename=-

step 15 external 'Undo: Route the gateway to istiod'
kubectl delete --context="${CTX_EXTERNAL}" --ignore-not-found \
  --filename=external/40-external-istiod-gw-mesh-cd.yaml

step 16 external 'Undo: Give the gateway the mesh'\''s CA'
kubectl delete secret istio-cd-ca --context="${CTX_EXTERNAL}" --namespace=istio-system \
  --ignore-not-found

step 17 external 'Undo: Install istiod'
istioctl uninstall --context="${CTX_EXTERNAL}" --filename=external/35-external-istiod-mesh-cd.yaml \
  --skip-confirmation

step 18 external 'Undo: Give istiod access to config-c'
kubectl delete secret istio-kubeconfig --context="${CTX_EXTERNAL}" --namespace=istio-cd \
  --ignore-not-found

step 19 external 'Undo: Give istiod its CA certificate'
remove_cacerts "${CTX_EXTERNAL}" istio-cd

step 20 external 'Undo: Make namespace istio-cd'
remove_namespace "${CTX_EXTERNAL}" istio-cd

step 21 config-c 'Undo: Install the config cluster'\''s part'
istioctl uninstall --context="${CTX_CONFIG_C}" --filename=config-c/10-remote-config-cluster.yaml \
  --skip-confirmation
remove_validator "${CTX_CONFIG_C}" istio-cd istiod-cd.example.com
kubectl delete mutatingwebhookconfiguration istio-revision-tag-default-istio-cd \
  --context="${CTX_CONFIG_C}" --ignore-not-found

step 22 config-c 'Undo: Make namespace istio-cd'
remove_system_namespace "${CTX_CONFIG_C}" istio-cd

step 23 primary-b 'Undo: Route requests to the sample'
kubectl delete --context="${CTX_PRIMARY_B}" --ignore-not-found --namespace=sample \
  --filename=primary-b/50-helloworld-gateway.yaml

step 24 config-a 'Undo: Route requests to the sample'
kubectl delete --context="${CTX_CONFIG_A}" --ignore-not-found --namespace=sample \
  --filename=config-a/45-helloworld-gateway.yaml

step 25 remote-b 'Undo: Deploy curl'
kubectl delete --context="${CTX_REMOTE_B}" --ignore-not-found --namespace=sample \
  --filename=remote-b/25-curl.yaml

step 26 remote-b 'Undo: Deploy helloworld-v1'
kubectl delete --context="${CTX_REMOTE_B}" --ignore-not-found --namespace=sample \
  --filename=remote-b/20-helloworld.yaml

step 27 remote-b 'Undo: Make namespace sample'
remove_namespace "${CTX_REMOTE_B}" sample

step 28 primary-b 'Undo: Deploy curl'
kubectl delete --context="${CTX_PRIMARY_B}" --ignore-not-found --namespace=sample \
  --filename=primary-b/45-curl.yaml

step 29 primary-b 'Undo: Deploy helloworld-v2'
kubectl delete --context="${CTX_PRIMARY_B}" --ignore-not-found --namespace=sample \
  --filename=primary-b/40-helloworld.yaml

step 30 primary-b 'Undo: Make namespace sample'
remove_namespace "${CTX_PRIMARY_B}" sample

step 31 remote-a 'Undo: Deploy curl'
kubectl delete --context="${CTX_REMOTE_A}" --ignore-not-found --namespace=sample \
  --filename=remote-a/30-curl.yaml

step 32 remote-a 'Undo: Deploy helloworld-v2'
kubectl delete --context="${CTX_REMOTE_A}" --ignore-not-found --namespace=sample \
  --filename=remote-a/25-helloworld.yaml

step 33 remote-a 'Undo: Make namespace sample'
remove_namespace "${CTX_REMOTE_A}" sample

step 34 config-a 'Undo: Deploy curl'
kubectl delete --context="${CTX_CONFIG_A}" --ignore-not-found --namespace=sample \
  --filename=config-a/40-curl.yaml

step 35 config-a 'Undo: Deploy helloworld-v1'
kubectl delete --context="${CTX_CONFIG_A}" --ignore-not-found --namespace=sample \
  --filename=config-a/35-helloworld.yaml

step 36 config-a 'Undo: Make namespace sample'
remove_namespace "${CTX_CONFIG_A}" sample

step 37 primary-b 'Undo: Give istiod access to remote-a'
kubectl delete secret istio-remote-secret-remote-a --context="${CTX_PRIMARY_B}" \
  --namespace=istio-ab --ignore-not-found

step 38 primary-b 'Undo: Give istiod access to config-a'
kubectl delete secret istio-remote-secret-config-a --context="${CTX_PRIMARY_B}" \
  --namespace=istio-ab --ignore-not-found

step 39 external 'Undo: Give istiod access to remote-b'
kubectl delete secret istio-remote-secret-remote-b --context="${CTX_EXTERNAL}" \
  --namespace=istio-ab --ignore-not-found

step 40 external 'Undo: Give istiod access to primary-b'
kubectl delete secret istio-remote-secret-primary-b --context="${CTX_EXTERNAL}" \
  --namespace=istio-ab --ignore-not-found

step 41 primary-b 'Undo: Expose the mesh'\''s services to its other networks'
kubectl delete --context="${CTX_PRIMARY_B}" --ignore-not-found --namespace=istio-ab \
  --filename=primary-b/30-expose-services.yaml

step 42 primary-b 'Undo: Install the ingress gateway'
helm uninstall istio-ingressgateway --kube-context="${CTX_PRIMARY_B}" --namespace=istio-ab \
  --ignore-not-found

step 43 primary-b 'Undo: Give istiod access to remote-b'
kubectl delete secret istio-remote-secret-remote-b --context="${CTX_PRIMARY_B}" \
  --namespace=istio-ab --ignore-not-found

step 44 remote-b 'Undo: Install the remote cluster'\''s part'
istioctl uninstall --context="${CTX_REMOTE_B}" --filename=remote-b/10-remote-b.yaml \
  --skip-confirmation
remove_validator "${CTX_REMOTE_B}" istio-ab
kubectl delete mutatingwebhookconfiguration istio-revision-tag-default-istio-ab \
  --context="${CTX_REMOTE_B}" --ignore-not-found

step 45 remote-b 'Undo: Make namespace istio-ab'
remove_system_namespace "${CTX_REMOTE_B}" istio-ab

step 46 primary-b 'Undo: Expose istiod to its remote clusters'
kubectl delete --context="${CTX_PRIMARY_B}" --ignore-not-found --namespace=istio-ab \
  --filename=primary-b/20-expose-istiod.yaml

step 47 primary-b 'Undo: Install the east-west gateway'
istioctl manifest generate --filename=primary-b/15-eastwest-gateway-3.yaml |
  kubectl delete --context="${CTX_PRIMARY_B}" --ignore-not-found --filename=-

step 48 primary-b 'Undo: Install the control plane'
istioctl uninstall --context="${CTX_PRIMARY_B}" --filename=primary-b/10-primary-b.yaml \
  --skip-confirmation
remove_validator "${CTX_PRIMARY_B}" istio-ab
kubectl delete mutatingwebhookconfiguration istio-revision-tag-default-istio-ab \
  --context="${CTX_PRIMARY_B}" --ignore-not-found

step 49 primary-b 'Undo: Give istiod its CA certificate'
remove_cacerts "${CTX_PRIMARY_B}" istio-ab

step 50 primary-b 'Undo: Make namespace istio-ab'
remove_system_namespace "${CTX_PRIMARY_B}" istio-ab

step 51 config-a 'Undo: Expose the mesh'\''s services to its other networks'
kubectl delete --context="${CTX_CONFIG_A}" --ignore-not-found --namespace=istio-ab \
  --filename=config-a/25-expose-services.yaml

step 52 remote-a 'Undo: Install the east-west gateway'
helm uninstall istio-eastwestgateway --kube-context="${CTX_REMOTE_A}" --namespace=istio-ab \
  --ignore-not-found

step 53 config-a 'Undo: Install the east-west gateway'
istioctl manifest generate --filename=config-a/20-eastwest-gateway-1.yaml |
  kubectl delete --context="${CTX_CONFIG_A}" --ignore-not-found --filename=-

step 54 config-a 'Undo: Install the ingress gateway'
istioctl manifest generate --filename=config-a/15-istio-ingressgateway.yaml |
  kubectl delete --context="${CTX_CONFIG_A}" --ignore-not-found --filename=-

step 55 external 'Undo: Give istiod access to remote-a'
kubectl delete secret istio-remote-secret-remote-a --context="${CTX_EXTERNAL}" \
  --namespace=istio-ab --ignore-not-found

step 56 remote-a 'Undo: Install the remote cluster'\''s part'
istioctl uninstall --context="${CTX_REMOTE_A}" --filename=remote-a/10-second-remote-cluster.yaml \
  --skip-confirmation
remove_validator "${CTX_REMOTE_A}" istio-ab istiod-ab.example.com
kubectl delete mutatingwebhookconfiguration istio-revision-tag-default-istio-ab \
  --context="${CTX_REMOTE_A}" --ignore-not-found

step 57 remote-a 'Undo: Make namespace istio-ab'
remove_system_namespace "${CTX_REMOTE_A}" istio-ab

step 58 external 'Undo: Route the gateway to istiod'
kubectl delete --context="${CTX_EXTERNAL}" --ignore-not-found \
  --filename=external/25-external-istiod-gw-mesh-ab.yaml

step 59 external 'Undo: Give the gateway the mesh'\''s CA'
kubectl delete secret istio-ab-ca --context="${CTX_EXTERNAL}" --namespace=istio-system \
  --ignore-not-found

step 60 external 'Undo: Install istiod'
istioctl uninstall --context="${CTX_EXTERNAL}" --filename=external/20-external-istiod-mesh-ab.yaml \
  --skip-confirmation

step 61 external 'Undo: Give istiod access to config-a'
kubectl delete secret istio-kubeconfig --context="${CTX_EXTERNAL}" --namespace=istio-ab \
  --ignore-not-found

step 62 external 'Undo: Give istiod its CA certificate'
remove_cacerts "${CTX_EXTERNAL}" istio-ab

step 63 external 'Undo: Make namespace istio-ab'
remove_namespace "${CTX_EXTERNAL}" istio-ab

step 64 config-a 'Undo: Install the config cluster'\''s part'
istioctl uninstall --context="${CTX_CONFIG_A}" --filename=config-a/10-remote-config-cluster.yaml \
  --skip-confirmation
remove_validator "${CTX_CONFIG_A}" istio-ab istiod-ab.example.com
kubectl delete mutatingwebhookconfiguration istio-revision-tag-default-istio-ab \
  --context="${CTX_CONFIG_A}" --ignore-not-found

step 65 config-a 'Undo: Make namespace istio-ab'
remove_system_namespace "${CTX_CONFIG_A}" istio-ab

step 66 external 'Undo: Install the gateway that exposes istiod'
istioctl uninstall --context="${CTX_EXTERNAL}" --filename=external/10-controlplane-gateway.yaml \
  --skip-confirmation
remove_validator "${CTX_EXTERNAL}" istio-system
kubectl delete mutatingwebhookconfiguration istio-revision-tag-default --context="${CTX_EXTERNAL}" \
  --ignore-not-found

step 67 external 'Undo: Make namespace istio-system'
remove_system_namespace "${CTX_EXTERNAL}" istio-system

printf '%s\n' \
  'Removed. Istio'\''s CRDs stay, and so do its GatewayClasses where the Gateway API is:'
printf '%s\n' 'other installations may use them.'
