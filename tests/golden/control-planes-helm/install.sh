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
require_cluster "${CTX_EXTERNAL_CLUSTER}"
require_cluster "${CTX_CLUSTER1}"
require_cluster "${CTX_CLUSTER2}"

# Home of the gateway that exposes istiod.
step 1 external-cluster 'Make namespace istio-system'
ensure_namespace "${CTX_EXTERNAL_CLUSTER}" istio-system \
  external-cluster/05-namespace-istio-system.yaml

# Istio's kinds, which everything after needs.
step 2 external-cluster 'Install Istio'\''s kinds'
helm upgrade --install istio-base base --kube-context="${CTX_EXTERNAL_CLUSTER}" \
  --repo="${ISTIO_CHARTS}" --version=1.31.1 --namespace=istio-system \
  --values=external-cluster/10-base-values.yaml

# Drives the gateway through which the remote clusters reach the mesh's istiod.
step 3 external-cluster 'Install an istiod for the gateway'
helm upgrade --install istiod istiod --kube-context="${CTX_EXTERNAL_CLUSTER}" \
  --repo="${ISTIO_CHARTS}" --version=1.31.1 --namespace=istio-system \
  --values=external-cluster/15-istiod-values.yaml
kubectl rollout status deployment/istiod --context="${CTX_EXTERNAL_CLUSTER}" \
  --namespace=istio-system --timeout=5m

# The gateway through which the remote clusters reach istiod.
step 4 external-cluster 'Install the gateway that exposes istiod'
helm upgrade --install istio-ingressgateway gateway --kube-context="${CTX_EXTERNAL_CLUSTER}" \
  --repo="${ISTIO_CHARTS}" --version=1.31.1 --namespace=istio-system \
  --values=external-cluster/20-istio-ingressgateway-values.yaml
kubectl rollout status deployment/istio-ingressgateway --context="${CTX_EXTERNAL_CLUSTER}" \
  --namespace=istio-system --timeout=5m

# Everything that follows reaches istiod by this address.
step 5 external-cluster 'Wait for the gateway'\''s address'
expect_address "${CTX_EXTERNAL_CLUSTER}" istio-system istio-ingressgateway 192.0.2.10

# Home of the mesh's configuration. Pods in it are on network1.
step 6 cluster1 'Make namespace external-istiod'
ensure_namespace "${CTX_CLUSTER1}" external-istiod cluster1/05-namespace-external-istiod.yaml

# Istio's kinds, which everything after needs.
step 7 cluster1 'Install Istio'\''s kinds'
helm upgrade --install istio-base base --kube-context="${CTX_CLUSTER1}" --repo="${ISTIO_CHARTS}" \
  --version=1.31.1 --namespace=external-istiod --values=cluster1/10-base-values.yaml

# Sends injection and validation to istiod on its own cluster, and holds the mesh's configuration.
step 8 cluster1 'Install the config cluster'\''s part'
helm upgrade --install istiod istiod --kube-context="${CTX_CLUSTER1}" --repo="${ISTIO_CHARTS}" \
  --version=1.31.1 --namespace=external-istiod --values=cluster1/15-istiod-values.yaml

# Home of istiod.
step 9 external-cluster 'Make namespace external-istiod'
ensure_namespace "${CTX_EXTERNAL_CLUSTER}" external-istiod \
  external-cluster/25-namespace-external-istiod.yaml

# istiod reads the mesh's configuration there; its account was made there together with the config
# cluster's part.
step 10 external-cluster 'Give istiod access to cluster1'
istioctl create-remote-secret --context="${CTX_CLUSTER1}" --type=config \
  --namespace=external-istiod --create-service-account=false --service-account=istiod-stable |
  kubectl label --local --filename=- istio/multiCluster- --output=yaml |
  kubectl apply --context="${CTX_EXTERNAL_CLUSTER}" --filename=-

# istiod for mesh mesh1. It calls itself cluster1, after its config cluster and not after the
# cluster that it runs on.
step 11 external-cluster 'Install istiod'
helm upgrade --install istiod istiod --kube-context="${CTX_EXTERNAL_CLUSTER}" \
  --repo="${ISTIO_CHARTS}" --version=1.31.1 --namespace=external-istiod \
  --values=external-cluster/30-istiod-external-values.yaml
kubectl rollout status deployment/istiod-stable --context="${CTX_EXTERNAL_CLUSTER}" \
  --namespace=external-istiod --timeout=5m

# From here on remote clusters reach istiod.
step 12 external-cluster 'Route the gateway to istiod'
kubectl apply --context="${CTX_EXTERNAL_CLUSTER}" \
  --filename=external-cluster/35-external-istiod-gw.yaml

# Gateways and workloads that start earlier would never get their proxy.
step 13 cluster1 'Wait until pods are injected'
await_injection "${CTX_CLUSTER1}" external-istiod istio.io/rev=stable

# Home of this cluster's gateways and of what leads to istiod. Pods in it are on network2. Its
# annotation says which istiod is in charge of the cluster, the one that calls itself cluster1, and
# has to stand before istiod sees the cluster.
step 14 cluster2 'Make namespace external-istiod'
ensure_namespace "${CTX_CLUSTER2}" external-istiod cluster2/05-namespace-external-istiod.yaml

