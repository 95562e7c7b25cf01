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

# Says at what address a DNS name has to point. Whether it does is yours to see: names take their time.
point_name() {
  local address
  address="$(await_load_balancer "$1" "$2" "$3")"
  printf 'The gateway is at %s: the DNS name %s has to point there.\n' "${address}" "$4"
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

# Stops unless the gateway's TLS secret is there, and says how to make it.
require_tls_secret() {
  local context=$1 namespace=$2 secret=$3 host=$4
  kubectl get secret "${secret}" --namespace="${namespace}" --context="${context}" --output=name ||
    die "the gateway needs a certificate for ${host}, signed by a public CA. Make the secret, then run this again:" \
      "kubectl create secret tls ${secret} --namespace=${namespace} --context=${context} --cert=FILE --key=FILE"
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
require_cluster "${CTX_EXTERNAL}"
require_cluster "${CTX_CONFIG_A}"
require_cluster "${CTX_REMOTE_A}"
require_cluster "${CTX_PRIMARY_B}"
require_cluster "${CTX_REMOTE_B}"
require_cluster "${CTX_CONFIG_C}"
require_cluster "${CTX_PRIMARY_D}"

# Home of the gateway that exposes istiod.
step 1 external 'Make namespace istio-system'
ensure_namespace "${CTX_EXTERNAL}" istio-system external/05-namespace-istio-system.yaml

# The gateway through which the remote clusters reach istiod, and an istiod of its own to drive it.
step 2 external 'Install the gateway that exposes istiod'
istioctl install --context="${CTX_EXTERNAL}" --filename=external/10-controlplane-gateway.yaml \
  --skip-confirmation

# Everything that follows reaches istiod by this address.
step 3 external 'Wait for the gateway'\''s address'
point_name "${CTX_EXTERNAL}" istio-system istio-ingressgateway istiod-ab.example.com

# The gateway shows its certificate to everyone who asks for istiod-ab.example.com; you make it,
# since only you can prove that the name is yours.
step 4 external 'Look for the TLS secret'
require_tls_secret "${CTX_EXTERNAL}" istio-system istiod-ab-credential istiod-ab.example.com

# Home of the mesh's configuration. Pods in it are on network1.
step 5 config-a 'Make namespace istio-ab'
ensure_namespace "${CTX_CONFIG_A}" istio-ab config-a/05-namespace-istio-ab.yaml

# Sends injection and validation to istiod on its own cluster, and holds the mesh's configuration.
step 6 config-a 'Install the config cluster'\''s part'
istioctl install --context="${CTX_CONFIG_A}" --filename=config-a/10-remote-config-cluster.yaml \
  --skip-confirmation

# Home of istiod.
step 7 external 'Make namespace istio-ab'
ensure_namespace "${CTX_EXTERNAL}" istio-ab external/15-namespace-istio-ab.yaml

# Control planes of one mesh sign with certificates of one root: workloads would refuse each other
# otherwise.
step 8 external 'Give istiod its CA certificate'
ensure_cacerts "${CTX_EXTERNAL}" istio-ab external mesh-ab

# istiod reads the mesh's configuration there; its account was made there together with the config
# cluster's part.
step 9 external 'Give istiod access to config-a'
istioctl create-remote-secret --context="${CTX_CONFIG_A}" --type=config --namespace=istio-ab \
  --create-service-account=false --service-account=istiod |
  kubectl label --local --filename=- istio/multiCluster- --output=yaml |
  kubectl apply --context="${CTX_EXTERNAL}" --filename=-

# istiod for mesh mesh-ab. It calls itself config-a, after its config cluster and not after the
# cluster that it runs on.
step 10 external 'Install istiod'
istioctl install --context="${CTX_EXTERNAL}" --filename=external/20-external-istiod-mesh-ab.yaml \
  --skip-confirmation

# Since Istio 1.21 the gateway verifies the certificate that istiod shows it, and the mesh's own CA
# signed that; without it every request ends in 503.
step 11 external 'Give the gateway the mesh'\''s CA'
copy_ca "${CTX_CONFIG_A}" istio-ab istio-ca-root-cert "${CTX_EXTERNAL}" istio-system istio-ab-ca

# From here on remote clusters reach istiod.
step 12 external 'Route the gateway to istiod'
kubectl apply --context="${CTX_EXTERNAL}" --filename=external/25-external-istiod-gw-mesh-ab.yaml

# Gateways and workloads that start earlier would never get their proxy.
step 13 config-a 'Wait until pods are injected'
await_injection "${CTX_CONFIG_A}" istio-ab sidecar.istio.io/inject=true

# Home of this cluster's gateways and of what leads to istiod. Pods in it are on network2. Its
# annotation says which istiod is in charge of the cluster, the one that calls itself config-a, and
# has to stand before istiod sees the cluster.
step 14 remote-a 'Make namespace istio-ab'
ensure_namespace "${CTX_REMOTE_A}" istio-ab remote-a/05-namespace-istio-ab.yaml

# Sends injection to istiod on external.
step 15 remote-a 'Install the remote cluster'\''s part'
istioctl install --context="${CTX_REMOTE_A}" --filename=remote-a/10-second-remote-cluster.yaml \
  --skip-confirmation

# istiod reads the cluster's services and pods, and signs certificates for them, by this secret.
step 16 external 'Give istiod access to remote-a'
istioctl create-remote-secret --context="${CTX_REMOTE_A}" --type=remote --namespace=istio-ab \
  --create-service-account=false --name=remote-a |
  kubectl apply --context="${CTX_EXTERNAL}" --filename=-

# Gateways and workloads that start earlier would never get their proxy.
step 17 remote-a 'Wait until pods are injected'
await_injection "${CTX_REMOTE_A}" istio-ab sidecar.istio.io/inject=true

# Takes requests from outside of the mesh.
step 18 config-a 'Install the ingress gateway'
istioctl manifest generate --filename=config-a/15-istio-ingressgateway.yaml |
  kubectl apply --context="${CTX_CONFIG_A}" --filename=-
kubectl rollout status deployment/istio-ingressgateway --context="${CTX_CONFIG_A}" \
  --namespace=istio-ab --timeout=5m

# Takes requests from other networks to workloads on network1.
step 19 config-a 'Install the east-west gateway'
istioctl manifest generate --filename=config-a/20-eastwest-gateway-1.yaml |
  kubectl apply --context="${CTX_CONFIG_A}" --filename=-
kubectl rollout status deployment/istio-eastwestgateway --context="${CTX_CONFIG_A}" \
  --namespace=istio-ab --timeout=5m

# istiod sends it to the other networks' proxies; without it they send requests nowhere.
step 20 config-a 'Wait for the east-west gateway'\''s address'
await_load_balancer "${CTX_CONFIG_A}" istio-ab istio-eastwestgateway

# Takes requests from other networks to workloads on network2.
step 21 remote-a 'Install the east-west gateway'
helm upgrade --install istio-eastwestgateway gateway --kube-context="${CTX_REMOTE_A}" \
  --repo="${ISTIO_CHARTS}" --version=1.31.1 --namespace=istio-ab \
  --values=remote-a/15-istio-eastwestgateway-values.yaml
kubectl rollout status deployment/istio-eastwestgateway --context="${CTX_REMOTE_A}" \
  --namespace=istio-ab --timeout=5m

# istiod sends it to the other networks' proxies; without it they send requests nowhere.
step 22 remote-a 'Wait for the east-west gateway'\''s address'
await_load_balancer "${CTX_REMOTE_A}" istio-ab istio-eastwestgateway

# Lets the east-west gateways pass on requests to every service of the mesh; mTLS stays unbroken.
step 23 config-a 'Expose the mesh'\''s services to its other networks'
kubectl apply --context="${CTX_CONFIG_A}" --namespace=istio-ab \
  --filename=config-a/25-expose-services.yaml

# Home of istiod. Pods in it are on network3.
step 24 primary-b 'Make namespace istio-ab'
ensure_namespace "${CTX_PRIMARY_B}" istio-ab primary-b/05-namespace-istio-ab.yaml

# Control planes of one mesh sign with certificates of one root: workloads would refuse each other
# otherwise.
step 25 primary-b 'Give istiod its CA certificate'
ensure_cacerts "${CTX_PRIMARY_B}" istio-ab primary-b mesh-ab

# istiod for mesh mesh-ab, on a cluster of that mesh.
step 26 primary-b 'Install the control plane'
istioctl install --context="${CTX_PRIMARY_B}" --filename=primary-b/10-primary-b.yaml \
  --skip-confirmation

# Gateways and workloads that start earlier would never get their proxy.
step 27 primary-b 'Wait until pods are injected'
await_injection "${CTX_PRIMARY_B}" istio-ab istio.io/rev=canary

# Takes requests from other networks to workloads on network3.
step 28 primary-b 'Install the east-west gateway'
istioctl manifest generate --filename=primary-b/15-eastwest-gateway-3.yaml |
  kubectl apply --context="${CTX_PRIMARY_B}" --filename=-
kubectl rollout status deployment/istio-eastwestgateway --context="${CTX_PRIMARY_B}" \
  --namespace=istio-ab --timeout=5m

# The remote clusters reach istiod by this address, and other networks the workloads here.
step 29 primary-b 'Wait for the east-west gateway'\''s address'
expect_address "${CTX_PRIMARY_B}" istio-ab istio-eastwestgateway 203.0.113.20

# From here on remote clusters reach istiod.
step 30 primary-b 'Expose istiod to its remote clusters'
kubectl apply --context="${CTX_PRIMARY_B}" --namespace=istio-ab \
  --filename=primary-b/20-expose-istiod.yaml

# Home of this cluster's gateways and of what leads to istiod. Pods in it are on network1. Its
# annotation says which istiod is in charge of the cluster, the one that calls itself primary-b, and
# has to stand before istiod sees the cluster.
step 31 remote-b 'Make namespace istio-ab'
ensure_namespace "${CTX_REMOTE_B}" istio-ab remote-b/05-namespace-istio-ab.yaml

# Sends injection to istiod on primary-b.
step 32 remote-b 'Install the remote cluster'\''s part'
istioctl install --context="${CTX_REMOTE_B}" --filename=remote-b/10-remote-b.yaml \
  --skip-confirmation

# istiod reads the cluster's services and pods, and signs certificates for them, by this secret.
step 33 primary-b 'Give istiod access to remote-b'
istioctl create-remote-secret --context="${CTX_REMOTE_B}" --type=remote --namespace=istio-ab \
  --create-service-account=false --name=remote-b |
  kubectl apply --context="${CTX_PRIMARY_B}" --filename=-

# Gateways and workloads that start earlier would never get their proxy.
step 34 remote-b 'Wait until pods are injected'
await_injection "${CTX_REMOTE_B}" istio-ab istio.io/rev=canary

# Takes requests from outside of the mesh.
step 35 primary-b 'Install the ingress gateway'
helm upgrade --install istio-ingressgateway gateway --kube-context="${CTX_PRIMARY_B}" \
  --repo="${ISTIO_CHARTS}" --version=1.31.1 --namespace=istio-ab \
  --values=primary-b/25-istio-ingressgateway-values.yaml
kubectl rollout status deployment/istio-ingressgateway --context="${CTX_PRIMARY_B}" \
  --namespace=istio-ab --timeout=5m

# Lets the east-west gateways pass on requests to every service of the mesh; mTLS stays unbroken.
step 36 primary-b 'Expose the mesh'\''s services to its other networks'
kubectl apply --context="${CTX_PRIMARY_B}" --namespace=istio-ab \
  --filename=primary-b/30-expose-services.yaml

# istiod sends its proxies what runs there; another control plane manages the cluster.
step 37 external 'Give istiod access to primary-b'
istioctl create-remote-secret --context="${CTX_PRIMARY_B}" --type=remote --namespace=istio-ab \
  --create-service-account=false --name=primary-b |
  kubectl apply --context="${CTX_EXTERNAL}" --filename=-

# istiod sends its proxies what runs there; another control plane manages the cluster.
step 38 external 'Give istiod access to remote-b'
istioctl create-remote-secret --context="${CTX_REMOTE_B}" --type=remote --namespace=istio-ab \
  --create-service-account=false --name=remote-b |
  kubectl apply --context="${CTX_EXTERNAL}" --filename=-

# istiod sends its proxies what runs there; another control plane manages the cluster.
step 39 primary-b 'Give istiod access to config-a'
istioctl create-remote-secret --context="${CTX_CONFIG_A}" --type=remote --namespace=istio-ab \
  --create-service-account=false --name=config-a |
  kubectl apply --context="${CTX_PRIMARY_B}" --filename=-

# istiod sends its proxies what runs there; another control plane manages the cluster.
step 40 primary-b 'Give istiod access to remote-a'
istioctl create-remote-secret --context="${CTX_REMOTE_A}" --type=remote --namespace=istio-ab \
  --create-service-account=false --name=remote-a |
  kubectl apply --context="${CTX_PRIMARY_B}" --filename=-

# Home of the sample. Pods in it are injected, and so join the mesh.
step 41 config-a 'Make namespace sample'
ensure_namespace "${CTX_CONFIG_A}" sample config-a/30-namespace-sample.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 42 config-a 'Deploy helloworld-v1'
kubectl apply --context="${CTX_CONFIG_A}" --namespace=sample \
  --filename=config-a/35-helloworld.yaml
kubectl rollout status deployment/helloworld-v1 --context="${CTX_CONFIG_A}" --namespace=sample \
  --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 43 config-a 'Deploy curl'
kubectl apply --context="${CTX_CONFIG_A}" --namespace=sample --filename=config-a/40-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_CONFIG_A}" --namespace=sample --timeout=5m

# Home of the sample. Pods in it are injected, and so join the mesh.
step 44 remote-a 'Make namespace sample'
ensure_namespace "${CTX_REMOTE_A}" sample remote-a/20-namespace-sample.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 45 remote-a 'Deploy helloworld-v2'
kubectl apply --context="${CTX_REMOTE_A}" --namespace=sample \
  --filename=remote-a/25-helloworld.yaml
kubectl rollout status deployment/helloworld-v2 --context="${CTX_REMOTE_A}" --namespace=sample \
  --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 46 remote-a 'Deploy curl'
kubectl apply --context="${CTX_REMOTE_A}" --namespace=sample --filename=remote-a/30-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_REMOTE_A}" --namespace=sample --timeout=5m

