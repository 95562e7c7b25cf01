//! What renders charts and takes resources: stand-ins, or the real ones.

use crate::chart::Release;
use serde_json::Value;

/// What stands behind install.sh where it hands something over.
pub trait Tools {
    /// What a release of a chart puts on the cluster of this name.
    ///
    /// # Errors
    ///
    /// What the tool says of the values.
    fn render(&self, cluster: &str, release: &Release, values: &Value) -> Result<Vec<Value>, String>;

    /// Sends a resource of the Sail operator to the API server of the cluster of this name.
    ///
    /// # Errors
    ///
    /// Why it is refused.
    fn take(&self, cluster: &str, resource: &Value) -> Result<(), String>;
}

/// What this crate knows by itself.
pub(crate) struct StandIns;

impl Tools for StandIns {
    fn render(&self, _cluster: &str, release: &Release, values: &Value) -> Result<Vec<Value>, String> {
        release.render(values).ok_or_else(|| format!("helm chart {} has no stand-in", release.chart))
    }

    fn take(&self, _cluster: &str, _resource: &Value) -> Result<(), String> {
        Ok(())
    }
}
