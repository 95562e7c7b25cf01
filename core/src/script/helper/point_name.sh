# Says at what address a DNS name has to point. Whether it does is yours to see: names take their time.
point_name() {
  local address
  address="$(await_load_balancer "$1" "$2" "$3")"
  printf 'The gateway is at %s: the DNS name %s has to point there.\n' "${address}" "$4"
}
