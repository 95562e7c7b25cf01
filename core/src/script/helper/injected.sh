# Whether a pod would be injected, with its cluster's name and network.
injected() {
  local context=$1 namespace=$2 label=$3 cluster=$4 network=$5 said
  said="$(kubectl run meshwright-probe --image=probe --restart=Never --labels="${label}" --dry-run=server \
    --namespace="${namespace}" --context="${context}" \
    --output=jsonpath='{range .spec.containers[*].env[*]}{.name}={.value};{end}{range .spec.initContainers[*].env[*]}{.name}={.value};{end}')"
  case ";${said}" in
    *";ISTIO_META_CLUSTER_ID=${cluster};"*) ;;
    *) printf 'cluster %s is not in: %s\n' "${cluster}" "${said:-nothing injected}" && return 1 ;;
  esac
  case ";${said}" in
    *";ISTIO_META_NETWORK=${network};"*) ;;
    *) printf 'network %s is not in: %s\n' "${network}" "${said}" && return 1 ;;
  esac
}