# Home of the sample. Pods in it are injected, and so join the mesh.
step 47 primary-b 'Make namespace sample'
ensure_namespace "${CTX_PRIMARY_B}" sample primary-b/35-namespace-sample.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 48 primary-b 'Deploy helloworld-v2'
kubectl apply --context="${CTX_PRIMARY_B}" --namespace=sample \
  --filename=primary-b/40-helloworld.yaml
kubectl rollout status deployment/helloworld-v2 --context="${CTX_PRIMARY_B}" --namespace=sample \
  --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 49 primary-b 'Deploy curl'
kubectl apply --context="${CTX_PRIMARY_B}" --namespace=sample --filename=primary-b/45-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_PRIMARY_B}" --namespace=sample \
  --timeout=5m

# Home of the sample. Pods in it are injected, and so join the mesh.
step 50 remote-b 'Make namespace sample'
ensure_namespace "${CTX_REMOTE_B}" sample remote-b/15-namespace-sample.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 51 remote-b 'Deploy helloworld-v1'
kubectl apply --context="${CTX_REMOTE_B}" --namespace=sample \
  --filename=remote-b/20-helloworld.yaml
kubectl rollout status deployment/helloworld-v1 --context="${CTX_REMOTE_B}" --namespace=sample \
  --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 52 remote-b 'Deploy curl'
