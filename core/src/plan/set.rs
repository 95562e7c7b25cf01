//! What only install.sh knows.

/// A value that is known when install.sh runs: istiod's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    /// Where it belongs, among the charts' values.
    pub path: &'static str,
    /// The variable with the address.
    pub variable: String,
    /// How it is given.
    pub form: Form,
}

/// How an address is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// By itself.
    Address,
    /// With port 15012.
    Port,
    /// The same in quotes, for a chart that prints it without (`name::ca_address`).
    QuotedPort,
}
