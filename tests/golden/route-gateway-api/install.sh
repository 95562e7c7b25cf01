#!/usr/bin/env bash
# Installs the mesh with Istio 1.28.0. Run it again after a failure: it goes on where it has to.
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

# Says at what address a DNS name has to point. Whether it does is yours to see: names take their time.
point_name() {
  local address
  address="$(await_load_balancer "$1" "$2" "$3")"
  printf 'The gateway is at %s: the DNS name %s has to point there.\n' "${address}" "$4"
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

# Stops unless the gateway's TLS secret is there, and says how to make it.
require_tls_secret() {
  local context=$1 namespace=$2 secret=$3 host=$4
  kubectl get secret "${secret}" --namespace="${namespace}" --context="${context}" --output=name ||
    die "the gateway needs a certificate for ${host}, signed by a public CA. Make the secret, then run this again:" \
      "kubectl create secret tls ${secret} --namespace=${namespace} --context=${context} --cert=FILE --key=FILE"
}

# Stops unless the Gateway API's kinds are there.
require_gateway_api() {
  kubectl get crd gateways.gateway.networking.k8s.io --context="$1" --output=name ||
    die "the Gateway API is not installed here; how to: $2"
}

# Brings the CA that istiod publishes in a ConfigMap into a secret of another cluster, once it is there.
copy_ca() {
  local from=$1 from_namespace=$2 configmap=$3 to=$4 to_namespace=$5 secret=$6 ca='' tries=0
  while [ "${tries}" -lt 60 ]; do
    ca="$(kubectl get configmap "${configmap}" --namespace="${from_namespace}" --context="${from}" \
      --ignore-not-found --output=jsonpath='{.data.root-cert\.pem}')"
    [ -z "${ca}" ] || break
    tries=$((tries + 1))
    sleep 5
  done
  [ -n "${ca}" ] || die "istiod has not published ConfigMap ${configmap} in namespace ${from_namespace} after 5 minutes"
  kubectl create secret generic "${secret}" --namespace="${to_namespace}" \
    --from-literal=ca.crt="${ca}" --dry-run=client --output=yaml |
    kubectl apply --context="${to}" --filename=-
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
require_istioctl 1.28.0
require_cluster "${CTX_EXTERNAL_CLUSTER}"
require_cluster "${CTX_CLUSTER1}"

# Home of the gateway that exposes istiod.
step 1 external-cluster 'Make namespace istio-system'
ensure_namespace "${CTX_EXTERNAL_CLUSTER}" istio-system \
  external-cluster/05-namespace-istio-system.yaml

# The gateway through which the remote clusters reach istiod, and an istiod of its own to drive it.
step 2 external-cluster 'Install the gateway that exposes istiod'
istioctl install --context="${CTX_EXTERNAL_CLUSTER}" \
  --filename=external-cluster/10-controlplane-gateway.yaml --skip-confirmation

# Everything that follows reaches istiod by this address.
step 3 external-cluster 'Wait for the gateway'\''s address'
point_name "${CTX_EXTERNAL_CLUSTER}" istio-system istio-ingressgateway myhost.example.com

# The gateway shows its certificate to everyone who asks for myhost.example.com; you make it, since
# only you can prove that the name is yours.
step 4 external-cluster 'Look for the TLS secret'
require_tls_secret "${CTX_EXTERNAL_CLUSTER}" istio-system myhost-example-credential \
  myhost.example.com

# Home of the mesh's configuration. Pods in it are on network1.
step 5 cluster1 'Make namespace external-istiod'
ensure_namespace "${CTX_CLUSTER1}" external-istiod cluster1/05-namespace-external-istiod.yaml

# Sends injection and validation to istiod on its own cluster, and holds the mesh's configuration.
step 6 cluster1 'Install the config cluster'\''s part'
istioctl install --context="${CTX_CLUSTER1}" --filename=cluster1/10-remote-config-cluster.yaml \
  --skip-confirmation

# Home of istiod.
step 7 external-cluster 'Make namespace external-istiod'
ensure_namespace "${CTX_EXTERNAL_CLUSTER}" external-istiod \
  external-cluster/15-namespace-external-istiod.yaml

# istiod reads the mesh's configuration there; its account was made there together with the config
# cluster's part.
step 8 external-cluster 'Give istiod access to cluster1'
istioctl create-remote-secret --context="${CTX_CLUSTER1}" --type=config \
  --namespace=external-istiod --create-service-account=false --service-account=istiod |
  kubectl label --local --filename=- istio/multiCluster- --output=yaml |
  kubectl apply --context="${CTX_EXTERNAL_CLUSTER}" --filename=-

# istiod for mesh mesh1. It calls itself cluster1, after its config cluster and not after the
# cluster that it runs on.
step 9 external-cluster 'Install istiod'
istioctl install --context="${CTX_EXTERNAL_CLUSTER}" \
  --filename=external-cluster/20-external-istiod.yaml --skip-confirmation

# Since Istio 1.21 the gateway verifies the certificate that istiod shows it, and the mesh's own CA
# signed that; without it every request ends in 503.
step 10 external-cluster 'Give the gateway the mesh'\''s CA'
copy_ca "${CTX_CLUSTER1}" external-istiod istio-ca-root-cert "${CTX_EXTERNAL_CLUSTER}" \
  istio-system external-istiod-ca

# From here on remote clusters reach istiod.
step 11 external-cluster 'Route the gateway to istiod'
kubectl apply --context="${CTX_EXTERNAL_CLUSTER}" \
  --filename=external-cluster/25-external-istiod-gw.yaml

# Gateways and workloads that start earlier would never get their proxy.
step 12 cluster1 'Wait until pods are injected'
await_injection "${CTX_CLUSTER1}" external-istiod sidecar.istio.io/inject=true

# Home of the sample. Pods in it are injected, and so join the mesh.
step 13 cluster1 'Make namespace sample'
ensure_namespace "${CTX_CLUSTER1}" sample cluster1/15-namespace-sample.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 14 cluster1 'Deploy helloworld-v1'
kubectl apply --context="${CTX_CLUSTER1}" --namespace=sample \
  --filename=cluster1/20-helloworld.yaml
kubectl rollout status deployment/helloworld-v1 --context="${CTX_CLUSTER1}" --namespace=sample \
  --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 15 cluster1 'Deploy curl'
kubectl apply --context="${CTX_CLUSTER1}" --namespace=sample --filename=cluster1/25-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_CLUSTER1}" --namespace=sample --timeout=5m

# The sample's route is written in it, and Kubernetes does not bring it by itself.
step 16 cluster1 'Look for the Gateway API'
require_gateway_api "${CTX_CLUSTER1}" \
  https://istio.io/v1.28/docs/tasks/traffic-management/ingress/gateway-api/

# Shows the mesh to the outside.
step 17 cluster1 'Route requests to the sample'
kubectl apply --context="${CTX_CLUSTER1}" --namespace=sample \
  --filename=cluster1/30-helloworld-gateway.yaml

# istiod makes it, and it answers once it runs and has an address.
step 18 cluster1 'Wait for the sample'\''s gateway'
kubectl wait gateways.gateway.networking.k8s.io/helloworld-gateway --context="${CTX_CLUSTER1}" \
  --namespace=sample --for=condition=Programmed --timeout=5m
kubectl rollout status deployment/helloworld-gateway-istio --context="${CTX_CLUSTER1}" \
  --namespace=sample --timeout=5m

printf '%s\n' 'Installed. verify.sh looks whether it works.'
