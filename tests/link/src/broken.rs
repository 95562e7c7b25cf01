//! What is found: a link, and what its two ends say.

use crate::link::Link;
use std::fmt;

/// A link whose ends do not agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Which link.
    pub link: Link,
    /// The cluster from which it leads.
    pub cluster: String,
    /// Where it begins.
    pub from: End,
    /// Where it should lead.
    pub to: End,
}

/// One end of a link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct End {
    /// The file from which the object is; empty where it is in none.
    pub file: String,
    /// Kind and name of the object, or what there is in its stead.
    pub object: String,
    /// Path of the field inside of the object; empty where it is about all of it.
    pub field: String,
    /// What stands there; empty where nothing does.
    pub value: String,
}

impl End {
    /// An end that is no object's field.
    pub(crate) fn of(object: impl Into<String>, value: impl Into<String>) -> Self {
        End { object: object.into(), value: value.into(), ..End::default() }
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.object)?;
        if !self.field.is_empty() {
            write!(f, " {}", self.field)?;
        }
        if !self.file.is_empty() {
            write!(f, " ({})", self.file)?;
        }
        match self.value.as_str() {
            "" => f.write_str(": nothing"),
            value => write!(f, ": {value:?}"),
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let invariants: Vec<String> = self.link.invariants().iter().map(|it| format!("0.{it}")).collect();
        writeln!(f, "{}: {} [{}]", self.cluster, self.link.words(), invariants.join(", "))?;
        writeln!(f, "    from {}", self.from)?;
        write!(f, "    to   {}", self.to)
    }
}
