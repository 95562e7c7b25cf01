# Prints the IP address of istiod: what env.sh says, or else what the load balancer has. A host name,
# as AWS has it, is resolved once: remote clusters take an IP address alone. $4 is the kinds allowed, $5
# what env.sh says. Runs inside of $(...), where errexit is off: hence `|| exit`.
discover_address() {
  local found=$5
  if [ -z "${found}" ]; then
    found="$(await_load_balancer "$1" "$2" "$3")" || exit
  fi
  case "${found}" in
    *:* | *[0-9]) ;;
    *)
      printf 'warning: the load balancer has a host name, %s. Its IP address is used, and may change:\n' "${found}" >&2
      printf 'for production choose a DNS name in Meshwright, and point it at that host name.\n' >&2
      found="$(resolve "${found}")" || exit
      ;;
  esac
  case "$4 ${found}" in
    IPv4\ *:*) die "the address ${found} is of no use: this Istio release takes IPv4 addresses alone, 1.30 and later IPv6 too" ;;
  esac
  printf '%s\n' "${found}"
}
