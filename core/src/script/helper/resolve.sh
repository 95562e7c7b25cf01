# Prints an IP address of a host name, by whichever tool there is.
resolve() {
  local name=$1 found=''
  if command -v getent >/dev/null 2>&1; then
    found="$(getent ahostsv4 "${name}" | awk 'NR == 1 { print $1 }')" || found=''
  elif command -v dscacheutil >/dev/null 2>&1; then
    found="$(dscacheutil -q host -a name "${name}" | awk '/^ip_address:/ { print $2; exit }')" || found=''
  elif command -v dig >/dev/null 2>&1; then
    found="$(dig +short A "${name}" | awk '/^[0-9.]+$/ { print; exit }')" || found=''
  fi
  [ -n "${found}" ] || die "host name ${name} has no IP address yet: run this again later," \
    "or write the address into env.sh as EXTERNAL_ISTIOD_ADDR"
  printf '%s\n' "${found}"
}
