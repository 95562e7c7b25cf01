#!/usr/bin/env bash
# Installs the mesh with Istio 1.31.1. Run it again after a failure: it goes on where it has to.
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
require_istioctl 1.31.1
require_cluster "${CTX_REMOTE_A}"
require_cluster "${CTX_REMOTE_B}"
require_cluster "${CTX_CONFIG}"
require_cluster "${CTX_EXTERNAL}"
require_cluster "${CTX_REMOTE_C}"
require_cluster "${CTX_REMOTE_D}"

# Home of the gateway that exposes istiod.
step 1 external 'Make namespace istio-system'
ensure_namespace "${CTX_EXTERNAL}" istio-system external/05-namespace-istio-system.yaml

# The gateway through which the remote clusters reach istiod, and an istiod of its own to drive it.
step 2 external 'Install the gateway that exposes istiod'
istioctl install --context="${CTX_EXTERNAL}" --filename=external/10-controlplane-gateway.yaml \
  --skip-confirmation

# Everything that follows reaches istiod by this address.
step 3 external 'Wait for the gateway'\''s address'
expect_address "${CTX_EXTERNAL}" istio-system istio-ingressgateway 203.0.113.10

# Home of the mesh's configuration. Pods in it are on network1.
step 4 config 'Make namespace external-istiod'
ensure_namespace "${CTX_CONFIG}" external-istiod config/05-namespace-external-istiod.yaml

# Sends injection and validation to istiod on its own cluster, and holds the mesh's configuration.
step 5 config 'Install the config cluster'\''s part'
istioctl install --context="${CTX_CONFIG}" --filename=config/10-remote-config-cluster.yaml \
  --skip-confirmation

# Home of istiod.
step 6 external 'Make namespace external-istiod'
ensure_namespace "${CTX_EXTERNAL}" external-istiod external/15-namespace-external-istiod.yaml

# istiod reads the mesh's configuration there; its account was made there together with the config
# cluster's part.
step 7 external 'Give istiod access to config'
istioctl create-remote-secret --context="${CTX_CONFIG}" --type=config --namespace=external-istiod \
  --create-service-account=false --service-account=istiod |
  kubectl label --local --filename=- istio/multiCluster- --output=yaml |
  kubectl apply --context="${CTX_EXTERNAL}" --filename=-

# istiod for mesh mesh1. It calls itself config, after its config cluster and not after the cluster
# that it runs on.
step 8 external 'Install istiod'
istioctl install --context="${CTX_EXTERNAL}" --filename=external/20-external-istiod.yaml \
  --skip-confirmation

# From here on remote clusters reach istiod.
step 9 external 'Route the gateway to istiod'
kubectl apply --context="${CTX_EXTERNAL}" --filename=external/25-external-istiod-gw.yaml

# Gateways and workloads that start earlier would never get their proxy.
step 10 config 'Wait until pods are injected'
await_injection "${CTX_CONFIG}" external-istiod sidecar.istio.io/inject=true

# Home of this cluster's gateways and of what leads to istiod. Pods in it are on network1. Its
# annotation says which istiod is in charge of the cluster, the one that calls itself config, and
# has to stand before istiod sees the cluster.
step 11 remote-a 'Make namespace external-istiod'
ensure_namespace "${CTX_REMOTE_A}" external-istiod remote-a/05-namespace-external-istiod.yaml

# Sends injection to istiod on external.
step 12 remote-a 'Install the remote cluster'\''s part'
istioctl install --context="${CTX_REMOTE_A}" --filename=remote-a/10-second-remote-cluster.yaml \
  --skip-confirmation

# istiod reads the cluster's services and pods, and signs certificates for them, by this secret.
step 13 external 'Give istiod access to remote-a'
istioctl create-remote-secret --context="${CTX_REMOTE_A}" --type=remote \
  --namespace=external-istiod --create-service-account=false --name=remote-a |
  kubectl apply --context="${CTX_EXTERNAL}" --filename=-

# Gateways and workloads that start earlier would never get their proxy.
step 14 remote-a 'Wait until pods are injected'
await_injection "${CTX_REMOTE_A}" external-istiod sidecar.istio.io/inject=true

# Home of this cluster's gateways and of what leads to istiod. Pods in it are on network2. Its
# annotation says which istiod is in charge of the cluster, the one that calls itself config, and
# has to stand before istiod sees the cluster.
step 15 remote-b 'Make namespace external-istiod'
ensure_namespace "${CTX_REMOTE_B}" external-istiod remote-b/05-namespace-external-istiod.yaml

# Sends injection to istiod on external.
step 16 remote-b 'Install the remote cluster'\''s part'
istioctl install --context="${CTX_REMOTE_B}" --filename=remote-b/10-remote-cluster-3.yaml \
  --skip-confirmation

