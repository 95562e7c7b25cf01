# shellcheck shell=bash disable=SC1003,SC1097,SC2016,SC2088 # contexts stand as they were typed
# Contexts and addresses: the only file of this bundle to edit by hand.

# The kubeconfig's context for each cluster.
export CTX_CLUSTER1=cluster1
export CTX_CLUSTER2=cluster2

# istiod's IP address. Empty: install.sh reads it from the gateway's load balancer.
export EXTERNAL_ISTIOD_ADDR=''

# Repository of Istio's charts.
export ISTIO_CHARTS=https://istio-release.storage.googleapis.com/charts
