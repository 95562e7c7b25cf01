//! From a plan to text: every file is a rendering of the same steps.

mod environment;
mod install;
mod manifest;
mod readme;
mod uninstall;
mod verify;

use crate::bundle::{Bundle, File};
use crate::plan::Plan;
use crate::sorted::Sorted;
use crate::yaml;
use std::rc::Rc;

/// Renders a plan. Cannot fail.
pub fn render(plan: &Plan) -> Bundle {
    let file = |path: &str, text: String| File { path: path.to_owned(), text };
    let mut files = vec![
        file("README.md", readme::readme(plan)),
        file("meshwright.yaml", topology(plan)),
        file("env.sh", environment::environment(plan)),
        file("install.sh", install::install(plan)),
        file("verify.sh", verify::verify(plan)),
        file("uninstall.sh", uninstall::uninstall(plan)),
    ];
    // What clusters have in common is made into text once: its documents are one and the same in memory.
    let mut shared: Sorted<_, String> = Sorted::default();
    for manifest in plan.manifests() {
        let documents = manifest.documents.as_ptr();
        let text = shared.get(&documents).cloned().unwrap_or_else(|| manifest::manifest(manifest));
        if Rc::strong_count(&manifest.documents) > 1 && shared.get(&documents).is_none() {
            shared.add(documents, text.clone());
        }
        files.push(file(&manifest.path, text));
    }
    Bundle { files }
}

fn topology(plan: &Plan) -> String {
    let what = "# The topology that made this bundle. Load it into Meshwright to change it:\n# everything else here is made from it.\n";
    format!("{what}{}", yaml::to_string(&plan.source))
}
