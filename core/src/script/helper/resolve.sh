# Prints an IP address of a host name.
resolve() {
  local found
  found="$(addresses "$1" | awk 'NR == 1')" || found=''
  [ -n "${found}" ] || die "host name $1 has no IP address yet: run this again later," \
    "or write the address into env.sh as EXTERNAL_ISTIOD_ADDR"
  printf '%s\n' "${found}"
}
