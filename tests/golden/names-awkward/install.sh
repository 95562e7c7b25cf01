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
require_tool helm
require_istioctl 1.31.1
require_cluster "${CTX_1E3}"
require_cluster "${CTX_ON}"
require_cluster "${CTX_NULL}"
require_cluster "${CTX_0X1F}"

# Home of the gateway that exposes istiod.
step 1 1e3 'Make namespace istio-system'
ensure_namespace "${CTX_1E3}" istio-system 1e3/05-namespace-istio-system.yaml

# The gateway through which the remote clusters reach istiod, and an istiod of its own to drive it.
step 2 1e3 'Install the gateway that exposes istiod'
istioctl install --context="${CTX_1E3}" --filename=1e3/10-controlplane-gateway.yaml \
  --skip-confirmation

# Everything that follows reaches istiod by this address.
step 3 1e3 'Wait for the gateway'\''s address'
point_name "${CTX_1E3}" istio-system istio-ingressgateway 1e3.example

# The gateway shows its certificate to everyone who asks for 1e3.example; you make it, since only
# you can prove that the name is yours.
step 4 1e3 'Look for the TLS secret'
require_tls_secret "${CTX_1E3}" istio-system true 1e3.example

# Home of the mesh's configuration. Pods in it are on 1e3.
step 5 on 'Make namespace off'
ensure_namespace "${CTX_ON}" off on/05-namespace-off.yaml

# Sends injection and validation to istiod on its own cluster, and holds the mesh's configuration.
step 6 on 'Install the config cluster'\''s part'
istioctl install --context="${CTX_ON}" --filename=on/10-remote-config-cluster.yaml \
  --skip-confirmation

# Home of istiod.
step 7 1e3 'Make namespace off'
ensure_namespace "${CTX_1E3}" off 1e3/15-namespace-off.yaml

# istiod reads the mesh's configuration there; its account was made there together with the config
# cluster's part.
step 8 1e3 'Give istiod access to on'
istioctl create-remote-secret --context="${CTX_ON}" --type=config --namespace=off \
  --create-service-account=false --service-account=istiod-on-2024 |
  kubectl label --local --filename=- istio/multiCluster- --output=yaml |
  kubectl apply --context="${CTX_1E3}" --filename=-

# istiod for mesh 1_000. It calls itself on, after its config cluster and not after the cluster that
# it runs on.
step 9 1e3 'Install istiod'
istioctl install --context="${CTX_1E3}" --filename=1e3/20-external-istiod.yaml --skip-confirmation

# Since Istio 1.21 the gateway verifies the certificate that istiod shows it, and the mesh's own CA
# signed that; without it every request ends in 503.
step 10 1e3 'Give the gateway the mesh'\''s CA'
copy_ca "${CTX_ON}" off istio-ca-root-cert "${CTX_1E3}" istio-system off-ca

# From here on remote clusters reach istiod.
step 11 1e3 'Route the gateway to istiod'
kubectl apply --context="${CTX_1E3}" --filename=1e3/25-external-istiod-gw.yaml

# Gateways and workloads that start earlier would never get their proxy.
step 12 on 'Wait until pods are injected'
await_injection "${CTX_ON}" off istio.io/rev=on-2024

# Home of this cluster's gateways and of what leads to istiod. Pods in it are on 2024-01-01. Its
# annotation says which istiod is in charge of the cluster, the one that calls itself on, and has to
# stand before istiod sees the cluster.
step 13 null 'Make namespace off'
ensure_namespace "${CTX_NULL}" off null/05-namespace-off.yaml

# Sends injection to istiod on 1e3.
step 14 null 'Install the remote cluster'\''s part'
istioctl install --context="${CTX_NULL}" --filename=null/10-second-remote-cluster.yaml \
  --skip-confirmation

# istiod reads the cluster's services and pods, and signs certificates for them, by this secret.
step 15 1e3 'Give istiod access to null'
istioctl create-remote-secret --context="${CTX_NULL}" --type=remote --namespace=off \
  --create-service-account=false --name=null |
  kubectl apply --context="${CTX_1E3}" --filename=-

# Gateways and workloads that start earlier would never get their proxy.
step 16 null 'Wait until pods are injected'
await_injection "${CTX_NULL}" off istio.io/rev=on-2024

# Home of this cluster's gateways and of what leads to istiod. Pods in it are on null. Its
# annotation says which istiod is in charge of the cluster, the one that calls itself on, and has to
# stand before istiod sees the cluster.
step 17 0x1f 'Make namespace off'
ensure_namespace "${CTX_0X1F}" off 0x1f/05-namespace-off.yaml

# Sends injection to istiod on 1e3.
step 18 0x1f 'Install the remote cluster'\''s part'
istioctl install --context="${CTX_0X1F}" --filename=0x1f/10-remote-cluster-3.yaml \
  --skip-confirmation

