# shellcheck shell=bash disable=SC1003,SC1097,SC2016,SC2088 # contexts stand as they were typed
# Contexts and addresses: the only file of this bundle to edit by hand.

# The kubeconfig's context for each cluster.
export CTX_REMOTE_A=remote-a
export CTX_REMOTE_B=remote-b
export CTX_CONFIG=config
export CTX_EXTERNAL=external
export CTX_REMOTE_C=remote-c
export CTX_REMOTE_D=remote-d

# Repository of Istio's charts.
export ISTIO_CHARTS=https://istio-release.storage.googleapis.com/charts
