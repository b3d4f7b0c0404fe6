//! Checks: what is wrong with a model, or missing from it, by a catalogue of rules.
//!
//! A rule is one entry in a table of `rules/` and one test. A document of version 1 is checked as
//! its upgrade, and told by its own pointers.

mod category;
mod cycles;
mod finding;
mod geometry;
mod lines;
mod place;
mod policy;
mod rule;
mod rules;
mod survey;

#[cfg(test)]
mod tests;

use jiff::Timestamp;

use super::document::{Document, Generation};
use super::upgrade::upgrade;

use self::finding::{Found, Teller};
use self::survey::Survey;

pub use self::finding::{Exempted, Finding};
pub use self::policy::{Exemption, Policy, PolicyError};
pub use self::rule::{Level, Rule};

/// What a document does not say itself. Rules that need to know what is unknown stay silent.
#[derive(Debug, Clone, Copy, Default)]
pub struct Facts {
    /// When it is now.
    pub now: Option<Timestamp>,
    /// When the model was last changed.
    pub changed: Option<Timestamp>,
}

/// The catalogue, in order of id.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    rules::tables().into_iter().flatten()
}

/// Everything that the rules find, in the order of the document and then of the rules. Exempted
/// findings are among them, marked.
///
/// Linear in the size of the document, but for the boundary boxes of a diagram, of which each is
/// held against each element (see `geometry`).
#[must_use]
pub fn check(document: &Document, facts: &Facts, policy: &Policy) -> Vec<Finding> {
    look(document, *facts, policy, |_| true)
}

/// What the catalogue calls an error in a document.
pub(super) fn errors(document: &Document) -> Vec<Finding> {
    let only = |rule: &Rule| rule.level == Level::Error;
    look(document, Facts::default(), &Policy::default(), only)
}

fn look(
    document: &Document,
    facts: Facts,
    policy: &Policy,
    wanted: impl Fn(&Rule) -> bool,
) -> Vec<Finding> {
    let upgraded = match document.generation() {
        Generation::V2 => None,
        // One that is nested too deeply to be upgraded is looked at as it is.
        Generation::V1 => upgrade(document).ok(),
    };
    let survey = Survey::of(upgraded.as_ref().unwrap_or(document), facts, policy);
    let mut found = Found::default();
    for rule in rules().filter(|rule| wanted(rule)) {
        if policy.level(rule.id, rule.level).is_some() {
            found.by(rule);
            (rule.find)(&survey, &mut found);
        }
    }
    Teller::new(document, &survey, policy).tell(found)
}
