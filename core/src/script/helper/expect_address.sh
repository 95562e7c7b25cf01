# Stops unless a load balancer has the address that the manifests were made for.
expect_address() {
  local found
  found="$(await_load_balancer "$1" "$2" "$3")"
  [ "${found}" = "$4" ] || die "the gateway is at ${found}, these manifests are for $4:" \
    "change the IP address in Meshwright and make them again"
}
