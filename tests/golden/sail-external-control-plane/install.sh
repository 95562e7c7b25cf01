#!/usr/bin/env bash
# Installs the mesh with Istio 1.30.3. Run it again after a failure: it goes on where it has to.
# Made by Meshwright; README.md explains each step.

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

# Stops unless the cluster behind a context answers.
require_cluster() {
  kubectl get namespace default --context="$1" --request-timeout=15s >/dev/null ||
    die "the cluster behind context $1 does not answer: see its context in env.sh"
}

# Stops unless the Sail operator is there, and knows the release that these manifests are for.
require_sail() {
  local known
  known="$(kubectl get crd istios.sailoperator.io --context="$1" --ignore-not-found \
    --output=jsonpath='{.spec.versions[*].schema.openAPIV3Schema.properties.spec.properties.version.enum}')"
  case "${known}" in
    *"\"$2\""*) ;;
    '')
      die "the Sail operator is not installed on the cluster behind context $1; for example by:" \
        "helm install sail-operator sail-operator --repo=https://istio-ecosystem.github.io/sail-operator --namespace=sail-operator --create-namespace --kube-context=$1" \
        "or on OpenShift: Red Hat OpenShift Service Mesh 3, from the catalog of operators"
      ;;
    *) die "the Sail operator on the cluster behind context $1 does not know Istio $2; it knows ${known}" ;;
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

# Prints the address that a service's load balancer has, an IP address or a host name; or nothing.
load_balancer() {
  local context=$1 namespace=$2 service=$3
  kubectl get service "${service}" --namespace="${namespace}" --context="${context}" \
    --output=jsonpath='{.status.loadBalancer.ingress[0].ip}{.status.loadBalancer.ingress[0].hostname}'
}

# Prints the address that a service's load balancer has, once it has one.
await_load_balancer() {
  local context=$1 namespace=$2 service=$3 address='' tries=0
  while [ "${tries}" -lt 60 ]; do
    address="$(load_balancer "${context}" "${namespace}" "${service}")" || address=''
    if [ -n "${address}" ]; then
      printf '%s\n' "${address}"
      return
    fi
    tries=$((tries + 1))
    sleep 5
  done
  die "service ${service} in namespace ${namespace} has no address after 5 minutes" \
    "see: kubectl describe service ${service} --namespace=${namespace} --context=${context}"
}

# Prints the IP addresses of a host name, IPv4 first, by whichever tool there is.
addresses() {
  if command -v getent >/dev/null 2>&1; then
    {
      getent ahostsv4 "$1" || :
      getent ahostsv6 "$1" || :
    } | awk '$1 !~ /^::ffff:/ && !seen[$1]++ { print $1 }'
  elif command -v dscacheutil >/dev/null 2>&1; then
    dscacheutil -q host -a name "$1" |
      awk '/^ip_address:/ { print $2 } /^ipv6_address:/ { six = six $2 "\n" } END { printf "%s", six }'
  elif command -v dig >/dev/null 2>&1; then
    {
      dig +short A "$1" || :
      dig +short AAAA "$1" || :
    } | awk '/^[0-9.]+$/ || /^[0-9a-f:.]*:[0-9a-f:.]*$/'
  fi
}

# Prints an IP address of a host name.
resolve() {
  local found
  found="$(addresses "$1" | awk 'NR == 1')" || found=''
  [ -n "${found}" ] || die "host name $1 has no IP address yet: run this again later," \
    "or write the address into env.sh as EXTERNAL_ISTIOD_ADDR"
  printf '%s\n' "${found}"
}

# Prints the IP address of istiod: what env.sh says, or else what the load balancer has. A host name,
# as AWS has it, is resolved once: remote clusters take an IP address alone. $4 is the kinds allowed, $5
# what env.sh says. Runs inside of $(...), where errexit is off: hence `|| exit`.
discover_address() {
  local found=$5
  if [ -z "${found}" ]; then
    found="$(await_load_balancer "$1" "$2" "$3")" || exit
  fi
  case "${found}" in
    *:* | *[0-9]) ;;
    *)
      printf 'warning: the load balancer has a host name, %s. Its IP address is used, and may change:\n' "${found}" >&2
      printf 'for production choose a DNS name in Meshwright, and point it at that host name.\n' >&2
      found="$(resolve "${found}")" || exit
      ;;
  esac
  case "$4 ${found}" in
    IPv4\ *:*) die "the address ${found} is of no use: this Istio release takes IPv4 addresses alone, 1.30 and later IPv6 too" ;;
  esac
  printf '%s\n' "${found}"
}

