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

check 'external: istio-ingressgateway has an address' \
  'the cluster has no load balancers, or is still making one' \
  has_address "${CTX_EXTERNAL}" istio-system istio-ingressgateway
check 'external: istiod runs' \
  'see: kubectl describe pod, in namespace external-istiod of external' \
  kubectl rollout status deployment/istiod --context="${CTX_EXTERNAL}" --namespace=external-istiod \
    --timeout=30s
check 'external: istiod has read config' \
  'the secret'\''s API server address cannot be reached from istiod, or its credentials are refused' \
  synced config --context="${CTX_EXTERNAL}" --istioNamespace=external-istiod
check 'config: the mesh'\''s CA is published' \
  'istiod is not in charge of this cluster: see the namespace'\''s annotation and the remote secret' \
  kubectl get configmap istio-ca-root-cert --context="${CTX_CONFIG}" --namespace=external-istiod \
    --output=name
check 'config: pods are injected as config on network1' \
  'the webhook'\''s path, URL or certificate does not lead to istiod: see its log, and the gateway'\''s' \
  injected "${CTX_CONFIG}" external-istiod sidecar.istio.io/inject=true config network1
check 'external: istiod has read remote-a' \
  'the secret'\''s API server address cannot be reached from istiod, or its credentials are refused' \
  synced remote-a --context="${CTX_EXTERNAL}" --istioNamespace=external-istiod
check 'remote-a: the mesh'\''s CA is published' \
  'istiod is not in charge of this cluster: see the namespace'\''s annotation and the remote secret' \
  kubectl get configmap istio-ca-root-cert --context="${CTX_REMOTE_A}" --namespace=external-istiod \
    --output=name
check 'remote-a: pods are injected as remote-a on network1' \
  'the webhook'\''s path, URL or certificate does not lead to istiod: see its log, and the gateway'\''s' \
  injected "${CTX_REMOTE_A}" external-istiod sidecar.istio.io/inject=true remote-a network1
check 'external: istiod has read remote-b' \
  'the secret'\''s API server address cannot be reached from istiod, or its credentials are refused' \
  synced remote-b --context="${CTX_EXTERNAL}" --istioNamespace=external-istiod
check 'remote-b: the mesh'\''s CA is published' \
  'istiod is not in charge of this cluster: see the namespace'\''s annotation and the remote secret' \
  kubectl get configmap istio-ca-root-cert --context="${CTX_REMOTE_B}" --namespace=external-istiod \
    --output=name
check 'remote-b: pods are injected as remote-b on network2' \
  'the webhook'\''s path, URL or certificate does not lead to istiod: see its log, and the gateway'\''s' \
  injected "${CTX_REMOTE_B}" external-istiod sidecar.istio.io/inject=true remote-b network2
check 'external: istiod has read remote-c' \
  'the secret'\''s API server address cannot be reached from istiod, or its credentials are refused' \
  synced remote-c --context="${CTX_EXTERNAL}" --istioNamespace=external-istiod
check 'remote-c: the mesh'\''s CA is published' \
  'istiod is not in charge of this cluster: see the namespace'\''s annotation and the remote secret' \
  kubectl get configmap istio-ca-root-cert --context="${CTX_REMOTE_C}" --namespace=external-istiod \
    --output=name
check 'remote-c: pods are injected as remote-c on network3' \
  'the webhook'\''s path, URL or certificate does not lead to istiod: see its log, and the gateway'\''s' \
  injected "${CTX_REMOTE_C}" external-istiod sidecar.istio.io/inject=true remote-c network3
check 'external: istiod has read remote-d' \
  'the secret'\''s API server address cannot be reached from istiod, or its credentials are refused' \
  synced remote-d --context="${CTX_EXTERNAL}" --istioNamespace=external-istiod
check 'remote-d: the mesh'\''s CA is published' \
  'istiod is not in charge of this cluster: see the namespace'\''s annotation and the remote secret' \
  kubectl get configmap istio-ca-root-cert --context="${CTX_REMOTE_D}" --namespace=external-istiod \
    --output=name