# istiod reads the cluster's services and pods, and signs certificates for them, by this secret.
step 17 external 'Give istiod access to remote-b'
istioctl create-remote-secret --context="${CTX_REMOTE_B}" --type=remote \
  --namespace=external-istiod --create-service-account=false --name=remote-b |
  kubectl apply --context="${CTX_EXTERNAL}" --filename=-

# Gateways and workloads that start earlier would never get their proxy.
step 18 remote-b 'Wait until pods are injected'
await_injection "${CTX_REMOTE_B}" external-istiod sidecar.istio.io/inject=true

# Home of this cluster's gateways and of what leads to istiod. Pods in it are on network3. Its
# annotation says which istiod is in charge of the cluster, the one that calls itself config, and
# has to stand before istiod sees the cluster.
step 19 remote-c 'Make namespace external-istiod'
ensure_namespace "${CTX_REMOTE_C}" external-istiod remote-c/05-namespace-external-istiod.yaml

# Sends injection to istiod on external.
step 20 remote-c 'Install the remote cluster'\''s part'
istioctl install --context="${CTX_REMOTE_C}" --filename=remote-c/10-remote-cluster-4.yaml \
  --skip-confirmation

# istiod reads the cluster's services and pods, and signs certificates for them, by this secret.
step 21 external 'Give istiod access to remote-c'
istioctl create-remote-secret --context="${CTX_REMOTE_C}" --type=remote \
  --namespace=external-istiod --create-service-account=false --name=remote-c |
  kubectl apply --context="${CTX_EXTERNAL}" --filename=-

# Gateways and workloads that start earlier would never get their proxy.
step 22 remote-c 'Wait until pods are injected'
await_injection "${CTX_REMOTE_C}" external-istiod sidecar.istio.io/inject=true

# Home of this cluster's gateways and of what leads to istiod. Pods in it are on network3. Its
# annotation says which istiod is in charge of the cluster, the one that calls itself config, and
# has to stand before istiod sees the cluster.
step 23 remote-d 'Make namespace external-istiod'
ensure_namespace "${CTX_REMOTE_D}" external-istiod remote-d/05-namespace-external-istiod.yaml

# Sends injection to istiod on external.
step 24 remote-d 'Install the remote cluster'\''s part'
istioctl install --context="${CTX_REMOTE_D}" --filename=remote-d/10-remote-cluster-5.yaml \
  --skip-confirmation

# istiod reads the cluster's services and pods, and signs certificates for them, by this secret.
step 25 external 'Give istiod access to remote-d'
istioctl create-remote-secret --context="${CTX_REMOTE_D}" --type=remote \
  --namespace=external-istiod --create-service-account=false --name=remote-d |
  kubectl apply --context="${CTX_EXTERNAL}" --filename=-

# Gateways and workloads that start earlier would never get their proxy.
step 26 remote-d 'Wait until pods are injected'
await_injection "${CTX_REMOTE_D}" external-istiod sidecar.istio.io/inject=true

# Takes requests from outside of the mesh.
step 27 config 'Install the ingress gateway'
istioctl manifest generate --filename=config/15-istio-ingressgateway.yaml |
  kubectl apply --context="${CTX_CONFIG}" --filename=-
kubectl rollout status deployment/istio-ingressgateway --context="${CTX_CONFIG}" \
  --namespace=external-istiod --timeout=5m

# Takes requests from other networks to workloads on network1.
step 28 config 'Install the east-west gateway'
istioctl manifest generate --filename=config/20-eastwest-gateway-1.yaml |
  kubectl apply --context="${CTX_CONFIG}" --filename=-
kubectl rollout status deployment/istio-eastwestgateway --context="${CTX_CONFIG}" \
  --namespace=external-istiod --timeout=5m

# istiod sends it to the other networks' proxies; without it they send requests nowhere.
step 29 config 'Wait for the east-west gateway'\''s address'
await_load_balancer "${CTX_CONFIG}" external-istiod istio-eastwestgateway

# Takes requests from other networks to workloads on network2.
step 30 remote-b 'Install the east-west gateway'
istioctl manifest generate --filename=remote-b/15-eastwest-gateway-3.yaml |
  kubectl apply --context="${CTX_REMOTE_B}" --filename=-
kubectl rollout status deployment/istio-eastwestgateway --context="${CTX_REMOTE_B}" \
  --namespace=external-istiod --timeout=5m

# istiod sends it to the other networks' proxies; without it they send requests nowhere.
step 31 remote-b 'Wait for the east-west gateway'\''s address'
await_load_balancer "${CTX_REMOTE_B}" external-istiod istio-eastwestgateway