# Prints an IP address and a port as one; IPv6 addresses go in brackets.
address_port() {
  case "$1" in
    *:*) printf '[%s]:%s\n' "$1" "$2" ;;
    *) printf '%s:%s\n' "$1" "$2" ;;
  esac
}

# Makes a namespace if it is not there, marked as made by this bundle, and gives it its labels.
ensure_namespace() {
  local context=$1 namespace=$2 manifest=$3
  if ! kubectl get namespace "${namespace}" --context="${context}" >/dev/null 2>&1; then
    kubectl create namespace "${namespace}" --dry-run=client --output=yaml |
      kubectl annotate --local --filename=- meshwright/created-by=install.sh --output=yaml |
      kubectl create --context="${context}" --filename=-
  fi
  kubectl apply --server-side --force-conflicts --field-manager=meshwright \
    --context="${context}" --filename="${manifest}"
}

# Stops unless the Gateway API's kinds are there.
require_gateway_api() {
  kubectl get crd gateways.gateway.networking.k8s.io --context="$1" --output=name ||
    die "the Gateway API is not installed here; how to: $2"
}

# Waits until a pod would be injected: the API server, its webhook, the gateway and istiod all answer.
await_injection() {
  local context=$1 namespace=$2 label=$3 said='' tries=0
  while [ "${tries}" -lt 60 ]; do
    if said="$(kubectl run meshwright-probe --image=probe --restart=Never --labels="${label}" --dry-run=server \
      --namespace="${namespace}" --context="${context}" \
      --output=jsonpath='{.metadata.annotations.sidecar\.istio\.io/status}' 2>&1)"; then
      case "${said}" in
        *'"revision"'*) return ;;
        *) said='the webhook left the pod as it was' ;;
      esac
    fi
    tries=$((tries + 1))
    sleep 5
  done
  die "pods are not injected after 5 minutes; the last answer: ${said}" \
    "see whether istiod's address leads to its gateway from that cluster's API server, and the logs of both"
}

require_tool kubectl
require_tool istioctl
require_tool helm
require_istioctl 1.30.3
require_cluster "${CTX_CLUSTER1}"
require_sail "${CTX_CLUSTER1}" v1.30.3
require_cluster "${CTX_CLUSTER2}"
require_sail "${CTX_CLUSTER2}" v1.30.3

# Home of the gateway that exposes istiod.
step 1 cluster1 'Make namespace istio-system'
ensure_namespace "${CTX_CLUSTER1}" istio-system cluster1/05-namespace-istio-system.yaml

# Drives the gateway through which the remote clusters reach the mesh's istiod.
step 2 cluster1 'Install an istiod for the gateway'
kubectl apply --context="${CTX_CLUSTER1}" --filename=cluster1/10-istio-default.yaml
kubectl wait istios/default --context="${CTX_CLUSTER1}" --for=condition=Ready --timeout=5m

# The gateway through which the remote clusters reach istiod.
step 3 cluster1 'Install the gateway that exposes istiod'
helm upgrade --install istio-ingressgateway gateway --kube-context="${CTX_CLUSTER1}" \
  --repo="${ISTIO_CHARTS}" --version=1.30.3 --namespace=istio-system \
  --values=cluster1/15-istio-ingressgateway-values.yaml
kubectl rollout status deployment/istio-ingressgateway --context="${CTX_CLUSTER1}" \
  --namespace=istio-system --timeout=5m

# Everything that follows reaches istiod by this address.
step 4 cluster1 'Wait for the gateway'\''s address'
EXTERNAL_ISTIOD_ADDR="$(discover_address "${CTX_CLUSTER1}" istio-system istio-ingressgateway IPv4,IPv6 "${EXTERNAL_ISTIOD_ADDR}")"
EXTERNAL_ISTIOD_ADDR_PORT="$(address_port "${EXTERNAL_ISTIOD_ADDR}" 15012)"
printf '%s\n' 'istiod has the address '"${EXTERNAL_ISTIOD_ADDR}"

# Home of the mesh's configuration. Pods in it are on network1.
step 5 cluster2 'Make namespace external-istiod'
ensure_namespace "${CTX_CLUSTER2}" external-istiod cluster2/05-namespace-external-istiod.yaml

