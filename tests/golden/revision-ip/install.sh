#!/usr/bin/env bash
# Installs the mesh with Istio 1.29.0. Run it again after a failure: it goes on where it has to.
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

# Stops unless a load balancer has the address that the manifests were made for, or a host name that leads
# there: AWS's have host names, with addresses of one's own too.
expect_address() {
  local found
  found="$(await_load_balancer "$1" "$2" "$3")"
  case "${found}" in
    "$4") ;;
    *:* | *[0-9]) die "the gateway is at ${found}, these manifests are for $4:" \
      "change the IP address in Meshwright and make them again" ;;
    *) addresses "${found}" | awk -v wanted="$4" '$1 == wanted { has = 1 } END { exit !has }' ||
      die "the gateway is at ${found}, which does not lead to $4 (yet), and these manifests are for $4:" \
        "run this again once it does, or change the IP address in Meshwright and make them again" ;;
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
require_istioctl 1.29.0
require_cluster "${CTX_MANAGEMENT}"
require_cluster "${CTX_EAST}"
require_cluster "${CTX_WEST}"

# Home of the gateway that exposes istiod.
step 1 management 'Make namespace istio-system'
ensure_namespace "${CTX_MANAGEMENT}" istio-system management/05-namespace-istio-system.yaml

# The gateway through which the remote clusters reach istiod, and an istiod of its own to drive it.
step 2 management 'Install the gateway that exposes istiod'
istioctl install --context="${CTX_MANAGEMENT}" --filename=management/10-controlplane-gateway.yaml \
  --skip-confirmation

# Everything that follows reaches istiod by this address.
step 3 management 'Wait for the gateway'\''s address'
expect_address "${CTX_MANAGEMENT}" istio-system istio-ingressgateway 198.51.100.7

# Home of the mesh's configuration. Pods in it are on vpc-east.
step 4 east 'Make namespace mesh-system'
ensure_namespace "${CTX_EAST}" mesh-system east/05-namespace-mesh-system.yaml

# Sends injection and validation to istiod on its own cluster, and holds the mesh's configuration.
step 5 east 'Install the config cluster'\''s part'
istioctl install --context="${CTX_EAST}" --filename=east/10-remote-config-cluster.yaml \
  --skip-confirmation

# Home of istiod.
step 6 management 'Make namespace mesh-system'
ensure_namespace "${CTX_MANAGEMENT}" mesh-system management/15-namespace-mesh-system.yaml

# istiod reads the mesh's configuration there; its account was made there together with the config
# cluster's part.
step 7 management 'Give istiod access to east'
istioctl create-remote-secret --context="${CTX_EAST}" --type=config --namespace=mesh-system \
  --create-service-account=false --service-account=istiod-stable |
  kubectl label --local --filename=- istio/multiCluster- --output=yaml |
  kubectl apply --context="${CTX_MANAGEMENT}" --filename=-

# istiod for mesh prod. It calls itself east, after its config cluster and not after the cluster
# that it runs on.
step 8 management 'Install istiod'
istioctl install --context="${CTX_MANAGEMENT}" --filename=management/20-external-istiod.yaml \
  --skip-confirmation

# From here on remote clusters reach istiod.
step 9 management 'Route the gateway to istiod'
kubectl apply --context="${CTX_MANAGEMENT}" --filename=management/25-external-istiod-gw.yaml

# Gateways and workloads that start earlier would never get their proxy.
step 10 east 'Wait until pods are injected'
await_injection "${CTX_EAST}" mesh-system istio.io/rev=stable

# Home of this cluster's gateways and of what leads to istiod. Pods in it are on vpc-west. Its
# annotation says which istiod is in charge of the cluster, the one that calls itself east, and has
# to stand before istiod sees the cluster.
step 11 west 'Make namespace mesh-system'
ensure_namespace "${CTX_WEST}" mesh-system west/05-namespace-mesh-system.yaml

# Sends injection to istiod on management.
step 12 west 'Install the remote cluster'\''s part'
istioctl install --context="${CTX_WEST}" --filename=west/10-second-remote-cluster.yaml \
  --skip-confirmation

# istiod reads the cluster's services and pods, and signs certificates for them, by this secret.
step 13 management 'Give istiod access to west'
istioctl create-remote-secret --context="${CTX_WEST}" --type=remote --namespace=mesh-system \
  --create-service-account=false --name=west |
  kubectl apply --context="${CTX_MANAGEMENT}" --filename=-

