//! Threats that may fit: rules as data are asked of each element of a diagram, by its properties and
//! by its place among the others.

mod built_in;
mod engine;
mod expression;
mod pack;
mod taken;
mod things;
mod threat;

#[cfg(test)]
mod tests;

pub use self::built_in::built_in;
pub(crate) use self::built_in::{NAME, ORIGIN};
pub use self::engine::{State, Suggestion, Suggestions, Wanted, suggest};
pub use self::expression::{Expression, ExpressionError, Fact, Relation, Text};
pub use self::pack::{Fault, OwnMethodology, Pack, Rule, without_twins};
pub(crate) use self::pack::{categories, severity};
pub use self::threat::new_threat;

/// The JSON Schema of packs, 2020-12, for editors.
pub const SCHEMA: &str = include_str!("rules.schema.json");
