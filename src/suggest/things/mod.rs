//! The things of a diagram as rules see them: what is said of each, and how they are related.

mod crossing;
mod words;

use std::collections::HashMap;

use fixedbitset::FixedBitSet;

use super::expression::{Fact, Relation, Text};
use crate::model::{CellShape, CellView, DiagramView};

pub(super) use self::crossing::Zone;
pub(super) use self::words::Sought;
use self::words::Words;

/// A diagram's cells, by their places in it.
#[derive(Debug)]
pub(super) struct Things<'a> {
    cells: Vec<CellView<'a>>,
    facts: HashMap<Fact, FixedBitSet>,
    /// Of flows and their ends; for boundaries see `zones`.
    relations: HashMap<Relation, Pairs>,
    zones: Vec<Zone>,
    words: Words,
}

/// Pairs of things, ordered.
type Pairs = Vec<(usize, usize)>;

impl<'a> Things<'a> {
    /// Those of a diagram, of which these words will be sought.
    pub(super) fn of(diagram: DiagramView<'a>, sought: &Sought) -> Self {
        let cells: Vec<_> = diagram.cells().collect();
        let words = Words::of(&cells, sought);
        let mut things = Self {
            cells,
            facts: HashMap::new(),
            relations: HashMap::new(),
            zones: Vec::new(),
            words,
        };
        things.read_facts();
        things.relate_flows();
        things.relate_boundaries();
        for pairs in things.relations.values_mut() {
            pairs.sort_unstable();
            pairs.dedup();
        }
        things
    }

    /// All of them.
    pub(super) fn cells(&self) -> &[CellView<'a>] {
        &self.cells
    }

    /// The one at a place.
    pub(super) fn cell(&self, at: usize) -> Option<CellView<'a>> {
        self.cells.get(at).copied()
    }

    /// Those of which a fact is said.
    pub(super) fn with(&self, fact: Fact) -> &FixedBitSet {
        let set = self.facts.get(&fact);
        set.expect("each fact is read when the things are")
    }

    /// Those of which a text is one of these.
    pub(super) fn text_is(&self, text: Text, wanted: &[String]) -> FixedBitSet {
        let mut set = self.none();
        for wanted in wanted {
            set.extend(self.words.being(text, wanted));
        }
        set
    }

    /// Those of which a text is not empty.
    pub(super) fn text_given(&self, text: Text) -> FixedBitSet {
        let mut set = self.none();
        set.extend(self.words.given(text));
        set
    }

    /// Those of which a text has one of these words or phrases.
    pub(super) fn mentioning(&self, text: Text, phrases: &[String]) -> FixedBitSet {
        let mut set = self.none();
        for phrase in phrases {
            set.extend(self.words.mentioning(text, phrase));
        }
        set
    }

    /// The pairs of a relation: of what is asked, and what it is related to.
    pub(super) fn pairs(&self, relation: Relation) -> &[(usize, usize)] {
        self.relations.get(&relation).map_or(&[], Vec::as_slice)
    }

    /// The trust boundaries, each with what is in it.
    pub(super) fn zones(&self) -> &[Zone] {
        &self.zones
    }

    /// What one thing is related to.
    pub(super) fn next(&self, relation: Relation, one: usize) -> impl Iterator<Item = usize> {
        let pairs = self.pairs(relation);
        let start = pairs.partition_point(|(other, _)| *other < one);
        let own = pairs.iter().skip(start);
        own.take_while(move |(other, _)| *other == one)
            .map(|(_, related)| *related)
    }

    /// A set of none of them.
    pub(super) fn none(&self) -> FixedBitSet {
        FixedBitSet::with_capacity(self.cells.len())
    }

    fn set(&self, holds: impl Fn(CellView<'a>) -> bool) -> FixedBitSet {
        let mut set = self.none();
        let cells = self.cells.iter().enumerate();
        set.extend(cells.filter(|(_, cell)| holds(**cell)).map(|(at, _)| at));
        set
    }

    fn read_facts(&mut self) {
        for fact in Fact::ALL {
            let set = match fact.member() {
                Some(member) => self.set(|cell| cell.says(member)),
                None => self.set(|cell| is_kind(cell, *fact)),
            };
            self.facts.insert(*fact, set);
        }
    }

    fn relate(&mut self, relation: Relation, one: usize, other: usize) {
        self.relations
            .entry(relation)
            .or_default()
            .push((one, other));
    }

    fn relate_flows(&mut self) {
        let mut by_id = HashMap::new();
        let elements = self.with(Fact::Element).ones();
        for (at, cell) in elements.filter_map(|at| Some((at, self.cell(at)?))) {
            by_id.entry(cell.id()).or_insert(at);
        }
        let flows: Vec<_> = self.with(Fact::Flow).ones().collect();
        let end = |flow: usize, end: &str| {
            let cell = self.cell(flow)?.value().get(end)?.get("cell")?;
            by_id.get(&cell.as_text()?).copied()
        };
        let ends: Vec<_> = flows
            .iter()
            .map(|flow| (*flow, end(*flow, "source"), end(*flow, "target")))
            .collect();
        let mut loose = self.none();
        for (flow, source, target) in ends {
            if source.is_none() || target.is_none() {
                loose.insert(flow);
            }
            if let Some(source) = source {
                self.relate(Relation::Source, flow, source);
            }
            if let Some(target) = target {
                self.relate(Relation::Target, flow, target);
            }
            self.lead(flow, source, target);
            if self.with(Fact::Bidirectional).contains(flow) {
                self.lead(flow, target, source);
            }
        }
        self.facts.insert(Fact::Loose, loose);
    }

    /// A flow leads from one end to the other.
    fn lead(&mut self, flow: usize, from: Option<usize>, to: Option<usize>) {
        if let Some(from) = from {
            self.relate(Relation::Outgoing, from, flow);
        }
        if let Some(to) = to {
            self.relate(Relation::Incoming, to, flow);
        }
        if let (Some(from), Some(to)) = (from, to) {
            self.relate(Relation::Receiver, from, to);
            self.relate(Relation::Sender, to, from);
        }
    }

    fn relate_boundaries(&mut self) {
        self.zones = crossing::of(self);
        let mut lies = self.none();
        let mut crossing = self.none();
        for zone in &self.zones {
            lies.union_with(&zone.within);
            crossing.union_with(&zone.crossed);
        }
        let zoned = !self.with(Fact::Boundary).is_clear();
        self.facts.insert(Fact::Inside, lies);
        self.facts.insert(Fact::Crossing, crossing);
        let zoned = self.set(|_| zoned);
        self.facts.insert(Fact::Zoned, zoned);
    }
}

fn is_kind(cell: CellView<'_>, fact: Fact) -> bool {
    let shape = cell.shape();
    match fact {
        Fact::Actor => shape == CellShape::Actor,
        Fact::Process => shape == CellShape::Process,
        Fact::Store => shape == CellShape::Store,
        Fact::Flow => shape == CellShape::Flow,
        Fact::Boundary => matches!(shape, CellShape::BoundaryBox | CellShape::BoundaryCurve),
        Fact::Element => matches!(
            shape,
            CellShape::Actor | CellShape::Process | CellShape::Store
        ),
        // What is told by how things are related is read afterwards.
        _ => false,
    }
}