kubectl apply --context="${CTX_REMOTE_B}" --namespace=sample --filename=remote-b/25-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_REMOTE_B}" --namespace=sample --timeout=5m

# Shows the mesh to the outside.
step 53 config-a 'Route requests to the sample'
kubectl apply --context="${CTX_CONFIG_A}" --namespace=sample \
  --filename=config-a/45-helloworld-gateway.yaml

# Shows the mesh to the outside.
step 54 primary-b 'Route requests to the sample'
kubectl apply --context="${CTX_PRIMARY_B}" --namespace=sample \
  --filename=primary-b/50-helloworld-gateway.yaml

# Everything that follows reaches istiod by this address.
step 55 external 'Wait for the gateway'\''s address'
point_name "${CTX_EXTERNAL}" istio-system istio-ingressgateway istiod-cd.example.com

# The gateway shows its certificate to everyone who asks for istiod-cd.example.com; you make it,
# since only you can prove that the name is yours.
step 56 external 'Look for the TLS secret'
require_tls_secret "${CTX_EXTERNAL}" istio-system istiod-cd-credential istiod-cd.example.com

# Home of the mesh's configuration. Pods in it are on network1.
step 57 config-c 'Make namespace istio-cd'
ensure_namespace "${CTX_CONFIG_C}" istio-cd config-c/05-namespace-istio-cd.yaml

