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

# Makes the mesh's root certificate in a folder, unless it is there.
make_root() {
  local folder=$1 mesh=$2 root=root
  [ ! -f "${folder}/${root}-cert.pem" ] || return 0
  mkdir -p "${folder}" &&
    printf '%s\n' '[req]' 'distinguished_name = name' 'prompt = no' 'x509_extensions = ca' '[name]' 'O = Istio' \
      'CN = Root CA' "OU = ${mesh}" '[ca]' 'basicConstraints = critical, CA:true' \
      'keyUsage = critical, digitalSignature, nonRepudiation, keyEncipherment, keyCertSign' \
      'subjectKeyIdentifier = hash' >"${folder}/${root}.conf" &&
    openssl req -x509 -newkey rsa:4096 -nodes -sha256 -days 3650 -config "${folder}/${root}.conf" \
      -keyout "${folder}/${root}-key.pem" -out "${folder}/${root}-cert.new" &&
    mv "${folder}/${root}-cert.new" "${folder}/${root}-cert.pem"
}

# Makes a CA certificate for one istiod, signed by the mesh's root, which is made first if there is none.
# What is called with `||` runs without errexit: hence `&&`. A certificate gets its name last, when all
# that goes with it is there.
make_ca() {
  local folder=$1 cluster=$2 above=$3 mesh=$4 root=root
  command -v openssl >/dev/null 2>&1 ||
    die "openssl is needed for a CA certificate; or put your own into ${folder}"
  (
    umask 077
    mkdir -p "${folder}" && make_root "${above}" "${mesh}" &&
      printf '%s\n' '[req]' 'distinguished_name = name' 'prompt = no' '[name]' 'O = Istio' \
        'CN = Intermediate CA' "OU = ${mesh}" "L = ${cluster}" '[ca]' 'basicConstraints = critical, CA:true, pathlen:0' \
        'keyUsage = critical, digitalSignature, nonRepudiation, keyEncipherment, keyCertSign' \
        'subjectKeyIdentifier = hash' 'authorityKeyIdentifier = keyid' >"${folder}/ca.conf" &&
      openssl req -newkey rsa:4096 -nodes -sha256 -config "${folder}/ca.conf" \
        -keyout "${folder}/ca-key.pem" -out "${folder}/ca.csr" &&
      openssl x509 -req -sha256 -days 730 -in "${folder}/ca.csr" -CA "${above}/${root}-cert.pem" \
        -CAkey "${above}/${root}-key.pem" -CAcreateserial -extfile "${folder}/ca.conf" -extensions ca \
        -out "${folder}/ca-cert.new" &&
      cp "${above}/${root}-cert.pem" "${folder}/${root}-cert.pem" &&
      cat "${folder}/ca-cert.new" "${folder}/${root}-cert.pem" >"${folder}/cert-chain.pem" &&
      mv "${folder}/ca-cert.new" "${folder}/ca-cert.pem"
  ) || die "openssl could not make the CA certificate in ${folder}"
}

