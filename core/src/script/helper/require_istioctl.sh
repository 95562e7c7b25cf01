# Stops unless istioctl is of the release that these manifests are for.
require_istioctl() {
  local found
  found="$(istioctl version --remote=false 2>/dev/null)" || found=''
  case "${found}" in
    *"$1"*) ;;
    *) die "istioctl $1 is needed, this one says: ${found:-nothing}" ;;
  esac
}
