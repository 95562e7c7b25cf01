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
require_istioctl 1.31.1
require_cluster "${CTX_EXTERNAL_CP_CLUSTER}"
require_cluster "${CTX_USER_CLUSTER}"

# Home of the gateway that exposes istiod.
step 1 external-cp-cluster 'Make namespace istio-system'
ensure_namespace "${CTX_EXTERNAL_CP_CLUSTER}" istio-system \
  external-cp-cluster/05-namespace-istio-system.yaml

# The gateway through which the remote clusters reach istiod, and an istiod of its own to drive it.
step 2 external-cp-cluster 'Install the gateway that exposes istiod'
istioctl install --context="${CTX_EXTERNAL_CP_CLUSTER}" \
  --filename=external-cp-cluster/10-controlplane-gateway.yaml --skip-confirmation

# Everything that follows reaches istiod by this address.
step 3 external-cp-cluster 'Wait for the gateway'\''s address'
point_name "${CTX_EXTERNAL_CP_CLUSTER}" istio-system istio-ingressgateway \
  myexternal-istiod.cloud.com

# The gateway shows its certificate to everyone who asks for myexternal-istiod.cloud.com; you make
# it, since only you can prove that the name is yours.
step 4 external-cp-cluster 'Look for the TLS secret'
require_tls_secret "${CTX_EXTERNAL_CP_CLUSTER}" istio-system myexternal-istiod-secret \
  myexternal-istiod.cloud.com

# Home of the mesh's configuration. Pods in it are on network1.
step 5 user-cluster 'Make namespace external-istiod'
ensure_namespace "${CTX_USER_CLUSTER}" external-istiod \
  user-cluster/05-namespace-external-istiod.yaml

# Sends injection and validation to istiod on its own cluster, and holds the mesh's configuration.
step 6 user-cluster 'Install the config cluster'\''s part'
istioctl install --context="${CTX_USER_CLUSTER}" \
  --filename=user-cluster/10-remote-config-cluster.yaml --skip-confirmation

# Home of istiod.
step 7 external-cp-cluster 'Make namespace external-istiod'
ensure_namespace "${CTX_EXTERNAL_CP_CLUSTER}" external-istiod \
  external-cp-cluster/15-namespace-external-istiod.yaml

# istiod reads the mesh's configuration there; its account was made there together with the config
# cluster's part.
step 8 external-cp-cluster 'Give istiod access to user-cluster'
istioctl create-remote-secret --context="${CTX_USER_CLUSTER}" --type=config \
  --namespace=external-istiod --create-service-account=false --service-account=istiod |
  kubectl label --local --filename=- istio/multiCluster- --output=yaml |
  kubectl apply --context="${CTX_EXTERNAL_CP_CLUSTER}" --filename=-

# istiod for mesh mesh1. It calls itself user-cluster, after its config cluster and not after the
# cluster that it runs on.
step 9 external-cp-cluster 'Install istiod'
istioctl install --context="${CTX_EXTERNAL_CP_CLUSTER}" \
  --filename=external-cp-cluster/20-external-istiod.yaml --skip-confirmation

# Since Istio 1.21 the gateway verifies the certificate that istiod shows it, and the mesh's own CA
# signed that; without it every request ends in 503.
step 10 external-cp-cluster 'Give the gateway the mesh'\''s CA'
copy_ca "${CTX_USER_CLUSTER}" external-istiod istio-ca-root-cert "${CTX_EXTERNAL_CP_CLUSTER}" \
  istio-system external-istiod-ca

# From here on remote clusters reach istiod.
step 11 external-cp-cluster 'Route the gateway to istiod'
kubectl apply --context="${CTX_EXTERNAL_CP_CLUSTER}" \
  --filename=external-cp-cluster/25-external-istiod-gw.yaml

# Gateways and workloads that start earlier would never get their proxy.
step 12 user-cluster 'Wait until pods are injected'
await_injection "${CTX_USER_CLUSTER}" external-istiod sidecar.istio.io/inject=true

# Takes requests from outside of the mesh.
step 13 user-cluster 'Install the ingress gateway'
istioctl manifest generate --filename=user-cluster/15-istio-ingressgateway.yaml |
  kubectl apply --context="${CTX_USER_CLUSTER}" --filename=-
kubectl rollout status deployment/istio-ingressgateway --context="${CTX_USER_CLUSTER}" \
  --namespace=external-istiod --timeout=5m

# Home of the sample. Pods in it are injected, and so join the mesh.
step 14 user-cluster 'Make namespace sample'
ensure_namespace "${CTX_USER_CLUSTER}" sample user-cluster/20-namespace-sample.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 15 user-cluster 'Deploy helloworld-v1'
kubectl apply --context="${CTX_USER_CLUSTER}" --namespace=sample \
  --filename=user-cluster/25-helloworld.yaml
kubectl rollout status deployment/helloworld-v1 --context="${CTX_USER_CLUSTER}" --namespace=sample \
  --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 16 user-cluster 'Deploy curl'
kubectl apply --context="${CTX_USER_CLUSTER}" --namespace=sample \
  --filename=user-cluster/30-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_USER_CLUSTER}" --namespace=sample \
  --timeout=5m

# Shows the mesh to the outside.
step 17 user-cluster 'Route requests to the sample'
kubectl apply --context="${CTX_USER_CLUSTER}" --namespace=sample \
  --filename=user-cluster/35-helloworld-gateway.yaml

printf '%s\n' 'Installed. verify.sh looks whether it works.'
