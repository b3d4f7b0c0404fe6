//! The catalogue, a table for each theme. A new rule is an entry here and a test in `tests/`.

mod diagrams;
mod elements;
mod flows;
mod policy;
mod structure;
mod threats;
mod upkeep;

use super::policy::Exemption;

pub(super) use self::policy::tell_expired;

use super::finding::Found;
use super::place::Place;
use super::rule::{Level, Rule};
use super::survey::trimmed;

/// The tables, in order of the ids in them.
pub(super) fn tables() -> [&'static [Rule]; 7] {
    [
        structure::RULES,
        threats::RULES,
        elements::RULES,
        flows::RULES,
        diagrams::RULES,
        upkeep::RULES,
        policy::RULES,
    ]
}
