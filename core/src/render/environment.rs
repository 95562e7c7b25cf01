//! env.sh: contexts and addresses, the only file that a person edits afterwards.

use crate::name;
use crate::plan::Plan;
use crate::script::Word;

pub(super) fn environment(plan: &Plan) -> String {
    let mut text = String::from(
        "# shellcheck shell=bash disable=SC1003,SC1097,SC2016,SC2088 # contexts stand as they were typed\n# Contexts and addresses: the only file of this bundle to edit by hand.\n\n# The kubeconfig's context for each cluster.\n",
    );
    for cluster in &plan.clusters {
        export(&mut text, &name::context_variable(&cluster.name), cluster.context.as_str());
    }
    for variable in plan.address_variables() {
        text.push_str("\n# istiod's IP address. Empty: install.sh reads it from the gateway's load balancer.\n");
        export(&mut text, variable, "");
    }
    if plan.uses_helm() {
        text.push_str("\n# Repository of Istio's charts.\n");
        export(&mut text, "ISTIO_CHARTS", "https://istio-release.storage.googleapis.com/charts");
    }
    text
}

fn export(text: &mut String, variable: &str, value: &str) {
    text.extend(["export ", variable, "=", Word::text(value).as_str(), "\n"]);
}
