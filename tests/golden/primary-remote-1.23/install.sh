#!/usr/bin/env bash
# Installs the mesh with Istio 1.23.6. Run it again after a failure: it goes on where it has to.
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
require_istioctl 1.23.6
require_cluster "${CTX_CLUSTER1}"
require_cluster "${CTX_CLUSTER2}"

# Home of istiod. Pods in it are on network1.
step 1 cluster1 'Make namespace istio-system'
ensure_namespace "${CTX_CLUSTER1}" istio-system cluster1/05-namespace-istio-system.yaml

# istiod for mesh mesh1, on a cluster of that mesh.
step 2 cluster1 'Install the control plane'
istioctl install --context="${CTX_CLUSTER1}" --filename=cluster1/10-cluster1.yaml \
  --skip-confirmation

# Gateways and workloads that start earlier would never get their proxy.
step 3 cluster1 'Wait until pods are injected'
await_injection "${CTX_CLUSTER1}" istio-system sidecar.istio.io/inject=true

# Takes requests from other networks to workloads on network1.
step 4 cluster1 'Install the east-west gateway'
helm upgrade --install istio-eastwestgateway gateway --kube-context="${CTX_CLUSTER1}" \
  --repo="${ISTIO_CHARTS}" --version=1.23.6 --namespace=istio-system \
  --values=cluster1/15-istio-eastwestgateway-values.yaml --skip-schema-validation
kubectl rollout status deployment/istio-eastwestgateway --context="${CTX_CLUSTER1}" \
  --namespace=istio-system --timeout=5m

# The remote clusters reach istiod by this address, and other networks the workloads here.
step 5 cluster1 'Wait for the east-west gateway'\''s address'
DISCOVERY_ADDRESS="$(discover_address "${CTX_CLUSTER1}" istio-system istio-eastwestgateway IPv4 "${DISCOVERY_ADDRESS}")"
printf '%s\n' 'istiod has the address '"${DISCOVERY_ADDRESS}"

# From here on remote clusters reach istiod.
step 6 cluster1 'Expose istiod to its remote clusters'
kubectl apply --context="${CTX_CLUSTER1}" --namespace=istio-system \
  --filename=cluster1/20-expose-istiod.yaml

# Home of this cluster's gateways and of what leads to istiod. Pods in it are on network1. Its
# annotation says which istiod is in charge of the cluster, the one that calls itself cluster1, and
# has to stand before istiod sees the cluster.
step 7 cluster2 'Make namespace istio-system'
ensure_namespace "${CTX_CLUSTER2}" istio-system cluster2/05-namespace-istio-system.yaml

# Sends injection to istiod on cluster1.
step 8 cluster2 'Install the remote cluster'\''s part'
istioctl install --context="${CTX_CLUSTER2}" --filename=cluster2/10-cluster2.yaml \
  --set=values.global.remotePilotAddress="${DISCOVERY_ADDRESS}" --skip-confirmation

# istiod reads the cluster's services and pods, and signs certificates for them, by this secret.
step 9 cluster1 'Give istiod access to cluster2'
istioctl create-remote-secret --context="${CTX_CLUSTER2}" --type=remote --namespace=istio-system \
  --create-service-account=false --name=cluster2 |
  kubectl apply --context="${CTX_CLUSTER1}" --filename=-

# Gateways and workloads that start earlier would never get their proxy.
step 10 cluster2 'Wait until pods are injected'
await_injection "${CTX_CLUSTER2}" istio-system sidecar.istio.io/inject=true

# Home of the sample. Pods in it are injected, and so join the mesh.
step 11 cluster1 'Make namespace sample'
ensure_namespace "${CTX_CLUSTER1}" sample cluster1/25-namespace-sample.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 12 cluster1 'Deploy helloworld-v1'
kubectl apply --context="${CTX_CLUSTER1}" --namespace=sample \
  --filename=cluster1/30-helloworld.yaml
kubectl rollout status deployment/helloworld-v1 --context="${CTX_CLUSTER1}" --namespace=sample \
  --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 13 cluster1 'Deploy sleep'
kubectl apply --context="${CTX_CLUSTER1}" --namespace=sample --filename=cluster1/35-sleep.yaml
kubectl rollout status deployment/sleep --context="${CTX_CLUSTER1}" --namespace=sample \
  --timeout=5m

# Home of the sample. Pods in it are injected, and so join the mesh.
step 14 cluster2 'Make namespace sample'
ensure_namespace "${CTX_CLUSTER2}" sample cluster2/15-namespace-sample.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 15 cluster2 'Deploy helloworld-v2'
kubectl apply --context="${CTX_CLUSTER2}" --namespace=sample \
  --filename=cluster2/20-helloworld.yaml
kubectl rollout status deployment/helloworld-v2 --context="${CTX_CLUSTER2}" --namespace=sample \
  --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 16 cluster2 'Deploy sleep'
kubectl apply --context="${CTX_CLUSTER2}" --namespace=sample --filename=cluster2/25-sleep.yaml
kubectl rollout status deployment/sleep --context="${CTX_CLUSTER2}" --namespace=sample \
  --timeout=5m

# The sample's route is written in it, and Kubernetes does not bring it by itself.
step 17 cluster1 'Look for the Gateway API'
require_gateway_api "${CTX_CLUSTER1}" \
  https://istio.io/v1.23/docs/tasks/traffic-management/ingress/gateway-api/

# Shows the mesh to the outside.
step 18 cluster1 'Route requests to the sample'
kubectl apply --context="${CTX_CLUSTER1}" --namespace=sample \
  --filename=cluster1/40-helloworld-gateway.yaml

# istiod makes it, and it answers once it runs and has an address.
step 19 cluster1 'Wait for the sample'\''s gateway'
kubectl wait gateways.gateway.networking.k8s.io/helloworld-gateway --context="${CTX_CLUSTER1}" \
  --namespace=sample --for=condition=Programmed --timeout=5m
kubectl rollout status deployment/helloworld-gateway-istio --context="${CTX_CLUSTER1}" \
  --namespace=sample --timeout=5m

printf '%s\n' 'Installed. verify.sh looks whether it works.'
