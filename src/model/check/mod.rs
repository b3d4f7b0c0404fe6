//! Checks: what is wrong with a model, or missing from it, by a catalogue of rules.

mod policy;

use serde::Serialize;

pub use self::policy::{Exemption, Policy, PolicyError};

/// How much a finding matters. The words are those of SARIF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Something that may be left as it is.
    Note,
    /// A gap in the model, or a risk that it shows.
    Warning,
    /// The model contradicts itself, or programs will read it in different ways.
    Error,
}
