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

check 'external: istio-ingressgateway has an address' \
  'the cluster has no load balancers, or is still making one' \
  has_address "${CTX_EXTERNAL}" istio-system istio-ingressgateway
check 'external: istiod runs' \
  'see: kubectl describe pod, in namespace istio-ab of external' \
  kubectl rollout status deployment/istiod --context="${CTX_EXTERNAL}" --namespace=istio-ab \
    --timeout=30s
check 'external: istiod has read config-a' \
  'the secret'\''s API server address cannot be reached from istiod, or its credentials are refused' \
  synced config-a --context="${CTX_EXTERNAL}" --istioNamespace=istio-ab
check 'config-a: the mesh'\''s CA is published' \
  'istiod is not in charge of this cluster: see the namespace'\''s annotation and the remote secret' \
  kubectl get configmap istio-ca-root-cert --context="${CTX_CONFIG_A}" --namespace=istio-ab \
    --output=name
check 'config-a: pods are injected as config-a on network1' \
  'the webhook'\''s path, URL or certificate does not lead to istiod: see its log, and the gateway'\''s' \
  injected "${CTX_CONFIG_A}" istio-ab sidecar.istio.io/inject=true config-a network1
check 'external: istiod has read remote-a' \
  'the secret'\''s API server address cannot be reached from istiod, or its credentials are refused' \
  synced remote-a --context="${CTX_EXTERNAL}" --istioNamespace=istio-ab
check 'remote-a: the mesh'\''s CA is published' \
  'istiod is not in charge of this cluster: see the namespace'\''s annotation and the remote secret' \
  kubectl get configmap istio-ca-root-cert --context="${CTX_REMOTE_A}" --namespace=istio-ab \
    --output=name
check 'remote-a: pods are injected as remote-a on network2' \
  'the webhook'\''s path, URL or certificate does not lead to istiod: see its log, and the gateway'\''s' \
  injected "${CTX_REMOTE_A}" istio-ab sidecar.istio.io/inject=true remote-a network2
check 'config-a: istio-ingressgateway runs' \
  'see: kubectl describe pod, in namespace istio-ab of config-a' \
  kubectl rollout status deployment/istio-ingressgateway --context="${CTX_CONFIG_A}" \
    --namespace=istio-ab --timeout=30s
check 'config-a: istio-eastwestgateway runs' \
  'see: kubectl describe pod, in namespace istio-ab of config-a' \
  kubectl rollout status deployment/istio-eastwestgateway --context="${CTX_CONFIG_A}" \
    --namespace=istio-ab --timeout=30s
check 'config-a: istio-eastwestgateway has an address' \
  'the cluster has no load balancers, or is still making one' \
  has_address "${CTX_CONFIG_A}" istio-ab istio-eastwestgateway
check 'remote-a: istio-eastwestgateway runs' \
  'see: kubectl describe pod, in namespace istio-ab of remote-a' \
  kubectl rollout status deployment/istio-eastwestgateway --context="${CTX_REMOTE_A}" \
    --namespace=istio-ab --timeout=30s
check 'remote-a: istio-eastwestgateway has an address' \
  'the cluster has no load balancers, or is still making one' \
  has_address "${CTX_REMOTE_A}" istio-ab istio-eastwestgateway
check 'primary-b: istiod-canary runs' \
  'see: kubectl describe pod, in namespace istio-ab of primary-b' \
  kubectl rollout status deployment/istiod-canary --context="${CTX_PRIMARY_B}" --namespace=istio-ab \
    --timeout=30s
check 'primary-b: istiod has read primary-b' \
  'the secret'\''s API server address cannot be reached from istiod, or its credentials are refused' \
  synced primary-b --context="${CTX_PRIMARY_B}" --istioNamespace=istio-ab --revision=canary
check 'primary-b: the mesh'\''s CA is published' \
  'istiod is not in charge of this cluster: see the namespace'\''s annotation and the remote secret' \
  kubectl get configmap istio-ca-root-cert --context="${CTX_PRIMARY_B}" --namespace=istio-ab \
    --output=name
check 'primary-b: pods are injected as primary-b on network3' \
  'the webhook'\''s path, URL or certificate does not lead to istiod: see its log, and the gateway'\''s' \
  injected "${CTX_PRIMARY_B}" istio-ab istio.io/rev=canary primary-b network3
check 'primary-b: istio-eastwestgateway runs' \
  'see: kubectl describe pod, in namespace istio-ab of primary-b' \
  kubectl rollout status deployment/istio-eastwestgateway --context="${CTX_PRIMARY_B}" \
    --namespace=istio-ab --timeout=30s