# Gives istiod the CA certificate in certs/MESH/CLUSTER, and makes one first if there is none. A secret that
# is there stays: another CA would have every workload refused until it has a new certificate.
ensure_cacerts() {
  local context=$1 namespace=$2 cluster=$3 mesh=$4 folder="certs/$4/$3" root=root
  if kubectl get secret cacerts --namespace="${namespace}" --context="${context}" >/dev/null 2>&1; then
    printf '%s\n' 'secret cacerts is there, and stays'
    return
  fi
  [ -f "${folder}/ca-cert.pem" ] || make_ca "${folder}" "${cluster}" "certs/${mesh}" "${mesh}"
  kubectl create secret generic cacerts --namespace="${namespace}" --dry-run=client --output=yaml \
    --from-file="${folder}/ca-cert.pem" --from-file="${folder}/ca-key.pem" \
    --from-file="${folder}/${root}-cert.pem" --from-file="${folder}/cert-chain.pem" |
    kubectl annotate --local --filename=- meshwright/created-by=install.sh --output=yaml |
    kubectl create --context="${context}" --filename=-
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
require_istioctl 1.30.3
require_cluster "${CTX_CLUSTER1}"
require_sail "${CTX_CLUSTER1}" v1.30.3
require_cluster "${CTX_CLUSTER2}"
require_sail "${CTX_CLUSTER2}" v1.30.3

# Home of istiod. Pods in it are on network1.
step 1 cluster1 'Make namespace istio-system'
ensure_namespace "${CTX_CLUSTER1}" istio-system cluster1/05-namespace-istio-system.yaml

# Control planes of one mesh sign with certificates of one root: workloads would refuse each other
# otherwise.
step 2 cluster1 'Give istiod its CA certificate'
ensure_cacerts "${CTX_CLUSTER1}" istio-system cluster1 mesh1

# istiod for mesh mesh1, on a cluster of that mesh.
step 3 cluster1 'Install the control plane'
kubectl apply --context="${CTX_CLUSTER1}" --filename=cluster1/10-istio-default.yaml
kubectl wait istios/default --context="${CTX_CLUSTER1}" --for=condition=Ready --timeout=5m

# Gateways and workloads that start earlier would never get their proxy.
step 4 cluster1 'Wait until pods are injected'
await_injection "${CTX_CLUSTER1}" istio-system sidecar.istio.io/inject=true

# Takes requests from outside of the mesh.
step 5 cluster1 'Install the ingress gateway'
helm upgrade --install istio-ingressgateway gateway --kube-context="${CTX_CLUSTER1}" \
  --repo="${ISTIO_CHARTS}" --version=1.30.3 --namespace=istio-system \
  --values=cluster1/15-istio-ingressgateway-values.yaml
kubectl rollout status deployment/istio-ingressgateway --context="${CTX_CLUSTER1}" \
  --namespace=istio-system --timeout=5m

# Home of istiod. Pods in it are on network1.
step 6 cluster2 'Make namespace istio-system'
ensure_namespace "${CTX_CLUSTER2}" istio-system cluster2/05-namespace-istio-system.yaml

# Control planes of one mesh sign with certificates of one root: workloads would refuse each other
# otherwise.
step 7 cluster2 'Give istiod its CA certificate'
ensure_cacerts "${CTX_CLUSTER2}" istio-system cluster2 mesh1

# istiod for mesh mesh1, on a cluster of that mesh.
step 8 cluster2 'Install the control plane'
kubectl apply --context="${CTX_CLUSTER2}" --filename=cluster2/10-istio-default.yaml
kubectl wait istios/default --context="${CTX_CLUSTER2}" --for=condition=Ready --timeout=5m

# Gateways and workloads that start earlier would never get their proxy.
step 9 cluster2 'Wait until pods are injected'
await_injection "${CTX_CLUSTER2}" istio-system sidecar.istio.io/inject=true

# Takes requests from outside of the mesh.
step 10 cluster2 'Install the ingress gateway'
helm upgrade --install istio-ingressgateway gateway --kube-context="${CTX_CLUSTER2}" \
  --repo="${ISTIO_CHARTS}" --version=1.30.3 --namespace=istio-system \
  --values=cluster2/15-istio-ingressgateway-values.yaml
kubectl rollout status deployment/istio-ingressgateway --context="${CTX_CLUSTER2}" \
  --namespace=istio-system --timeout=5m

# The Sail operator makes it for revision “default” alone, and since its release 1.26.3; who comes
# before it would be in its way.
step 11 cluster2 'See to the account that istiod reads by'
ensure_reader "${CTX_CLUSTER2}" istio-system

# istiod sends its proxies what runs there; another control plane manages the cluster.
step 12 cluster1 'Give istiod access to cluster2'
istioctl create-remote-secret --context="${CTX_CLUSTER2}" --type=remote --namespace=istio-system \
  --create-service-account=false --name=cluster2 |
  kubectl apply --context="${CTX_CLUSTER1}" --filename=-

# The Sail operator makes it for revision “default” alone, and since its release 1.26.3; who comes
# before it would be in its way.
step 13 cluster1 'See to the account that istiod reads by'
ensure_reader "${CTX_CLUSTER1}" istio-system

# istiod sends its proxies what runs there; another control plane manages the cluster.
step 14 cluster2 'Give istiod access to cluster1'
istioctl create-remote-secret --context="${CTX_CLUSTER1}" --type=remote --namespace=istio-system \
  --create-service-account=false --name=cluster1 |
  kubectl apply --context="${CTX_CLUSTER2}" --filename=-

# Home of the sample. Pods in it are injected, and so join the mesh.
step 15 cluster1 'Make namespace sample'
ensure_namespace "${CTX_CLUSTER1}" sample cluster1/20-namespace-sample.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 16 cluster1 'Deploy helloworld-v1'
kubectl apply --context="${CTX_CLUSTER1}" --namespace=sample \
  --filename=cluster1/25-helloworld.yaml
kubectl rollout status deployment/helloworld-v1 --context="${CTX_CLUSTER1}" --namespace=sample \
  --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 17 cluster1 'Deploy curl'
kubectl apply --context="${CTX_CLUSTER1}" --namespace=sample --filename=cluster1/30-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_CLUSTER1}" --namespace=sample --timeout=5m

# Home of the sample. Pods in it are injected, and so join the mesh.
step 18 cluster2 'Make namespace sample'
ensure_namespace "${CTX_CLUSTER2}" sample cluster2/20-namespace-sample.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 19 cluster2 'Deploy helloworld-v2'
kubectl apply --context="${CTX_CLUSTER2}" --namespace=sample \
  --filename=cluster2/25-helloworld.yaml
kubectl rollout status deployment/helloworld-v2 --context="${CTX_CLUSTER2}" --namespace=sample \
  --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 20 cluster2 'Deploy curl'
kubectl apply --context="${CTX_CLUSTER2}" --namespace=sample --filename=cluster2/30-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_CLUSTER2}" --namespace=sample --timeout=5m

# Shows the mesh to the outside.
step 21 cluster1 'Route requests to the sample'
kubectl apply --context="${CTX_CLUSTER1}" --namespace=sample \
  --filename=cluster1/35-helloworld-gateway.yaml

# Shows the mesh to the outside.
step 22 cluster2 'Route requests to the sample'
kubectl apply --context="${CTX_CLUSTER2}" --namespace=sample \
  --filename=cluster2/35-helloworld-gateway.yaml

printf '%s\n' 'Installed. verify.sh looks whether it works.'
