# Whether a load balancer has an address.
has_address() {
  local address
  address="$(load_balancer "$1" "$2" "$3")"
  printf '%s\n' "${address:-none yet}"
  [ -n "${address}" ]
}