check 'primary-b: istio-eastwestgateway has an address' \
  'the cluster has no load balancers, or is still making one' \
  has_address "${CTX_PRIMARY_B}" istio-ab istio-eastwestgateway
check 'primary-b: istiod has read remote-b' \
  'the secret'\''s API server address cannot be reached from istiod, or its credentials are refused' \
  synced remote-b --context="${CTX_PRIMARY_B}" --istioNamespace=istio-ab --revision=canary
check 'remote-b: the mesh'\''s CA is published' \
  'istiod is not in charge of this cluster: see the namespace'\''s annotation and the remote secret' \
  kubectl get configmap istio-ca-root-cert --context="${CTX_REMOTE_B}" --namespace=istio-ab \
    --output=name
check 'remote-b: pods are injected as remote-b on network1' \
  'the webhook'\''s path, URL or certificate does not lead to istiod: see its log, and the gateway'\''s' \
  injected "${CTX_REMOTE_B}" istio-ab istio.io/rev=canary remote-b network1
check 'primary-b: istio-ingressgateway runs' \
  'see: kubectl describe pod, in namespace istio-ab of primary-b' \
  kubectl rollout status deployment/istio-ingressgateway --context="${CTX_PRIMARY_B}" \
    --namespace=istio-ab --timeout=30s
check 'external: istiod has read primary-b' \
  'the secret'\''s API server address cannot be reached from istiod, or its credentials are refused' \
  synced primary-b --context="${CTX_EXTERNAL}" --istioNamespace=istio-ab
check 'external: istiod has read remote-b' \
  'the secret'\''s API server address cannot be reached from istiod, or its credentials are refused' \
  synced remote-b --context="${CTX_EXTERNAL}" --istioNamespace=istio-ab
check 'primary-b: istiod has read config-a' \
  'the secret'\''s API server address cannot be reached from istiod, or its credentials are refused' \
  synced config-a --context="${CTX_PRIMARY_B}" --istioNamespace=istio-ab --revision=canary
check 'primary-b: istiod has read remote-a' \
  'the secret'\''s API server address cannot be reached from istiod, or its credentials are refused' \
  synced remote-a --context="${CTX_PRIMARY_B}" --istioNamespace=istio-ab --revision=canary
check 'primary-b: its CA has the root of config-a'\''s' \
  'secret cacerts was made from another root on one of them; workloads of the two refuse each other' \
  same_root "${CTX_PRIMARY_B}" "${CTX_CONFIG_A}" istio-ab istio-ca-root-cert
check 'config-a: helloworld v1 of config-a answers' \
  'see the sample'\''s pods, where both containers have to be ready, and that pods reach each other' \
  sample_answers "${CTX_CONFIG_A}" sample curl v1
check 'config-a: helloworld v2 of remote-a answers' \
  'the other network cannot be reached: see the east-west gateways'\'' addresses' \
  sample_answers "${CTX_CONFIG_A}" sample curl v2
check 'remote-a: helloworld v1 of config-a answers' \
  'the other network cannot be reached: see the east-west gateways'\'' addresses' \
  sample_answers "${CTX_REMOTE_A}" sample curl v1
check 'remote-a: helloworld v2 of remote-a answers' \
  'see the sample'\''s pods, where both containers have to be ready, and that pods reach each other' \
  sample_answers "${CTX_REMOTE_A}" sample curl v2
check 'primary-b: helloworld v1 of config-a answers' \
  'the other network cannot be reached: see the east-west gateways'\'' addresses' \
  sample_answers "${CTX_PRIMARY_B}" sample curl v1
check 'primary-b: helloworld v2 of primary-b answers' \
  'see the sample'\''s pods, where both containers have to be ready, and that pods reach each other' \
  sample_answers "${CTX_PRIMARY_B}" sample curl v2
check 'remote-b: helloworld v1 of remote-b answers' \
  'see the sample'\''s pods, where both containers have to be ready, and that pods reach each other' \
  sample_answers "${CTX_REMOTE_B}" sample curl v1
check 'remote-b: helloworld v2 of remote-a answers' \
  'the other network cannot be reached: see the east-west gateways'\'' addresses' \
  sample_answers "${CTX_REMOTE_B}" sample curl v2
check 'config-a: helloworld answers from outside' \
  'the gateway'\''s address cannot be reached from here, or the gateway has no route' \
  ingress_answers "${CTX_CONFIG_A}" istio-ab istio-ingressgateway
check 'primary-b: helloworld answers from outside' \
  'the gateway'\''s address cannot be reached from here, or the gateway has no route' \
  ingress_answers "${CTX_PRIMARY_B}" istio-ab istio-ingressgateway
