# Whether the client's pod hears a version of the sample, in 30 tries.
sample_answers() {
  local context=$1 namespace=$2 client=$3 version=$4 said='' tries=0
  while [ "${tries}" -lt 30 ]; do
    said="$(kubectl exec "deployment/${client}" --container="${client}" --namespace="${namespace}" \
      --context="${context}" -- \
      curl -sS --max-time 5 "http://helloworld.${namespace}:5000/hello" 2>&1)" || true
    case "${said}" in
      *"version: ${version},"*) return ;;
    esac
    tries=$((tries + 1))
  done
  printf '%s\n' "${said}"
  return 1
}