# Sends injection and validation to istiod on its own cluster, and holds the mesh's configuration.
step 58 config-c 'Install the config cluster'\''s part'
istioctl install --context="${CTX_CONFIG_C}" --filename=config-c/10-remote-config-cluster.yaml \
  --skip-confirmation

# Home of istiod.
step 59 external 'Make namespace istio-cd'
ensure_namespace "${CTX_EXTERNAL}" istio-cd external/30-namespace-istio-cd.yaml

# Control planes of one mesh sign with certificates of one root: workloads would refuse each other
# otherwise.
step 60 external 'Give istiod its CA certificate'
ensure_cacerts "${CTX_EXTERNAL}" istio-cd external mesh-cd

# istiod reads the mesh's configuration there; its account was made there together with the config
# cluster's part.
step 61 external 'Give istiod access to config-c'
istioctl create-remote-secret --context="${CTX_CONFIG_C}" --type=config --namespace=istio-cd \
  --create-service-account=false --service-account=istiod |
  kubectl label --local --filename=- istio/multiCluster- --output=yaml |
  kubectl apply --context="${CTX_EXTERNAL}" --filename=-

# istiod for mesh mesh-cd. It calls itself config-c, after its config cluster and not after the
# cluster that it runs on.
step 62 external 'Install istiod'
istioctl install --context="${CTX_EXTERNAL}" --filename=external/35-external-istiod-mesh-cd.yaml \
  --skip-confirmation

