# Whether the sample answers at the address of its gateway. $1 is the context; then a service that is
# the gateway, in its namespace.
ingress_answers() {
  local address
  address="$(load_balancer "$1" "$2" "$3")"
  case "${address}" in
    '') printf 'service %s has no address\n' "$3" && return 1 ;;
    *:*) address="[${address}]" ;;
  esac
  curl -sS --fail --max-time 10 --retry 5 --retry-connrefused "http://${address}/hello"
}
