# Prints an IP address and a port as one; IPv6 addresses go in brackets.
address_port() {
  case "$1" in
    *:*) printf '[%s]:%s\n' "$1" "$2" ;;
    *) printf '%s:%s\n' "$1" "$2" ;;
  esac
}
