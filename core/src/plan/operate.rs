//! What the Sail operator installs: a control plane or what leads to one, and the CNI plugin of OpenShift.

use super::action::Action;
use super::builder::Builder;
use super::check::Check;
use super::install::Part;
use super::manifest::{Manifest, object};
use super::remote::Home;
use crate::istio::istio_cni::IstioCni;
use crate::k8s::Metadata;
use crate::name;
use crate::topology::{Cluster, ControlPlane, InstallMethod, Platform};
use std::rc::Rc;

const ISTIOS: &str = "istios";
const READY: &str = "Ready";
/// The charts are installed. What they lead to need not answer yet, which `Ready` waits for.
const RECONCILED: &str = "Reconciled";

/// An istiod, or what leads to one.
pub(super) fn istio<'a>(builder: &mut Builder<'a>, cluster: &'a Rc<Cluster>, part: Part<'_>) {
    let name = part.installation.revision.clone().unwrap_or_else(|| name::DEFAULT_REVISION.to_owned());
    let resource = part.installation.resource(builder.sail_version(), part.namespace.to_owned());
    let document = object(part.why.clone(), Metadata::name(name.as_str()), resource);
    let manifest = builder.manifest(cluster, &format!("istio-{name}"), vec![document]);
    let condition = if part.deployment.is_some() { READY } else { RECONCILED };
    ready(builder, cluster, ISTIOS, &name);
    let action = Action::Operate { manifest, kind: ISTIOS, name, sets: part.sets, condition };
    builder.step(cluster, part.title, part.why, action);
}

/// On OpenShift pods of a mesh cannot set up their own network rules.
pub(super) fn cni<'a>(builder: &mut Builder<'a>, cluster: &'a Rc<Cluster>) {
    const WHY: &str = "OpenShift lets no pod set up its own network rules; this plugin does it for the mesh's.";
    const CNIS: &str = "istiocnis";
    if builder.install_method() != InstallMethod::Sail || cluster.platform != Platform::OpenShift {
        return;
    }
    let home = Home { name: name::CNI_NAMESPACE, of: "Istio's CNI plugin", ..Home::default() };
    super::remote::namespace(builder, cluster, &home);
    let resource = IstioCni { version: builder.sail_version(), namespace: name::CNI_NAMESPACE };
    let document = object(WHY, Metadata::name(name::CNI), resource);
    let manifest: Manifest = builder.manifest(cluster, "istiocni", vec![document]);
    ready(builder, cluster, CNIS, name::CNI);
    let action =
        Action::Operate { manifest, kind: CNIS, name: name::CNI.to_owned(), sets: Vec::new(), condition: READY };
    builder.step(cluster, "Install Istio's CNI plugin", WHY, action);
}

fn ready(builder: &mut Builder<'_>, cluster: &Rc<Cluster>, kind: &'static str, name: &str) {
    builder.check(Check::Ready { cluster: Rc::clone(cluster), kind, name: name.to_owned() });
}

/// The account by which istiods elsewhere read a cluster, once for all of them (0.40).
pub(super) fn reader(builder: &mut Builder<'_>, plane: &ControlPlane, cluster: &Rc<Cluster>) {
    if builder.install_method() == InstallMethod::Sail && builder.reads_first(cluster) {
        builder.step(
            cluster,
            "See to the account that istiod reads by",
            "The Sail operator makes it for revision “default” alone, and since its release 1.26.3; who comes before it would be in its way.",
            Action::ReaderAccount { namespace: plane.namespace.to_string() },
        );
    }
}
