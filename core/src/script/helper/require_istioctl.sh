# Stops unless istioctl is of the release that these manifests are for.
require_istioctl() {
  local found
  found="$(istioctl version --remote=false 2>/dev/null)" || found=''
  case " ${found} " in
    *[!0-9.]"$1"[!0-9.]*) ;;
    *) die "istioctl $1 is needed, this one says: ${found:-nothing}" ;;
  esac
}