# istiod reads the cluster's services and pods, and signs certificates for them, by this secret.
step 19 1e3 'Give istiod access to 0x1f'
istioctl create-remote-secret --context="${CTX_0X1F}" --type=remote --namespace=off \
  --create-service-account=false --name=0x1f |
  kubectl apply --context="${CTX_1E3}" --filename=-

# Gateways and workloads that start earlier would never get their proxy.
step 20 0x1f 'Wait until pods are injected'
await_injection "${CTX_0X1F}" off istio.io/rev=on-2024

# Takes requests from outside of the mesh.
step 21 on 'Install the ingress gateway'
istioctl manifest generate --filename=on/15-istio-ingressgateway.yaml |
  kubectl apply --context="${CTX_ON}" --filename=-
kubectl rollout status deployment/istio-ingressgateway --context="${CTX_ON}" --namespace=off \
  --timeout=5m

# Takes requests from other networks to workloads on 1e3.
step 22 on 'Install the east-west gateway'
istioctl manifest generate --filename=on/20-eastwest-gateway-1.yaml |
  kubectl apply --context="${CTX_ON}" --filename=-
kubectl rollout status deployment/istio-eastwestgateway --context="${CTX_ON}" --namespace=off \
  --timeout=5m

# istiod sends it to the other networks' proxies; without it they send requests nowhere.
step 23 on 'Wait for the east-west gateway'\''s address'
await_load_balancer "${CTX_ON}" off istio-eastwestgateway

# Takes requests from other networks to workloads on 2024-01-01.
step 24 null 'Install the east-west gateway'
helm upgrade --install istio-eastwestgateway gateway --kube-context="${CTX_NULL}" \
  --repo="${ISTIO_CHARTS}" --version=1.31.1 --namespace=off \
  --values=null/15-istio-eastwestgateway-values.yaml
kubectl rollout status deployment/istio-eastwestgateway --context="${CTX_NULL}" --namespace=off \
  --timeout=5m

# istiod sends it to the other networks' proxies; without it they send requests nowhere.
step 25 null 'Wait for the east-west gateway'\''s address'
await_load_balancer "${CTX_NULL}" off istio-eastwestgateway

# Takes requests from other networks to workloads on null.
step 26 0x1f 'Install the east-west gateway'
istioctl manifest generate --filename=0x1f/15-eastwest-gateway-3.yaml |
  kubectl apply --context="${CTX_0X1F}" --filename=-
kubectl rollout status deployment/istio-eastwestgateway --context="${CTX_0X1F}" --namespace=off \
  --timeout=5m

# istiod sends it to the other networks' proxies; without it they send requests nowhere.
step 27 0x1f 'Wait for the east-west gateway'\''s address'
await_load_balancer "${CTX_0X1F}" off istio-eastwestgateway

# Lets the east-west gateways pass on requests to every service of the mesh; mTLS stays unbroken.
step 28 on 'Expose the mesh'\''s services to its other networks'
kubectl apply --context="${CTX_ON}" --namespace=off --filename=on/25-expose-services.yaml

# Home of the sample. Pods in it are injected, and so join the mesh.
step 29 on 'Make namespace y'
ensure_namespace "${CTX_ON}" y on/30-namespace-y.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 30 on 'Deploy helloworld-v1'
kubectl apply --context="${CTX_ON}" --namespace=y --filename=on/35-helloworld.yaml
kubectl rollout status deployment/helloworld-v1 --context="${CTX_ON}" --namespace=y --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 31 on 'Deploy curl'
kubectl apply --context="${CTX_ON}" --namespace=y --filename=on/40-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_ON}" --namespace=y --timeout=5m

# Home of the sample. Pods in it are injected, and so join the mesh.
step 32 null 'Make namespace y'
ensure_namespace "${CTX_NULL}" y null/20-namespace-y.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 33 null 'Deploy helloworld-v2'
kubectl apply --context="${CTX_NULL}" --namespace=y --filename=null/25-helloworld.yaml
kubectl rollout status deployment/helloworld-v2 --context="${CTX_NULL}" --namespace=y --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 34 null 'Deploy curl'
kubectl apply --context="${CTX_NULL}" --namespace=y --filename=null/30-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_NULL}" --namespace=y --timeout=5m

# Home of the sample. Pods in it are injected, and so join the mesh.
step 35 0x1f 'Make namespace y'
ensure_namespace "${CTX_0X1F}" y 0x1f/20-namespace-y.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 36 0x1f 'Deploy helloworld-v2'
kubectl apply --context="${CTX_0X1F}" --namespace=y --filename=0x1f/25-helloworld.yaml
kubectl rollout status deployment/helloworld-v2 --context="${CTX_0X1F}" --namespace=y --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 37 0x1f 'Deploy curl'
kubectl apply --context="${CTX_0X1F}" --namespace=y --filename=0x1f/30-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_0X1F}" --namespace=y --timeout=5m

# Shows the mesh to the outside.
step 38 on 'Route requests to the sample'
kubectl apply --context="${CTX_ON}" --namespace=y --filename=on/45-helloworld-gateway.yaml

printf '%s\n' 'Installed. verify.sh looks whether it works.'
