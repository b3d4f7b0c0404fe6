//! Asks rules of the elements of a model.

use std::collections::HashSet;

use super::expression::Fact;
use super::pack::{Pack, Rule};
use super::taken::Taken;
use super::things::Things;
use crate::model::json::Value;
use crate::model::{CellView, DiagramView, Document, Methodology, Severity};

/// How many suggestions are made at most: a rule that holds of everything would fill any answer.
const SUGGESTIONS_MAX: usize = 5_000;

/// A threat that may fit an element.
#[derive(Debug)]
pub struct Suggestion<'r> {
    /// The rule that offers it.
    pub rule: &'r Rule,
    /// Where the rule is from.
    pub origin: &'r str,
    /// The diagram's id.
    pub diagram: Option<u64>,
    /// The element's id.
    pub element: String,
    /// The diagram's methodology.
    pub methodology: Methodology,
    /// The category that the rule has there, in English.
    pub category: &'r str,
    /// What has been made of it.
    pub state: State,
}

/// What has been made of a suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Nothing yet.
    New,
    /// The element has this threat.
    Present,
    /// It is not wanted, for this reason.
    Dismissed(String),
}

/// What suggestions are wanted for. The default is the whole model.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Only this diagram.
    pub diagram: Option<u64>,
    /// Only these elements, by id.
    pub elements: Option<HashSet<String>>,
}

/// Suggestions, by diagram, by element as the file has them, the gravest first.
#[derive(Debug, Default)]
pub struct Suggestions<'r> {
    /// At most 5,000.
    pub list: Vec<Suggestion<'r>>,
    /// How many there are beyond that.
    pub left_out: usize,
}

/// Asks the rules of these packs. Elements out of scope get no suggestions.
#[must_use]
pub fn suggest<'r>(document: &Document, packs: &[&'r Pack], wanted: &Wanted) -> Suggestions<'r> {
    let mut found = Suggestions::default();
    let diagrams = document.diagrams();
    let is_wanted =
        |diagram: &DiagramView<'_>| wanted.diagram.is_none_or(|id| diagram.id() == Some(id));
    for diagram in diagrams.filter(is_wanted) {
        ask(diagram, packs, wanted, &mut found);
    }
    found
}

fn ask<'r>(
    diagram: DiagramView<'_>,
    packs: &[&'r Pack],
    wanted: &Wanted,
    found: &mut Suggestions<'r>,
) {
    let methodology = diagram.methodology();
    let things = Things::of(diagram);
    let mut offered = things.with(Fact::Element).clone();
    offered.union_with(things.with(Fact::Flow));
    let cells = things.cells();
    let is_wanted = |at: &usize| {
        let id = cells[*at].id();
        let named = |elements: &HashSet<String>| elements.contains(id.as_ref());
        !is_out_of_scope(cells[*at]) && wanted.elements.as_ref().is_none_or(named)
    };
    let offered: fixedbitset::FixedBitSet = offered.ones().filter(is_wanted).collect();
    let mut by_element: Vec<Vec<Offer<'r>>> = vec![Vec::new(); cells.len()];
    for (pack, rule) in packs
        .iter()
        .flat_map(|pack| pack.rules.iter().map(move |rule| (*pack, rule)))
    {
        let Some(category) = rule.category(&methodology) else {
            continue;
        };
        let mut holds = rule.when.holds_of(&things);
        holds.intersect_with(&offered);
        for at in holds.ones() {
            by_element[at].push((rule, pack.origin.as_str(), category));
        }
    }
    for (cell, mut offers) in cells.iter().zip(by_element) {
        offers.sort_by_key(|(rule, _, _)| gravity(&rule.severity));
        let room = SUGGESTIONS_MAX - found.list.len();
        found.left_out += offers.len().saturating_sub(room);
        let taken = Taken::of(*cell);
        let offers = offers.into_iter().take(room);
        found
            .list
            .extend(offers.map(|(rule, origin, category)| Suggestion {
                rule,
                origin,
                diagram: diagram.id(),
                element: cell.id().into_owned(),
                methodology: methodology.clone(),
                category,
                state: taken.state(rule),
            }));
    }
}

/// A rule, where it is from, and its category.
type Offer<'r> = (&'r Rule, &'r str, &'r str);

fn is_out_of_scope(cell: CellView<'_>) -> bool {
    let value = cell.data().and_then(|data| data.get("outOfScope"));
    value.and_then(Value::as_bool) == Some(true)
}

/// The gravest first.
fn gravity(severity: &Severity) -> u8 {
    match severity {
        Severity::Critical => 0,
        Severity::High => 1,
        Severity::Medium => 2,
        Severity::Low => 3,
        Severity::Undecided | Severity::Other(_) => 4,
    }
}
