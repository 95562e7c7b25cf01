# Whether istiod has read a cluster.
synced() {
  local cluster=$1 said
  shift
  said="$(istioctl remote-clusters "$@")"
  printf '%s\n' "${said}"
  printf '%s\n' "${said}" | awk -v cluster="${cluster}" '$1 == cluster && / synced( |$)/ { found = 1 } END { exit !found }'
}