# Since Istio 1.21 the gateway verifies the certificate that istiod shows it, and the mesh's own CA
# signed that; without it every request ends in 503.
step 63 external 'Give the gateway the mesh'\''s CA'
copy_ca "${CTX_CONFIG_C}" istio-cd istio-ca-root-cert "${CTX_EXTERNAL}" istio-system istio-cd-ca

# From here on remote clusters reach istiod.
step 64 external 'Route the gateway to istiod'
kubectl apply --context="${CTX_EXTERNAL}" --filename=external/40-external-istiod-gw-mesh-cd.yaml

# Gateways and workloads that start earlier would never get their proxy.
step 65 config-c 'Wait until pods are injected'
await_injection "${CTX_CONFIG_C}" istio-cd sidecar.istio.io/inject=true

# Takes requests from outside of the mesh.
step 66 config-c 'Install the ingress gateway'
istioctl manifest generate --filename=config-c/15-istio-ingressgateway.yaml |
  kubectl apply --context="${CTX_CONFIG_C}" --filename=-
kubectl rollout status deployment/istio-ingressgateway --context="${CTX_CONFIG_C}" \
  --namespace=istio-cd --timeout=5m

# Home of istiod. Pods in it are on network1.
step 67 primary-d 'Make namespace istio-cd'
ensure_namespace "${CTX_PRIMARY_D}" istio-cd primary-d/05-namespace-istio-cd.yaml

