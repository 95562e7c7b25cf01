# shellcheck shell=bash disable=SC1003,SC1097,SC2016,SC2088 # contexts stand as they were typed
# Contexts and addresses: the only file of this bundle to edit by hand.

# The kubeconfig's context for each cluster.
export CTX_EXTERNAL=external
export CTX_CONFIG_A=config-a
export CTX_REMOTE_A=remote-a
export CTX_PRIMARY_B=primary-b
export CTX_REMOTE_B=remote-b
export CTX_CONFIG_C=config-c
export CTX_PRIMARY_D=primary-d

# Repository of Istio's charts.
export ISTIO_CHARTS=https://istio-release.storage.googleapis.com/charts