# Takes requests from other networks to workloads on network3.
step 32 remote-c 'Install the east-west gateway'
helm upgrade --install istio-eastwestgateway gateway --kube-context="${CTX_REMOTE_C}" \
  --repo="${ISTIO_CHARTS}" --version=1.31.1 --namespace=external-istiod \
  --values=remote-c/15-istio-eastwestgateway-values.yaml
kubectl rollout status deployment/istio-eastwestgateway --context="${CTX_REMOTE_C}" \
  --namespace=external-istiod --timeout=5m

# istiod sends it to the other networks' proxies; without it they send requests nowhere.
step 33 remote-c 'Wait for the east-west gateway'\''s address'
await_load_balancer "${CTX_REMOTE_C}" external-istiod istio-eastwestgateway

# Lets the east-west gateways pass on requests to every service of the mesh; mTLS stays unbroken.
step 34 config 'Expose the mesh'\''s services to its other networks'
kubectl apply --context="${CTX_CONFIG}" --namespace=external-istiod \
  --filename=config/25-expose-services.yaml

# Home of the sample. Pods in it are injected, and so join the mesh.
step 35 config 'Make namespace sample'
ensure_namespace "${CTX_CONFIG}" sample config/30-namespace-sample.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 36 config 'Deploy helloworld-v1'
kubectl apply --context="${CTX_CONFIG}" --namespace=sample --filename=config/35-helloworld.yaml
kubectl rollout status deployment/helloworld-v1 --context="${CTX_CONFIG}" --namespace=sample \
  --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 37 config 'Deploy curl'
kubectl apply --context="${CTX_CONFIG}" --namespace=sample --filename=config/40-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_CONFIG}" --namespace=sample --timeout=5m

# Home of the sample. Pods in it are injected, and so join the mesh.
step 38 remote-a 'Make namespace sample'
ensure_namespace "${CTX_REMOTE_A}" sample remote-a/15-namespace-sample.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 39 remote-a 'Deploy helloworld-v1'
kubectl apply --context="${CTX_REMOTE_A}" --namespace=sample \
  --filename=remote-a/20-helloworld.yaml
kubectl rollout status deployment/helloworld-v1 --context="${CTX_REMOTE_A}" --namespace=sample \
  --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 40 remote-a 'Deploy curl'
kubectl apply --context="${CTX_REMOTE_A}" --namespace=sample --filename=remote-a/25-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_REMOTE_A}" --namespace=sample --timeout=5m

# Home of the sample. Pods in it are injected, and so join the mesh.
step 41 remote-b 'Make namespace sample'
ensure_namespace "${CTX_REMOTE_B}" sample remote-b/20-namespace-sample.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 42 remote-b 'Deploy helloworld-v2'
kubectl apply --context="${CTX_REMOTE_B}" --namespace=sample \
  --filename=remote-b/25-helloworld.yaml
kubectl rollout status deployment/helloworld-v2 --context="${CTX_REMOTE_B}" --namespace=sample \
  --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 43 remote-b 'Deploy curl'
kubectl apply --context="${CTX_REMOTE_B}" --namespace=sample --filename=remote-b/30-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_REMOTE_B}" --namespace=sample --timeout=5m

# Home of the sample. Pods in it are injected, and so join the mesh.
step 44 remote-c 'Make namespace sample'
ensure_namespace "${CTX_REMOTE_C}" sample remote-c/20-namespace-sample.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 45 remote-c 'Deploy helloworld-v2'
kubectl apply --context="${CTX_REMOTE_C}" --namespace=sample \
  --filename=remote-c/25-helloworld.yaml
kubectl rollout status deployment/helloworld-v2 --context="${CTX_REMOTE_C}" --namespace=sample \
  --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 46 remote-c 'Deploy curl'
kubectl apply --context="${CTX_REMOTE_C}" --namespace=sample --filename=remote-c/30-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_REMOTE_C}" --namespace=sample --timeout=5m

# Home of the sample. Pods in it are injected, and so join the mesh.
step 47 remote-d 'Make namespace sample'
ensure_namespace "${CTX_REMOTE_D}" sample remote-d/15-namespace-sample.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 48 remote-d 'Deploy helloworld-v2'
kubectl apply --context="${CTX_REMOTE_D}" --namespace=sample \
  --filename=remote-d/20-helloworld.yaml
kubectl rollout status deployment/helloworld-v2 --context="${CTX_REMOTE_D}" --namespace=sample \
  --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 49 remote-d 'Deploy curl'
kubectl apply --context="${CTX_REMOTE_D}" --namespace=sample --filename=remote-d/25-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_REMOTE_D}" --namespace=sample --timeout=5m

# Shows the mesh to the outside.
step 50 config 'Route requests to the sample'
kubectl apply --context="${CTX_CONFIG}" --namespace=sample \
  --filename=config/45-helloworld-gateway.yaml

printf '%s\n' 'Installed. verify.sh looks whether it works.'
