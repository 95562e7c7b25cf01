# Prints the IP addresses of a host name, IPv4 first, by whichever tool there is.
addresses() {
  if command -v getent >/dev/null 2>&1; then
    {
      getent ahostsv4 "$1" || :
      getent ahostsv6 "$1" || :
    } | awk '$1 !~ /^::ffff:/ && !seen[$1]++ { print $1 }'
  elif command -v dscacheutil >/dev/null 2>&1; then
    dscacheutil -q host -a name "$1" |
      awk '/^ip_address:/ { print $2 } /^ipv6_address:/ { six = six $2 "\n" } END { printf "%s", six }'
  elif command -v dig >/dev/null 2>&1; then
    {
      dig +short A "$1" || :
      dig +short AAAA "$1" || :
    } | awk '/^[0-9.]+$/ || /^[0-9a-f:.]*:[0-9a-f:.]*$/'
  fi
}
