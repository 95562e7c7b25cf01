#!/usr/bin/env bash
# Looks whether the mesh is the one that was described. Changes nothing.
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

# Prints the address that a service's load balancer has, an IP address or a host name; or nothing.
load_balancer() {
  local context=$1 namespace=$2 service=$3
  kubectl get service "${service}" --namespace="${namespace}" --context="${context}" \
    --output=jsonpath='{.status.loadBalancer.ingress[0].ip}{.status.loadBalancer.ingress[0].hostname}'
}

# Runs one check, says how it went and, where it failed, what the likely cause is.
PASSED=0
FAILED=0
check() {
  local title=$1 hint=$2 said
  shift 2
  if said="$("$@" 2>&1)"; then
    PASSED=$((PASSED + 1))
    printf 'ok    %s\n' "${title}"
  else
    FAILED=$((FAILED + 1))
    printf 'FAIL  %s\n' "${title}"
    [ -z "${said}" ] || printf '%s\n' "${said}" | sed 's/^/      | /'
    printf '      %s\n' "${hint}"
  fi
}

# Whether a pod would be injected, with its cluster's name and network.
injected() {
  local context=$1 namespace=$2 label=$3 cluster=$4 network=$5 said
  said="$(kubectl run meshwright-probe --image=probe --restart=Never --labels="${label}" --dry-run=server \
    --namespace="${namespace}" --context="${context}" \
    --output=jsonpath='{range .spec.containers[*].env[*]}{.name}={.value};{end}{range .spec.initContainers[*].env[*]}{.name}={.value};{end}')"
  case ";${said}" in
    *";ISTIO_META_CLUSTER_ID=${cluster};"*) ;;
    *) printf 'cluster %s is not in: %s\n' "${cluster}" "${said:-nothing injected}" && return 1 ;;
  esac
  case ";${said}" in
    *";ISTIO_META_NETWORK=${network};"*) ;;
    *) printf 'network %s is not in: %s\n' "${network}" "${said}" && return 1 ;;
  esac
}

# Whether a load balancer has an address.
has_address() {
  local address
  address="$(load_balancer "$1" "$2" "$3")"
  printf '%s\n' "${address:-none yet}"
  [ -n "${address}" ]
}

# Whether istiod has read a cluster.
synced() {
  local cluster=$1 said
  shift
  said="$(istioctl remote-clusters "$@")"
  printf '%s\n' "${said}"
  printf '%s\n' "${said}" | awk -v cluster="${cluster}" '$1 == cluster && / synced( |$)/ { found = 1 } END { exit !found }'
}

# Whether the client's pod hears a version of the sample, in 30 tries.
sample_answers() {
  local context=$1 namespace=$2 client=$3 version=$4 said='' tries=0
  while [ "${tries}" -lt 30 ]; do
    said="$(kubectl exec "deployment/${client}" --container="${client}" --namespace="${namespace}" \
      --context="${context}" -- \
      curl -sS --max-time 5 "http://helloworld.${namespace}:5000/hello" 2>&1)" || true
    case "${said}" in
      *"version: ${version},"*) return ;;
    esac
    tries=$((tries + 1))
  done
  printf '%s\n' "${said}"
  return 1
}

# Whether the sample answers at the address of its gateway. $1 is the context; then a service that is
# the gateway, in its namespace.
ingress_answers() {
  local address
  address="$(load_balancer "$1" "$2" "$3")"
  case "${address}" in
    '') printf 'service %s has no address\n' "$3" && return 1 ;;
    *:*) address="[${address}]" ;;
  esac
  curl -sS --fail --max-time 10 --retry 5 --retry-connrefused "http://${address}/hello"
}

# Sums the checks up.
summary() {
  printf '\n%s passed, %s failed\n' "${PASSED}" "${FAILED}"
  [ "${FAILED}" -eq 0 ]
}

require_tool kubectl
require_tool istioctl
require_tool curl

check 'external-cp-cluster: istio-ingressgateway has an address' \
  'the cluster has no load balancers, or is still making one' \
  has_address "${CTX_EXTERNAL_CP_CLUSTER}" istio-system istio-ingressgateway
check 'external-cp-cluster: istiod runs' \
  'see: kubectl describe pod, in namespace external-istiod of external-cp-cluster' \
  kubectl rollout status deployment/istiod --context="${CTX_EXTERNAL_CP_CLUSTER}" \
    --namespace=external-istiod --timeout=30s
check 'external-cp-cluster: istiod has read user-cluster' \
  'the secret'\''s API server address cannot be reached from istiod, or its credentials are refused' \
  synced user-cluster --context="${CTX_EXTERNAL_CP_CLUSTER}" --istioNamespace=external-istiod
check 'user-cluster: the mesh'\''s CA is published' \
  'istiod is not in charge of this cluster: see the namespace'\''s annotation and the remote secret' \
  kubectl get configmap istio-ca-root-cert --context="${CTX_USER_CLUSTER}" \
    --namespace=external-istiod --output=name
check 'user-cluster: pods are injected as user-cluster on network1' \
  'the webhook'\''s path, URL or certificate does not lead to istiod: see its log, and the gateway'\''s' \
  injected "${CTX_USER_CLUSTER}" external-istiod sidecar.istio.io/inject=true user-cluster network1
check 'user-cluster: istio-ingressgateway runs' \
  'see: kubectl describe pod, in namespace external-istiod of user-cluster' \
  kubectl rollout status deployment/istio-ingressgateway --context="${CTX_USER_CLUSTER}" \
    --namespace=external-istiod --timeout=30s
check 'user-cluster: helloworld v1 of user-cluster answers' \
  'see the sample'\''s pods, where both containers have to be ready, and that pods reach each other' \
  sample_answers "${CTX_USER_CLUSTER}" sample curl v1
check 'user-cluster: helloworld answers from outside' \
  'the gateway'\''s address cannot be reached from here, or the gateway has no route' \
  ingress_answers "${CTX_USER_CLUSTER}" external-istiod istio-ingressgateway
summary
