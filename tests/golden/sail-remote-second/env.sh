# shellcheck shell=bash disable=SC1003,SC1097,SC2016,SC2088 # contexts stand as they were typed
# Contexts and addresses: the only file of this bundle to edit by hand.

# The kubeconfig's context for each cluster.
export CTX_HUB=hub
export CTX_SHOP=shop
export CTX_STOCK=stock

# Repository of Istio's charts.
export ISTIO_CHARTS=https://istio-release.storage.googleapis.com/charts
