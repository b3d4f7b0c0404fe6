//! Asks rules of the elements of a model.

use std::collections::HashSet;

use fixedbitset::FixedBitSet;

use super::expression::Fact;
use super::pack::{Pack, Rule};
use super::taken::Taken;
use super::things::{Sought, Things};
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
    let mut sought = Sought::default();
    let rules = packs.iter().flat_map(|pack| &pack.rules);
    rules.for_each(|rule| rule.when.seek(&mut sought));
    let is_wanted =
        |diagram: &DiagramView<'_>| wanted.diagram.is_none_or(|id| diagram.id() == Some(id));
    for diagram in document.diagrams().filter(is_wanted) {
        let things = Things::of(diagram, &sought);
        ask(diagram, &things, packs, wanted, &mut found);
    }
    found
}

/// A rule that holds of the thing at a place.
#[derive(Clone, Copy)]
struct Offer<'r> {
    at: usize,
    rule: &'r Rule,
    origin: &'r str,
    category: &'r str,
}

fn ask<'r>(
    diagram: DiagramView<'_>,
    things: &Things<'_>,
    packs: &[&'r Pack],
    wanted: &Wanted,
    found: &mut Suggestions<'r>,
) {
    let methodology = diagram.methodology();
    let room = SUGGESTIONS_MAX - found.list.len();
    let offers = offers(things, packs, &methodology, (&asked(things, wanted), room));
    found.left_out += offers.left_out;
    for own in offers.list.chunk_by(|one, other| one.at == other.at) {
        let Some(cell) = own.first().and_then(|offer| things.cell(offer.at)) else {
            continue;
        };
        let taken = Taken::of(cell);
        found.list.extend(own.iter().map(|offer| Suggestion {
            rule: offer.rule,
            origin: offer.origin,
            diagram: diagram.id(),
            element: cell.id().into_owned(),
            methodology: methodology.clone(),
            category: offer.category,
            state: taken.state(offer.rule),
        }));
    }
}

/// The elements and flows in scope that suggestions are wanted for.
fn asked(things: &Things<'_>, wanted: &Wanted) -> FixedBitSet {
    let mut kinds = things.with(Fact::Element).clone();
    kinds.union_with(things.with(Fact::Flow));
    let is_wanted = |cell: CellView<'_>| {
        let named = |ids: &HashSet<String>| ids.contains(cell.id().as_ref());
        !cell.says("outOfScope") && wanted.elements.as_ref().is_none_or(named)
    };
    let mut asked = things.none();
    asked.extend(
        kinds
            .ones()
            .filter(|at| things.cell(*at).is_some_and(is_wanted)),
    );
    asked
}

/// What the rules offer to these, of which there is room for some: by place, the gravest first.
fn offers<'r>(
    things: &Things<'_>,
    packs: &[&'r Pack],
    methodology: &Methodology,
    (asked, room): (&FixedBitSet, usize),
) -> Offers<'r> {
    let mut offers = Offers::with_room(room);
    for pack in packs {
        for rule in &pack.rules {
            let Some(category) = rule.category(methodology) else {
                continue;
            };
            let mut holds = rule.when.holds_of(things);
            holds.intersect_with(asked);
            let origin = pack.origin.as_str();
            offers.add(&holds, |at| Offer {
                at,
                rule,
                origin,
                category,
            });
        }
    }
    offers.settle();
    offers
}

/// The first offers, as many as there is room for. The others are counted and not kept: rules that hold
/// of everything would make more of them than there is memory.
struct Offers<'r> {
    list: Vec<Offer<'r>>,
    room: usize,
    left_out: usize,
    /// Where the last of them is, once there are as many as there is room for.
    last: usize,
}

impl<'r> Offers<'r> {
    fn with_room(room: usize) -> Self {
        Self {
            list: Vec::new(),
            room,
            left_out: 0,
            last: usize::MAX,
        }
    }

    /// Adds an offer for each of these things.
    fn add(&mut self, holds: &FixedBitSet, offer: impl Fn(usize) -> Offer<'r>) {
        let before = self.list.len();
        let near = holds.ones().take_while(|at| *at <= self.last);
        self.list.extend(near.map(offer));
        self.left_out += holds.count_ones(..) - (self.list.len() - before);
        if self.list.len() > 2 * self.room {
            self.settle();
        }
    }

    /// Puts them in order and keeps the first.
    fn settle(&mut self) {
        self.list
            .sort_by_key(|offer| (offer.at, gravity(&offer.rule.severity)));
        self.left_out += self.list.len().saturating_sub(self.room);
        self.list.truncate(self.room);
        if self.list.len() == self.room {
            self.last = self.list.last().map_or(0, |offer| offer.at);
        }
    }
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
