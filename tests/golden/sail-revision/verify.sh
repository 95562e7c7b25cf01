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

# Whether istiod publishes the same root in two clusters.
same_root() {
  local context=$1 with=$2 namespace=$3 configmap=$4 one other
  one="$(kubectl get configmap "${configmap}" --namespace="${namespace}" --context="${context}" \
    --output=jsonpath='{.data.root-cert\.pem}')"
  other="$(kubectl get configmap "${configmap}" --namespace="${namespace}" --context="${with}" \
    --output=jsonpath='{.data.root-cert\.pem}')"
  [ -n "${one}" ] && [ "${one}" = "${other}" ]
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

check 'cluster1: istios/stable is ready' \
  'the operator says why: kubectl describe istios stable, on cluster1' \
  kubectl wait istios/stable --context="${CTX_CLUSTER1}" --for=condition=Ready --timeout=30s
check 'cluster1: istiod-stable runs' \
  'see: kubectl describe pod, in namespace istio-system of cluster1' \
  kubectl rollout status deployment/istiod-stable --context="${CTX_CLUSTER1}" \
    --namespace=istio-system --timeout=30s
check 'cluster1: istiod has read cluster1' \
  'the secret'\''s API server address cannot be reached from istiod, or its credentials are refused' \
  synced cluster1 --context="${CTX_CLUSTER1}" --istioNamespace=istio-system --revision=stable
check 'cluster1: the mesh'\''s CA is published' \
  'istiod is not in charge of this cluster: see the namespace'\''s annotation and the remote secret' \
  kubectl get configmap istio-ca-root-cert --context="${CTX_CLUSTER1}" --namespace=istio-system \
    --output=name
check 'cluster1: pods are injected as cluster1 on network1' \
  'the webhook'\''s path, URL or certificate does not lead to istiod: see its log, and the gateway'\''s' \
  injected "${CTX_CLUSTER1}" istio-system istio.io/rev=stable cluster1 network1
check 'cluster1: istio-eastwestgateway runs' \
  'see: kubectl describe pod, in namespace istio-system of cluster1' \
  kubectl rollout status deployment/istio-eastwestgateway --context="${CTX_CLUSTER1}" \
    --namespace=istio-system --timeout=30s
check 'cluster1: istio-eastwestgateway has an address' \
  'the cluster has no load balancers, or is still making one' \
  has_address "${CTX_CLUSTER1}" istio-system istio-eastwestgateway
check 'cluster2: istios/stable is ready' \
  'the operator says why: kubectl describe istios stable, on cluster2' \
  kubectl wait istios/stable --context="${CTX_CLUSTER2}" --for=condition=Ready --timeout=30s
check 'cluster1: istiod has read cluster2' \
  'the secret'\''s API server address cannot be reached from istiod, or its credentials are refused' \
  synced cluster2 --context="${CTX_CLUSTER1}" --istioNamespace=istio-system --revision=stable
check 'cluster2: the mesh'\''s CA is published' \
  'istiod is not in charge of this cluster: see the namespace'\''s annotation and the remote secret' \
  kubectl get configmap istio-ca-root-cert --context="${CTX_CLUSTER2}" --namespace=istio-system \
    --output=name
check 'cluster2: pods are injected as cluster2 on network1' \
  'the webhook'\''s path, URL or certificate does not lead to istiod: see its log, and the gateway'\''s' \
  injected "${CTX_CLUSTER2}" istio-system istio.io/rev=stable cluster2 network1
check 'cluster1: istio-ingressgateway runs' \
  'see: kubectl describe pod, in namespace istio-system of cluster1' \
  kubectl rollout status deployment/istio-ingressgateway --context="${CTX_CLUSTER1}" \
    --namespace=istio-system --timeout=30s
check 'cluster3: istios/stable is ready' \
  'the operator says why: kubectl describe istios stable, on cluster3' \
  kubectl wait istios/stable --context="${CTX_CLUSTER3}" --for=condition=Ready --timeout=30s
check 'cluster3: istiod-stable runs' \
  'see: kubectl describe pod, in namespace istio-system of cluster3' \
  kubectl rollout status deployment/istiod-stable --context="${CTX_CLUSTER3}" \
    --namespace=istio-system --timeout=30s
check 'cluster3: istiod has read cluster3' \
  'the secret'\''s API server address cannot be reached from istiod, or its credentials are refused' \
  synced cluster3 --context="${CTX_CLUSTER3}" --istioNamespace=istio-system --revision=stable
check 'cluster3: the mesh'\''s CA is published' \
  'istiod is not in charge of this cluster: see the namespace'\''s annotation and the remote secret' \
  kubectl get configmap istio-ca-root-cert --context="${CTX_CLUSTER3}" --namespace=istio-system \
    --output=name
check 'cluster3: pods are injected as cluster3 on network2' \
  'the webhook'\''s path, URL or certificate does not lead to istiod: see its log, and the gateway'\''s' \
  injected "${CTX_CLUSTER3}" istio-system istio.io/rev=stable cluster3 network2
check 'cluster3: istio-eastwestgateway runs' \
  'see: kubectl describe pod, in namespace istio-system of cluster3' \
  kubectl rollout status deployment/istio-eastwestgateway --context="${CTX_CLUSTER3}" \
    --namespace=istio-system --timeout=30s
check 'cluster3: istio-eastwestgateway has an address' \
  'the cluster has no load balancers, or is still making one' \
  has_address "${CTX_CLUSTER3}" istio-system istio-eastwestgateway
check 'cluster1: istiod has read cluster3' \
  'the secret'\''s API server address cannot be reached from istiod, or its credentials are refused' \
  synced cluster3 --context="${CTX_CLUSTER1}" --istioNamespace=istio-system --revision=stable
check 'cluster3: istiod has read cluster1' \
  'the secret'\''s API server address cannot be reached from istiod, or its credentials are refused' \
  synced cluster1 --context="${CTX_CLUSTER3}" --istioNamespace=istio-system --revision=stable
check 'cluster3: istiod has read cluster2' \
  'the secret'\''s API server address cannot be reached from istiod, or its credentials are refused' \
  synced cluster2 --context="${CTX_CLUSTER3}" --istioNamespace=istio-system --revision=stable
check 'cluster3: its CA has the root of cluster1'\''s' \
  'secret cacerts was made from another root on one of them; workloads of the two refuse each other' \
  same_root "${CTX_CLUSTER3}" "${CTX_CLUSTER1}" istio-system istio-ca-root-cert
check 'cluster1: helloworld v1 of cluster1 answers' \
  'see the sample'\''s pods, where both containers have to be ready, and that pods reach each other' \
  sample_answers "${CTX_CLUSTER1}" sample curl v1
check 'cluster1: helloworld v2 of cluster3 answers' \
  'the other network cannot be reached: see the east-west gateways'\'' addresses' \
  sample_answers "${CTX_CLUSTER1}" sample curl v2
check 'cluster2: helloworld v1 of cluster2 answers' \
  'see the sample'\''s pods, where both containers have to be ready, and that pods reach each other' \
  sample_answers "${CTX_CLUSTER2}" sample curl v1
check 'cluster2: helloworld v2 of cluster3 answers' \
  'the other network cannot be reached: see the east-west gateways'\'' addresses' \
  sample_answers "${CTX_CLUSTER2}" sample curl v2
check 'cluster3: helloworld v1 of cluster1 answers' \
  'the other network cannot be reached: see the east-west gateways'\'' addresses' \
  sample_answers "${CTX_CLUSTER3}" sample curl v1
check 'cluster3: helloworld v2 of cluster3 answers' \
  'see the sample'\''s pods, where both containers have to be ready, and that pods reach each other' \
  sample_answers "${CTX_CLUSTER3}" sample curl v2
check 'cluster1: helloworld answers from outside' \
  'the gateway'\''s address cannot be reached from here, or the gateway has no route' \
  ingress_answers "${CTX_CLUSTER1}" istio-system istio-ingressgateway
summary
