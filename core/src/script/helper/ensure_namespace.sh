# Makes a namespace if it is not there, marked as made by this bundle, and gives it its labels.
ensure_namespace() {
  local context=$1 namespace=$2 manifest=$3
  if ! kubectl get namespace "${namespace}" --context="${context}" >/dev/null 2>&1; then
    kubectl create namespace "${namespace}" --dry-run=client --output=yaml |
      kubectl annotate --local --filename=- meshwright/created-by=install.sh --output=yaml |
      kubectl create --context="${context}" --filename=-
  fi
  kubectl apply --server-side --force-conflicts --field-manager=meshwright \
    --context="${context}" --filename="${manifest}"
}