check 'remote-d: pods are injected as remote-d on network3' \
  'the webhook'\''s path, URL or certificate does not lead to istiod: see its log, and the gateway'\''s' \
  injected "${CTX_REMOTE_D}" external-istiod sidecar.istio.io/inject=true remote-d network3
check 'config: istio-ingressgateway runs' \
  'see: kubectl describe pod, in namespace external-istiod of config' \
  kubectl rollout status deployment/istio-ingressgateway --context="${CTX_CONFIG}" \
    --namespace=external-istiod --timeout=30s
check 'config: istio-eastwestgateway runs' \
  'see: kubectl describe pod, in namespace external-istiod of config' \
  kubectl rollout status deployment/istio-eastwestgateway --context="${CTX_CONFIG}" \
    --namespace=external-istiod --timeout=30s
check 'config: istio-eastwestgateway has an address' \
  'the cluster has no load balancers, or is still making one' \
  has_address "${CTX_CONFIG}" external-istiod istio-eastwestgateway
check 'remote-b: istio-eastwestgateway runs' \
  'see: kubectl describe pod, in namespace external-istiod of remote-b' \
  kubectl rollout status deployment/istio-eastwestgateway --context="${CTX_REMOTE_B}" \
    --namespace=external-istiod --timeout=30s
check 'remote-b: istio-eastwestgateway has an address' \
  'the cluster has no load balancers, or is still making one' \
  has_address "${CTX_REMOTE_B}" external-istiod istio-eastwestgateway
check 'remote-c: istio-eastwestgateway runs' \
  'see: kubectl describe pod, in namespace external-istiod of remote-c' \
  kubectl rollout status deployment/istio-eastwestgateway --context="${CTX_REMOTE_C}" \
    --namespace=external-istiod --timeout=30s
check 'remote-c: istio-eastwestgateway has an address' \
  'the cluster has no load balancers, or is still making one' \
  has_address "${CTX_REMOTE_C}" external-istiod istio-eastwestgateway
check 'config: helloworld v1 of config answers' \
  'see the sample'\''s pods, where both containers have to be ready, and that pods reach each other' \
  sample_answers "${CTX_CONFIG}" sample curl v1
check 'config: helloworld v2 of remote-b answers' \
  'the other network cannot be reached: see the east-west gateways'\'' addresses' \
  sample_answers "${CTX_CONFIG}" sample curl v2
check 'remote-a: helloworld v1 of remote-a answers' \
  'see the sample'\''s pods, where both containers have to be ready, and that pods reach each other' \
  sample_answers "${CTX_REMOTE_A}" sample curl v1
check 'remote-a: helloworld v2 of remote-b answers' \
  'the other network cannot be reached: see the east-west gateways'\'' addresses' \
  sample_answers "${CTX_REMOTE_A}" sample curl v2
check 'remote-b: helloworld v1 of config answers' \
  'the other network cannot be reached: see the east-west gateways'\'' addresses' \
  sample_answers "${CTX_REMOTE_B}" sample curl v1
check 'remote-b: helloworld v2 of remote-b answers' \
  'see the sample'\''s pods, where both containers have to be ready, and that pods reach each other' \
  sample_answers "${CTX_REMOTE_B}" sample curl v2
check 'remote-c: helloworld v1 of config answers' \
  'the other network cannot be reached: see the east-west gateways'\'' addresses' \
  sample_answers "${CTX_REMOTE_C}" sample curl v1
check 'remote-c: helloworld v2 of remote-c answers' \
  'see the sample'\''s pods, where both containers have to be ready, and that pods reach each other' \
  sample_answers "${CTX_REMOTE_C}" sample curl v2
check 'remote-d: helloworld v1 of config answers' \
  'the other network cannot be reached: see the east-west gateways'\'' addresses' \
  sample_answers "${CTX_REMOTE_D}" sample curl v1
check 'remote-d: helloworld v2 of remote-d answers' \
  'see the sample'\''s pods, where both containers have to be ready, and that pods reach each other' \
  sample_answers "${CTX_REMOTE_D}" sample curl v2
check 'config: helloworld answers from outside' \
  'the gateway'\''s address cannot be reached from here, or the gateway has no route' \
  ingress_answers "${CTX_CONFIG}" external-istiod istio-ingressgateway
summary
