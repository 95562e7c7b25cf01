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
