//! The policy of a repository, `.wyvern.toml`: which rules count how much there, and what is exempt
//! from them. `docs/policy.md` is its manual.

mod reader;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::Date;

use super::{Level, rules};

pub use crate::placed_toml::TomlError as PolicyError;

/// What a repository has decided about the rules. The default is the catalogue as it is.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// By id of the rule; `None` is off.
    levels: BTreeMap<String, Option<Level>>,
    stale_after: Option<SignedDuration>,
    exemptions: Vec<Exemption>,
}

/// What keeps some findings of one rule from counting, for a time. It covers a finding that agrees
/// with each place that is given; at least one is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exemption {
    /// The id of the rule.
    pub rule: String,
    /// The finding's fingerprint.
    pub fingerprint: Option<String>,
    /// The diagram's title or number.
    pub diagram: Option<String>,
    /// The cell's id or name.
    pub cell: Option<String>,
    /// The threat's id or number.
    pub threat: Option<String>,
    /// Why the findings may stay; never blank.
    pub reason: String,
    /// The last day on which it holds.
    pub expires: Date,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The line of the policy on which it begins, from 1.
    pub line: usize,
}

impl Policy {
    /// Reads a policy.
    ///
    /// # Errors
    /// At the first thing that is not understood: nothing that a policy says is silently ignored.
    pub fn parse(toml: &str) -> Result<Self, PolicyError> {
        let known: Vec<_> = rules().map(|rule| (rule.id, rule.name)).collect();
        reader::read(toml, &known)
    }

    /// How much the findings of a rule matter here, where the catalogue says `otherwise`; `None`
    /// when the rule is off.
    #[must_use]
    pub fn level(&self, id: &str, otherwise: Level) -> Option<Level> {
        self.levels.get(id).copied().unwrap_or(Some(otherwise))
    }

    /// After what time without a change a model is stale; `None` when none ever is.
    #[must_use]
    pub fn stale_after(&self) -> Option<SignedDuration> {
        self.stale_after
    }

    /// The exemptions, in the order of the text.
    #[must_use]
    pub fn exemptions(&self) -> &[Exemption] {
        &self.exemptions
    }
}
