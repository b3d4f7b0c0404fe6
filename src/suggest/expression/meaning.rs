//! The set of things of which an expression holds.
//!
//! Each part of an expression is a set, made of the sets of its parts by one pass over the things or
//! over one relation: so the cost is the length of the expression times the size of the diagram,
//! whatever it says.

use fixedbitset::FixedBitSet;

use super::{Expression, Fact, Relation};
use crate::suggest::things::{Sought, Things, Zone};

impl Expression {
    /// The things of which it holds, by their places.
    pub(in crate::suggest) fn holds_of(&self, things: &Things<'_>) -> FixedBitSet {
        match self {
            Self::Fact(fact) => things.with(*fact).clone(),
            Self::Is(text, words) => things.text_is(*text, words),
            Self::Mentions(text, phrases) => things.mentioning(*text, phrases),
            Self::Given(text) => things.text_given(*text),
            Self::And(one, other) => {
                let mut set = one.holds_of(things);
                set.intersect_with(&other.holds_of(things));
                set
            }
            Self::Or(one, other) => {
                let mut set = one.holds_of(things);
                set.union_with(&other.holds_of(things));
                set
            }
            Self::Not(inner) => {
                let mut set = inner.holds_of(things);
                set.toggle_range(..);
                set
            }
            Self::Across(relation, inner) => across(*relation, &inner.holds_of(things), things),
        }
    }
}

impl Expression {
    /// Adds the words and phrases that it looks for.
    pub(in crate::suggest) fn seek(&self, sought: &mut Sought) {
        match self {
            Self::Mentions(_, phrases) => phrases.iter().for_each(|phrase| sought.add(phrase)),
            Self::And(one, other) | Self::Or(one, other) => {
                one.seek(sought);
                other.seek(sought);
            }
            Self::Not(inner) | Self::Across(_, inner) => inner.seek(sought),
            Self::Fact(_) | Self::Is(..) | Self::Given(_) => {}
        }
    }
}

/// The things that are in a relation to one of these.
fn across(relation: Relation, others: &FixedBitSet, things: &Things<'_>) -> FixedBitSet {
    let mut set = things.none();
    let zones = things.zones().iter();
    let is_among = |zone: &&Zone| others.contains(zone.boundary);
    match relation {
        Relation::Upstream => return reached(Relation::Receiver, others, things),
        Relation::Downstream => return reached(Relation::Sender, others, things),
        Relation::Boundary => zones.filter(is_among).for_each(|zone| set |= &zone.within),
        Relation::Crossed => zones.filter(is_among).for_each(|zone| set |= &zone.crossed),
        Relation::Content => {
            let elements = others & things.with(Fact::Element);
            let around = zones.filter(|zone| !zone.within.is_disjoint(&elements));
            set.extend(around.map(|zone| zone.boundary));
        }
        _ => {
            let pairs = things.pairs(relation).iter();
            let related = pairs.filter(|(_, other)| others.contains(*other));
            set.extend(related.map(|(one, _)| *one));
        }
    }
    set
}

/// What steps of a relation lead to from these, one or more.
fn reached(step: Relation, from: &FixedBitSet, things: &Things<'_>) -> FixedBitSet {
    let mut set = things.none();
    let mut todo: Vec<usize> = from.ones().collect();
    while let Some(one) = todo.pop() {
        for other in things.next(step, one) {
            if !set.put(other) {
                todo.push(other);
            }
        }
    }
    set
}
