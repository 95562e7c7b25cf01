# shellcheck shell=bash disable=SC1003,SC1097,SC2016,SC2088 # contexts stand as they were typed
# Contexts and addresses: the only file of this bundle to edit by hand.

# The kubeconfig's context for each cluster.
export CTX_EXTERNAL_CP_CLUSTER=external_cp_cluster
export CTX_USER_CLUSTER=user_cluster
