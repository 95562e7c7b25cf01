//! What makes one mesh of several control planes: CA certificates of one root, and access to each
//! other's clusters.

use super::action::Action;
use super::builder::Builder;
use super::check::Check;
use crate::topology::{ControlPlane, Mesh};
use std::rc::Rc;

/// istiod's CA certificate, where it is not the mesh's only one (0.31). Alone it signs its own.
pub(super) fn ca<'a>(builder: &mut Builder<'a>, mesh: &Mesh, plane: &'a ControlPlane) {
    if mesh.control_planes.len() > 1 {
        builder.step(
            &plane.cluster,
            "Give istiod its CA certificate",
            "Control planes of one mesh sign with certificates of one root: workloads would refuse each other otherwise.",
            Action::CaCerts { namespace: plane.namespace.to_string(), mesh: mesh.id.to_string() },
        );
    }
}

/// Every istiod of a mesh reads every cluster of it; its own ones it reads by now.
pub(super) fn between<'a>(builder: &mut Builder<'a>, mesh: &'a Mesh) {
    for plane in &mesh.control_planes {
        for other in mesh.control_planes.iter().filter(|other| other.config.cluster != plane.config.cluster) {
            for member in other.members() {
                let why = "istiod sends its proxies what runs there; another control plane manages the cluster.";
                super::remote::access(builder, plane, &member.cluster, why);
                super::remote::synced(builder, plane, &member.cluster);
            }
        }
    }
    for pair in mesh.control_planes.windows(2) {
        if let [one, other] = pair {
            builder.check(Check::SameRoot {
                cluster: Rc::clone(&other.config.cluster),
                with: Rc::clone(&one.config.cluster),
                namespace: other.namespace.to_string(),
            });
        }
    }
}