# Istio's kinds, which everything after needs.
step 15 cluster2 'Install Istio'\''s kinds'
helm upgrade --install istio-base base --kube-context="${CTX_CLUSTER2}" --repo="${ISTIO_CHARTS}" \
  --version=1.31.1 --namespace=external-istiod --values=cluster2/10-base-values.yaml

# Sends injection to istiod on external-cluster.
step 16 cluster2 'Install the remote cluster'\''s part'
helm upgrade --install istiod istiod --kube-context="${CTX_CLUSTER2}" --repo="${ISTIO_CHARTS}" \
  --version=1.31.1 --namespace=external-istiod --values=cluster2/15-istiod-values.yaml

# istiod reads the cluster's services and pods, and signs certificates for them, by this secret.
step 17 external-cluster 'Give istiod access to cluster2'
istioctl create-remote-secret --context="${CTX_CLUSTER2}" --type=remote \
  --namespace=external-istiod --create-service-account=false --name=cluster2 |
  kubectl apply --context="${CTX_EXTERNAL_CLUSTER}" --filename=-

# Gateways and workloads that start earlier would never get their proxy.
step 18 cluster2 'Wait until pods are injected'
await_injection "${CTX_CLUSTER2}" external-istiod istio.io/rev=stable

# Takes requests from outside of the mesh.
step 19 cluster1 'Install the ingress gateway'
helm upgrade --install istio-ingressgateway gateway --kube-context="${CTX_CLUSTER1}" \
  --repo="${ISTIO_CHARTS}" --version=1.31.1 --namespace=external-istiod \
  --values=cluster1/20-istio-ingressgateway-values.yaml
kubectl rollout status deployment/istio-ingressgateway --context="${CTX_CLUSTER1}" \
  --namespace=external-istiod --timeout=5m

# Takes requests from other networks to workloads on network1.
step 20 cluster1 'Install the east-west gateway'
helm upgrade --install istio-eastwestgateway gateway --kube-context="${CTX_CLUSTER1}" \
  --repo="${ISTIO_CHARTS}" --version=1.31.1 --namespace=external-istiod \
  --values=cluster1/25-istio-eastwestgateway-values.yaml
kubectl rollout status deployment/istio-eastwestgateway --context="${CTX_CLUSTER1}" \
  --namespace=external-istiod --timeout=5m

# istiod sends it to the other networks' proxies; without it they send requests nowhere.
step 21 cluster1 'Wait for the east-west gateway'\''s address'
await_load_balancer "${CTX_CLUSTER1}" external-istiod istio-eastwestgateway

# Takes requests from other networks to workloads on network2.
step 22 cluster2 'Install the east-west gateway'
helm upgrade --install istio-eastwestgateway gateway --kube-context="${CTX_CLUSTER2}" \
  --repo="${ISTIO_CHARTS}" --version=1.31.1 --namespace=external-istiod \
  --values=cluster2/20-istio-eastwestgateway-values.yaml
kubectl rollout status deployment/istio-eastwestgateway --context="${CTX_CLUSTER2}" \
  --namespace=external-istiod --timeout=5m

# istiod sends it to the other networks' proxies; without it they send requests nowhere.
step 23 cluster2 'Wait for the east-west gateway'\''s address'
await_load_balancer "${CTX_CLUSTER2}" external-istiod istio-eastwestgateway

# Lets the east-west gateways pass on requests to every service of the mesh; mTLS stays unbroken.
step 24 cluster1 'Expose the mesh'\''s services to its other networks'
kubectl apply --context="${CTX_CLUSTER1}" --namespace=external-istiod \
  --filename=cluster1/30-expose-services.yaml

# Home of the sample. Pods in it are injected, and so join the mesh.
step 25 cluster1 'Make namespace sample'
ensure_namespace "${CTX_CLUSTER1}" sample cluster1/35-namespace-sample.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 26 cluster1 'Deploy helloworld-v1'
kubectl apply --context="${CTX_CLUSTER1}" --namespace=sample \
  --filename=cluster1/40-helloworld.yaml
kubectl rollout status deployment/helloworld-v1 --context="${CTX_CLUSTER1}" --namespace=sample \
  --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 27 cluster1 'Deploy curl'
kubectl apply --context="${CTX_CLUSTER1}" --namespace=sample --filename=cluster1/45-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_CLUSTER1}" --namespace=sample --timeout=5m

# Home of the sample. Pods in it are injected, and so join the mesh.
step 28 cluster2 'Make namespace sample'
ensure_namespace "${CTX_CLUSTER2}" sample cluster2/25-namespace-sample.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 29 cluster2 'Deploy helloworld-v2'
kubectl apply --context="${CTX_CLUSTER2}" --namespace=sample \
  --filename=cluster2/30-helloworld.yaml
kubectl rollout status deployment/helloworld-v2 --context="${CTX_CLUSTER2}" --namespace=sample \
  --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 30 cluster2 'Deploy curl'
kubectl apply --context="${CTX_CLUSTER2}" --namespace=sample --filename=cluster2/35-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_CLUSTER2}" --namespace=sample --timeout=5m

# Shows the mesh to the outside.
step 31 cluster1 'Route requests to the sample'
kubectl apply --context="${CTX_CLUSTER1}" --namespace=sample \
  --filename=cluster1/50-helloworld-gateway.yaml

printf '%s\n' 'Installed. verify.sh looks whether it works.'
