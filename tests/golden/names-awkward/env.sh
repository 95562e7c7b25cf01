# shellcheck shell=bash disable=SC1003,SC1097,SC2016,SC2088 # contexts stand as they were typed
# Contexts and addresses: the only file of this bundle to edit by hand.

# The kubeconfig's context for each cluster.
export CTX_1E3='arn:aws:eks:eu-west-1:123456789012:cluster/it'\''s "prod" $(x) `y` | z'
export CTX_ON=yes
export CTX_NULL='~'
export CTX_0X1F=1:30

# Repository of Istio's charts.
export ISTIO_CHARTS=https://istio-release.storage.googleapis.com/charts
