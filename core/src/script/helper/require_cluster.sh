# Stops unless the cluster behind a context answers.
require_cluster() {
  kubectl get namespace default --context="$1" --request-timeout=15s >/dev/null ||
    die "the cluster behind context $1 does not answer: see its context in env.sh"
}
