#!/usr/bin/env bash
# Installs the mesh with Istio 1.28.10. Run it again after a failure: it goes on where it has to.
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

# Makes the account by which istiods of other clusters read this one, unless the operator has made it.
ensure_reader() {
  local context=$1 namespace=$2
  if kubectl get serviceaccount istio-reader-service-account --namespace="${namespace}" --context="${context}" \
    >/dev/null 2>&1; then
    return
  fi
  kubectl create serviceaccount istio-reader-service-account --namespace="${namespace}" --dry-run=client --output=yaml |
    kubectl annotate --local --filename=- meshwright/created-by=install.sh --output=yaml |
    kubectl create --context="${context}" --filename=-
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
require_istioctl 1.28.10
require_cluster "${CTX_HUB}"
require_sail "${CTX_HUB}" v1.28.10
require_cluster "${CTX_SHOP}"
require_sail "${CTX_SHOP}" v1.28.10
require_cluster "${CTX_STOCK}"
require_sail "${CTX_STOCK}" v1.28.10

# Home of the gateway that exposes istiod.
step 1 hub 'Make namespace istio-system'
ensure_namespace "${CTX_HUB}" istio-system hub/05-namespace-istio-system.yaml

# Drives the gateway through which the remote clusters reach the mesh's istiod.
step 2 hub 'Install an istiod for the gateway'
kubectl apply --context="${CTX_HUB}" --filename=hub/10-istio-default.yaml
kubectl wait istios/default --context="${CTX_HUB}" --for=condition=Ready --timeout=5m

# The gateway through which the remote clusters reach istiod.
step 3 hub 'Install the gateway that exposes istiod'
helm upgrade --install istio-ingressgateway gateway --kube-context="${CTX_HUB}" \
  --repo="${ISTIO_CHARTS}" --version=1.28.10 --namespace=istio-system \
  --values=hub/15-istio-ingressgateway-values.yaml
kubectl rollout status deployment/istio-ingressgateway --context="${CTX_HUB}" \
  --namespace=istio-system --timeout=5m

# Everything that follows reaches istiod by this address.
step 4 hub 'Wait for the gateway'\''s address'
expect_address "${CTX_HUB}" istio-system istio-ingressgateway 203.0.113.10

# Home of the mesh's configuration. Pods in it are on east.
step 5 shop 'Make namespace retail-istiod'
ensure_namespace "${CTX_SHOP}" retail-istiod shop/05-namespace-retail-istiod.yaml

# Home of Istio's CNI plugin.
step 6 shop 'Make namespace istio-cni'
ensure_namespace "${CTX_SHOP}" istio-cni shop/10-namespace-istio-cni.yaml

# OpenShift lets no pod set up its own network rules; this plugin does it for the mesh's.
step 7 shop 'Install Istio'\''s CNI plugin'
kubectl apply --context="${CTX_SHOP}" --filename=shop/15-istiocni.yaml
kubectl wait istiocnis/default --context="${CTX_SHOP}" --for=condition=Ready --timeout=5m

# Sends injection and validation to istiod on its own cluster, and holds the mesh's configuration.
step 8 shop 'Install the config cluster'\''s part'
kubectl apply --context="${CTX_SHOP}" --filename=shop/20-istio-retail.yaml
kubectl wait istios/retail --context="${CTX_SHOP}" --for=condition=Reconciled --timeout=5m

# Home of istiod.
step 9 hub 'Make namespace retail-istiod'
ensure_namespace "${CTX_HUB}" retail-istiod hub/20-namespace-retail-istiod.yaml

# istiod reads the mesh's configuration there; its account was made there together with the config
# cluster's part.
step 10 hub 'Give istiod access to shop'
istioctl create-remote-secret --context="${CTX_SHOP}" --type=config --namespace=retail-istiod \
  --create-service-account=false --service-account=istiod-retail |
  kubectl label --local --filename=- istio/multiCluster- --output=yaml |
  kubectl apply --context="${CTX_HUB}" --filename=-

# istiod for mesh retail. It calls itself shop, after its config cluster and not after the cluster
# that it runs on.
step 11 hub 'Install istiod'
kubectl apply --context="${CTX_HUB}" --filename=hub/25-istio-retail.yaml
kubectl wait istios/retail --context="${CTX_HUB}" --for=condition=Ready --timeout=5m

# From here on remote clusters reach istiod.
step 12 hub 'Route the gateway to istiod'
kubectl apply --context="${CTX_HUB}" --filename=hub/30-external-istiod-gw.yaml

# Gateways and workloads that start earlier would never get their proxy.
step 13 shop 'Wait until pods are injected'
await_injection "${CTX_SHOP}" retail-istiod istio.io/rev=retail

# Home of this cluster's gateways and of what leads to istiod. Pods in it are on west. Its
# annotation says which istiod is in charge of the cluster, the one that calls itself shop, and has
# to stand before istiod sees the cluster.
step 14 stock 'Make namespace retail-istiod'
ensure_namespace "${CTX_STOCK}" retail-istiod stock/05-namespace-retail-istiod.yaml

# Home of Istio's CNI plugin.
step 15 stock 'Make namespace istio-cni'
ensure_namespace "${CTX_STOCK}" istio-cni stock/10-namespace-istio-cni.yaml

# OpenShift lets no pod set up its own network rules; this plugin does it for the mesh's.
step 16 stock 'Install Istio'\''s CNI plugin'
kubectl apply --context="${CTX_STOCK}" --filename=stock/15-istiocni.yaml
kubectl wait istiocnis/default --context="${CTX_STOCK}" --for=condition=Ready --timeout=5m

# Sends injection to istiod on hub.
step 17 stock 'Install the remote cluster'\''s part'
kubectl apply --context="${CTX_STOCK}" --filename=stock/20-istio-retail.yaml
kubectl wait istios/retail --context="${CTX_STOCK}" --for=condition=Reconciled --timeout=5m

# The Sail operator makes it for revision “default” alone, and since its release 1.26.3; who comes
# before it would be in its way.
step 18 stock 'See to the account that istiod reads by'
ensure_reader "${CTX_STOCK}" retail-istiod

# istiod reads the cluster's services and pods, and signs certificates for them, by this secret.
step 19 hub 'Give istiod access to stock'
istioctl create-remote-secret --context="${CTX_STOCK}" --type=remote --namespace=retail-istiod \
  --create-service-account=false --server=https://10.0.0.5:6443 --name=stock |
  kubectl apply --context="${CTX_HUB}" --filename=-

# Gateways and workloads that start earlier would never get their proxy.
step 20 stock 'Wait until pods are injected'
await_injection "${CTX_STOCK}" retail-istiod istio.io/rev=retail

# Takes requests from outside of the mesh.
step 21 shop 'Install the ingress gateway'
helm upgrade --install istio-ingressgateway gateway --kube-context="${CTX_SHOP}" \
  --repo="${ISTIO_CHARTS}" --version=1.28.10 --namespace=retail-istiod \
  --values=shop/25-istio-ingressgateway-values.yaml
kubectl rollout status deployment/istio-ingressgateway --context="${CTX_SHOP}" \
  --namespace=retail-istiod --timeout=5m

# Lets requests out of the mesh at one place.
step 22 shop 'Install the egress gateway'
helm upgrade --install istio-egressgateway gateway --kube-context="${CTX_SHOP}" \
  --repo="${ISTIO_CHARTS}" --version=1.28.10 --namespace=retail-istiod \
  --values=shop/30-istio-egressgateway-values.yaml
kubectl rollout status deployment/istio-egressgateway --context="${CTX_SHOP}" \
  --namespace=retail-istiod --timeout=5m

# Takes requests from other networks to workloads on east.
step 23 shop 'Install the east-west gateway'
helm upgrade --install istio-eastwestgateway gateway --kube-context="${CTX_SHOP}" \
  --repo="${ISTIO_CHARTS}" --version=1.28.10 --namespace=retail-istiod \
  --values=shop/35-istio-eastwestgateway-values.yaml
kubectl rollout status deployment/istio-eastwestgateway --context="${CTX_SHOP}" \
  --namespace=retail-istiod --timeout=5m

# istiod sends it to the other networks' proxies; without it they send requests nowhere.
step 24 shop 'Wait for the east-west gateway'\''s address'
await_load_balancer "${CTX_SHOP}" retail-istiod istio-eastwestgateway

# Takes requests from other networks to workloads on west.
step 25 stock 'Install the east-west gateway'
helm upgrade --install istio-eastwestgateway gateway --kube-context="${CTX_STOCK}" \
  --repo="${ISTIO_CHARTS}" --version=1.28.10 --namespace=retail-istiod \
  --values=stock/25-istio-eastwestgateway-values.yaml
kubectl rollout status deployment/istio-eastwestgateway --context="${CTX_STOCK}" \
  --namespace=retail-istiod --timeout=5m

# istiod sends it to the other networks' proxies; without it they send requests nowhere.
step 26 stock 'Wait for the east-west gateway'\''s address'
await_load_balancer "${CTX_STOCK}" retail-istiod istio-eastwestgateway

# Lets the east-west gateways pass on requests to every service of the mesh; mTLS stays unbroken.
step 27 shop 'Expose the mesh'\''s services to its other networks'
kubectl apply --context="${CTX_SHOP}" --namespace=retail-istiod \
  --filename=shop/40-expose-services.yaml

# Home of the sample. Pods in it are injected, and so join the mesh.
step 28 shop 'Make namespace sample'
ensure_namespace "${CTX_SHOP}" sample shop/45-namespace-sample.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 29 shop 'Deploy helloworld-v1'
kubectl apply --context="${CTX_SHOP}" --namespace=sample --filename=shop/50-helloworld.yaml
kubectl rollout status deployment/helloworld-v1 --context="${CTX_SHOP}" --namespace=sample \
  --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 30 shop 'Deploy curl'
kubectl apply --context="${CTX_SHOP}" --namespace=sample --filename=shop/55-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_SHOP}" --namespace=sample --timeout=5m

# Home of the sample. Pods in it are injected, and so join the mesh.
step 31 stock 'Make namespace sample'
ensure_namespace "${CTX_STOCK}" sample stock/30-namespace-sample.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 32 stock 'Deploy helloworld-v2'
kubectl apply --context="${CTX_STOCK}" --namespace=sample --filename=stock/35-helloworld.yaml
kubectl rollout status deployment/helloworld-v2 --context="${CTX_STOCK}" --namespace=sample \
  --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 33 stock 'Deploy curl'
kubectl apply --context="${CTX_STOCK}" --namespace=sample --filename=stock/40-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_STOCK}" --namespace=sample --timeout=5m

# Shows the mesh to the outside.
step 34 shop 'Route requests to the sample'
kubectl apply --context="${CTX_SHOP}" --namespace=sample \
  --filename=shop/60-helloworld-gateway.yaml

printf '%s\n' 'Installed. verify.sh looks whether it works.'
