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