# Gateways and workloads that start earlier would never get their proxy.
step 14 west 'Wait until pods are injected'
await_injection "${CTX_WEST}" mesh-system istio.io/rev=stable

# Takes requests from outside of the mesh.
step 15 east 'Install the ingress gateway'
helm upgrade --install istio-ingressgateway gateway --kube-context="${CTX_EAST}" \
  --repo="${ISTIO_CHARTS}" --version=1.29.0 --namespace=mesh-system \
  --values=east/15-istio-ingressgateway-values.yaml
kubectl rollout status deployment/istio-ingressgateway --context="${CTX_EAST}" \
  --namespace=mesh-system --timeout=5m

# Lets requests out of the mesh at one place.
step 16 east 'Install the egress gateway'
istioctl manifest generate --filename=east/20-istio-egressgateway.yaml |
  kubectl apply --context="${CTX_EAST}" --filename=-
kubectl rollout status deployment/istio-egressgateway --context="${CTX_EAST}" \
  --namespace=mesh-system --timeout=5m

# Takes requests from other networks to workloads on vpc-east.
step 17 east 'Install the east-west gateway'
istioctl manifest generate --filename=east/25-eastwest-gateway-1.yaml |
  kubectl apply --context="${CTX_EAST}" --filename=-
kubectl rollout status deployment/istio-eastwestgateway --context="${CTX_EAST}" \
  --namespace=mesh-system --timeout=5m

# istiod sends it to the other networks' proxies; without it they send requests nowhere.
step 18 east 'Wait for the east-west gateway'\''s address'
await_load_balancer "${CTX_EAST}" mesh-system istio-eastwestgateway

# Takes requests from outside of the mesh.
step 19 west 'Install the ingress gateway'
istioctl manifest generate --filename=west/15-istio-ingressgateway.yaml |
  kubectl apply --context="${CTX_WEST}" --filename=-
kubectl rollout status deployment/istio-ingressgateway --context="${CTX_WEST}" \
  --namespace=mesh-system --timeout=5m

# Takes requests from other networks to workloads on vpc-west.
step 20 west 'Install the east-west gateway'
helm upgrade --install istio-eastwestgateway gateway --kube-context="${CTX_WEST}" \
  --repo="${ISTIO_CHARTS}" --version=1.29.0 --namespace=mesh-system \
  --values=west/20-istio-eastwestgateway-values.yaml
kubectl rollout status deployment/istio-eastwestgateway --context="${CTX_WEST}" \
  --namespace=mesh-system --timeout=5m

# istiod sends it to the other networks' proxies; without it they send requests nowhere.
step 21 west 'Wait for the east-west gateway'\''s address'
await_load_balancer "${CTX_WEST}" mesh-system istio-eastwestgateway

# Lets the east-west gateways pass on requests to every service of the mesh; mTLS stays unbroken.
step 22 east 'Expose the mesh'\''s services to its other networks'
kubectl apply --context="${CTX_EAST}" --namespace=mesh-system \
  --filename=east/30-expose-services.yaml

# Home of the sample. Pods in it are injected, and so join the mesh.
step 23 east 'Make namespace demo'
ensure_namespace "${CTX_EAST}" demo east/35-namespace-demo.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 24 east 'Deploy helloworld-v1'
kubectl apply --context="${CTX_EAST}" --namespace=demo --filename=east/40-helloworld.yaml
kubectl rollout status deployment/helloworld-v1 --context="${CTX_EAST}" --namespace=demo \
  --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 25 east 'Deploy curl'
kubectl apply --context="${CTX_EAST}" --namespace=demo --filename=east/45-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_EAST}" --namespace=demo --timeout=5m

# Home of the sample. Pods in it are injected, and so join the mesh.
step 26 west 'Make namespace demo'
ensure_namespace "${CTX_WEST}" demo west/25-namespace-demo.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 27 west 'Deploy helloworld-v2'
kubectl apply --context="${CTX_WEST}" --namespace=demo --filename=west/30-helloworld.yaml
kubectl rollout status deployment/helloworld-v2 --context="${CTX_WEST}" --namespace=demo \
  --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 28 west 'Deploy curl'
kubectl apply --context="${CTX_WEST}" --namespace=demo --filename=west/35-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_WEST}" --namespace=demo --timeout=5m

# Shows the mesh to the outside.
step 29 east 'Route requests to the sample'
kubectl apply --context="${CTX_EAST}" --namespace=demo --filename=east/50-helloworld-gateway.yaml

printf '%s\n' 'Installed. verify.sh looks whether it works.'
