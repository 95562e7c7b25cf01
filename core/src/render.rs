//! From a plan to text: every file is a rendering of the same steps.

mod environment;
mod install;
mod manifest;
mod readme;
mod uninstall;
mod verify;

use crate::bundle::{Bundle, File};
use crate::plan::Plan;
use crate::yaml;
use std::collections::BTreeMap;
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
    let mut shared = BTreeMap::new();
    files.extend(plan.manifests().map(|manifest| {
        let text = || manifest::manifest(manifest);
        if Rc::strong_count(&manifest.documents) == 1 {
            return file(&manifest.path, text());
        }
        file(&manifest.path, shared.entry(manifest.documents.as_ptr()).or_insert_with(text).clone())
    }));
    Bundle { files }
}

fn topology(plan: &Plan) -> String {
    let what = "# The topology that made this bundle. Load it into Meshwright to change it:\n# everything else here is made from it.\n";
    format!("{what}{}", yaml::to_string(&plan.source))
}