check 'external: istiod runs' \
  'see: kubectl describe pod, in namespace istio-cd of external' \
  kubectl rollout status deployment/istiod --context="${CTX_EXTERNAL}" --namespace=istio-cd \
    --timeout=30s
check 'external: istiod has read config-c' \
  'the secret'\''s API server address cannot be reached from istiod, or its credentials are refused' \
  synced config-c --context="${CTX_EXTERNAL}" --istioNamespace=istio-cd
check 'config-c: the mesh'\''s CA is published' \
  'istiod is not in charge of this cluster: see the namespace'\''s annotation and the remote secret' \
  kubectl get configmap istio-ca-root-cert --context="${CTX_CONFIG_C}" --namespace=istio-cd \
    --output=name
check 'config-c: pods are injected as config-c on network1' \
  'the webhook'\''s path, URL or certificate does not lead to istiod: see its log, and the gateway'\''s' \
  injected "${CTX_CONFIG_C}" istio-cd sidecar.istio.io/inject=true config-c network1
check 'config-c: istio-ingressgateway runs' \
  'see: kubectl describe pod, in namespace istio-cd of config-c' \
  kubectl rollout status deployment/istio-ingressgateway --context="${CTX_CONFIG_C}" \
    --namespace=istio-cd --timeout=30s
check 'primary-d: istiod runs' \
  'see: kubectl describe pod, in namespace istio-cd of primary-d' \
  kubectl rollout status deployment/istiod --context="${CTX_PRIMARY_D}" --namespace=istio-cd \
    --timeout=30s
check 'primary-d: istio-ingressgateway runs' \
  'see: kubectl describe pod, in namespace istio-cd of primary-d' \
  kubectl rollout status deployment/istio-ingressgateway --context="${CTX_PRIMARY_D}" \
    --namespace=istio-cd --timeout=30s
check 'primary-d: istiod has read primary-d' \
  'the secret'\''s API server address cannot be reached from istiod, or its credentials are refused' \
  synced primary-d --context="${CTX_PRIMARY_D}" --istioNamespace=istio-cd
check 'primary-d: the mesh'\''s CA is published' \
  'istiod is not in charge of this cluster: see the namespace'\''s annotation and the remote secret' \
  kubectl get configmap istio-ca-root-cert --context="${CTX_PRIMARY_D}" --namespace=istio-cd \
    --output=name
check 'primary-d: pods are injected as primary-d on network1' \
  'the webhook'\''s path, URL or certificate does not lead to istiod: see its log, and the gateway'\''s' \
  injected "${CTX_PRIMARY_D}" istio-cd sidecar.istio.io/inject=true primary-d network1
check 'external: istiod has read primary-d' \
  'the secret'\''s API server address cannot be reached from istiod, or its credentials are refused' \
  synced primary-d --context="${CTX_EXTERNAL}" --istioNamespace=istio-cd
check 'primary-d: istiod has read config-c' \
  'the secret'\''s API server address cannot be reached from istiod, or its credentials are refused' \
  synced config-c --context="${CTX_PRIMARY_D}" --istioNamespace=istio-cd
check 'primary-d: its CA has the root of config-c'\''s' \
  'secret cacerts was made from another root on one of them; workloads of the two refuse each other' \
  same_root "${CTX_PRIMARY_D}" "${CTX_CONFIG_C}" istio-cd istio-ca-root-cert
check 'config-c: helloworld v1 of config-c answers' \
  'see the sample'\''s pods, where both containers have to be ready, and that pods reach each other' \
  sample_answers "${CTX_CONFIG_C}" sample curl v1
check 'config-c: helloworld v2 of primary-d answers' \
  'see the sample'\''s pods, where both containers have to be ready, and that pods reach each other' \
  sample_answers "${CTX_CONFIG_C}" sample curl v2
check 'primary-d: helloworld v1 of config-c answers' \
  'see the sample'\''s pods, where both containers have to be ready, and that pods reach each other' \
  sample_answers "${CTX_PRIMARY_D}" sample curl v1
check 'primary-d: helloworld v2 of primary-d answers' \
  'see the sample'\''s pods, where both containers have to be ready, and that pods reach each other' \
  sample_answers "${CTX_PRIMARY_D}" sample curl v2
check 'config-c: helloworld answers from outside' \
  'the gateway'\''s address cannot be reached from here, or the gateway has no route' \
  ingress_answers "${CTX_CONFIG_C}" istio-cd istio-ingressgateway
check 'primary-d: helloworld answers from outside' \
  'the gateway'\''s address cannot be reached from here, or the gateway has no route' \
  ingress_answers "${CTX_PRIMARY_D}" istio-cd istio-ingressgateway
summary