# Control planes of one mesh sign with certificates of one root: workloads would refuse each other
# otherwise.
step 68 primary-d 'Give istiod its CA certificate'
ensure_cacerts "${CTX_PRIMARY_D}" istio-cd primary-d mesh-cd

# istiod for mesh mesh-cd, on a cluster of that mesh.
step 69 primary-d 'Install the control plane'
istioctl install --context="${CTX_PRIMARY_D}" --filename=primary-d/10-primary-d.yaml \
  --skip-confirmation

# Gateways and workloads that start earlier would never get their proxy.
step 70 primary-d 'Wait until pods are injected'
await_injection "${CTX_PRIMARY_D}" istio-cd sidecar.istio.io/inject=true

# istiod sends its proxies what runs there; another control plane manages the cluster.
step 71 external 'Give istiod access to primary-d'
istioctl create-remote-secret --context="${CTX_PRIMARY_D}" --type=remote --namespace=istio-cd \
  --create-service-account=false --name=primary-d |
  kubectl apply --context="${CTX_EXTERNAL}" --filename=-

# istiod sends its proxies what runs there; another control plane manages the cluster.
step 72 primary-d 'Give istiod access to config-c'
istioctl create-remote-secret --context="${CTX_CONFIG_C}" --type=remote --namespace=istio-cd \
  --create-service-account=false --name=config-c |
  kubectl apply --context="${CTX_PRIMARY_D}" --filename=-

# Home of the sample. Pods in it are injected, and so join the mesh.
step 73 config-c 'Make namespace sample'
ensure_namespace "${CTX_CONFIG_C}" sample config-c/20-namespace-sample.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 74 config-c 'Deploy helloworld-v1'
kubectl apply --context="${CTX_CONFIG_C}" --namespace=sample \
  --filename=config-c/25-helloworld.yaml
kubectl rollout status deployment/helloworld-v1 --context="${CTX_CONFIG_C}" --namespace=sample \
  --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 75 config-c 'Deploy curl'
kubectl apply --context="${CTX_CONFIG_C}" --namespace=sample --filename=config-c/30-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_CONFIG_C}" --namespace=sample --timeout=5m

# Home of the sample. Pods in it are injected, and so join the mesh.
step 76 primary-d 'Make namespace sample'
ensure_namespace "${CTX_PRIMARY_D}" sample primary-d/15-namespace-sample.yaml

# A part of the sample by which verify.sh looks at the mesh.
step 77 primary-d 'Deploy helloworld-v2'
kubectl apply --context="${CTX_PRIMARY_D}" --namespace=sample \
  --filename=primary-d/20-helloworld.yaml
kubectl rollout status deployment/helloworld-v2 --context="${CTX_PRIMARY_D}" --namespace=sample \
  --timeout=5m

# A part of the sample by which verify.sh looks at the mesh.
step 78 primary-d 'Deploy curl'
kubectl apply --context="${CTX_PRIMARY_D}" --namespace=sample --filename=primary-d/25-curl.yaml
kubectl rollout status deployment/curl --context="${CTX_PRIMARY_D}" --namespace=sample \
  --timeout=5m

# Shows the mesh to the outside.
step 79 config-c 'Route requests to the sample'
kubectl apply --context="${CTX_CONFIG_C}" --namespace=sample \
  --filename=config-c/35-helloworld-gateway.yaml

# Shows the mesh to the outside.
step 80 primary-d 'Route requests to the sample'
kubectl apply --context="${CTX_PRIMARY_D}" --namespace=sample \
  --filename=primary-d/30-helloworld-gateway.yaml

printf '%s\n' 'Installed. verify.sh looks whether it works.'