# Sends injection and validation to istiod on its own cluster, and holds the mesh's configuration.
step 6 cluster2 'Install the config cluster'\''s part'
kubectl patch --local --filename=cluster2/10-istio-external-istiod.yaml --type=merge \
  --patch='{"spec":{"values":{"global":{"remotePilotAddress":"'"${EXTERNAL_ISTIOD_ADDR}"'"}}}}' \
  --output=yaml |
  kubectl apply --context="${CTX_CLUSTER2}" --filename=-
kubectl wait istios/external-istiod --context="${CTX_CLUSTER2}" --for=condition=Reconciled \
  --timeout=5m

# Home of istiod.
step 7 cluster1 'Make namespace external-istiod'
ensure_namespace "${CTX_CLUSTER1}" external-istiod cluster1/20-namespace-external-istiod.yaml

# istiod reads the mesh's configuration there; its account was made there together with the config
# cluster's part.
step 8 cluster1 'Give istiod access to cluster2'
istioctl create-remote-secret --context="${CTX_CLUSTER2}" --type=config \
  --namespace=external-istiod --create-service-account=false \
  --service-account=istiod-external-istiod |
  kubectl label --local --filename=- istio/multiCluster- --output=yaml |
  kubectl apply --context="${CTX_CLUSTER1}" --filename=-

# istiod for mesh mesh1. It calls itself cluster2, after its config cluster and not after the
# cluster that it runs on.
step 9 cluster1 'Install istiod'
kubectl patch --local --filename=cluster1/25-istio-external-istiod.yaml --type=merge \
  --patch='{"spec":{"values":{"meshConfig":{"defaultConfig":{"discoveryAddress":"'"${EXTERNAL_ISTIOD_ADDR_PORT}"'"}}}}}' \
  --output=yaml |
  kubectl patch --local --filename=- --type=merge \
    --patch='{"spec":{"values":{"global":{"caAddress":"\"'"${EXTERNAL_ISTIOD_ADDR_PORT}"'\""}}}}' \
    --output=yaml |
  kubectl apply --context="${CTX_CLUSTER1}" --filename=-
kubectl wait istios/external-istiod --context="${CTX_CLUSTER1}" --for=condition=Ready --timeout=5m

# From here on remote clusters reach istiod.
step 10 cluster1 'Route the gateway to istiod'
kubectl apply --context="${CTX_CLUSTER1}" --filename=cluster1/30-external-istiod-gw.yaml

# Gateways and workloads that start earlier would never get their proxy.
step 11 cluster2 'Wait until pods are injected'
await_injection "${CTX_CLUSTER2}" external-istiod istio.io/rev=external-istiod

# Home of the sample. Pods in it are injected, and so join the mesh.
step 12 cluster2 'Make namespace sample'
ensure_namespace "${CTX_CLUSTER2}" sample cluster2/15-namespace-sample.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 13 cluster2 'Deploy helloworld-v1'
kubectl apply --context="${CTX_CLUSTER2}" --namespace=sample \
  --filename=cluster2/20-helloworld.yaml
kubectl rollout status deployment/helloworld-v1 --context="${CTX_CLUSTER2}" --namespace=sample \
  --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 14 cluster2 'Deploy curl'
kubectl apply --context="${CTX_CLUSTER2}" --namespace=sample --filename=cluster2/25-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_CLUSTER2}" --namespace=sample --timeout=5m

# The sample's route is written in it, and Kubernetes does not bring it by itself.
step 15 cluster2 'Look for the Gateway API'
require_gateway_api "${CTX_CLUSTER2}" \
  https://istio.io/v1.30/docs/tasks/traffic-management/ingress/gateway-api/

# Shows the mesh to the outside.
step 16 cluster2 'Route requests to the sample'
kubectl apply --context="${CTX_CLUSTER2}" --namespace=sample \
  --filename=cluster2/30-helloworld-gateway.yaml

# istiod makes it, and it answers once it runs and has an address.
step 17 cluster2 'Wait for the sample'\''s gateway'
kubectl wait gateways.gateway.networking.k8s.io/helloworld-gateway --context="${CTX_CLUSTER2}" \
  --namespace=sample --for=condition=Programmed --timeout=5m
kubectl rollout status deployment/helloworld-gateway-istio --context="${CTX_CLUSTER2}" \
  --namespace=sample --timeout=5m

printf '%s\n' 'Installed. verify.sh looks whether it works.'
