# shellcheck shell=bash
# What answers `kubectl exec` and `kubectl logs` in the lab: our own, around the kubelet's library.

need go-programs
make_streaming() { go_build "$1" streaming ''; }
keep_go streaming "$(go_pin streaming k8s.io/kubelet)" '1 to 2 minutes' make_streaming
