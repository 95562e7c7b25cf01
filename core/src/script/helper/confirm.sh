# Asks before anything is removed, unless told --yes.
confirm() {
  local answer=''
  [ "${1:-}" != --yes ] || return 0
  printf 'This removes the mesh from its clusters. Go on? [y/N] '
  read -r answer || true
  case "${answer}" in
    y | Y | yes) ;;
    *) die 'nothing was removed; answer y, or call with --yes' ;;
  esac
}
