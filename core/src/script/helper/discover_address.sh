# Prints the IP address of istiod: what env.sh says, or else what the load balancer has. A host name,
# as AWS has it, is resolved once: remote clusters take an IP address alone. Runs inside of $(...), where
# errexit is off: hence `|| exit`.
discover_address() {
  local found
  if [ -n "${EXTERNAL_ISTIOD_ADDR}" ]; then
    printf '%s\n' "${EXTERNAL_ISTIOD_ADDR}"
    return
  fi
  found="$(await_load_balancer "$1" "$2" "$3")" || exit
  case "${found}" in
    *:* | *[0-9]) ;;
    *)
      printf 'warning: the load balancer has a host name, %s. Its IP address is used, and may change:\n' "${found}" >&2
      printf 'for production choose a DNS name in Meshwright, and point it at that host name.\n' >&2
      found="$(resolve "${found}")" || exit
      ;;
  esac
  printf '%s\n' "${found}"
}
