//! The things of an array in the three versions: which is which, which are left, in what order.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::model::align::{align_added, align_but, id};
use crate::model::anatomy::Thing;
use crate::model::json::Value;

use super::Side;
use super::order::interleave;
use super::three::Three;

/// An array of things in the three versions, matched.
pub(super) struct Triples<'a> {
    /// Each thing once; in no order.
    pub(super) all: Vec<Three<'a>>,
    /// The order of the merged array, as places in `all`.
    pub(super) order: Vec<usize>,
    /// Whether both sides have put the things into another order, each into its own.
    pub(super) both_reordered: bool,
}

impl<'a> Triples<'a> {
    pub(super) fn of(
        thing: Thing,
        arrays: Three<'a>,
        settled: Side,
        made_ids: &HashSet<String>,
    ) -> Self {
        let elements = |array: Option<Value<'a>>| -> Vec<Value<'a>> {
            array.into_iter().flat_map(Value::elements).collect()
        };
        let base = elements(arrays.base);
        let sides = [Side::Ours, Side::Theirs].map(|side| elements(arrays.of(side)));
        let mut all: Vec<Three<'a>> = base.iter().map(|value| only_base(*value)).collect();
        let mut sequences = [Vec::new(), Vec::new()];
        for ((side, values), sequence) in [Side::Ours, Side::Theirs]
            .into_iter()
            .zip(&sides)
            .zip(&mut sequences)
        {
            for (value, partner) in values.iter().zip(align_but(thing, &base, values, made_ids)) {
                let place = partner.unwrap_or_else(|| {
                    all.push(Three::NOWHERE);
                    all.len() - 1
                });
                if let Some(three) = all.get_mut(place) {
                    three.set(side, *value);
                }
                sequence.push(place);
            }
        }
        join_added(thing, &mut all, base.len(), &mut sequences);
        Self::ordered(all, base.len(), &sequences, settled)
    }

    fn ordered(
        all: Vec<Three<'a>>,
        from_base: usize,
        [ours, theirs]: &[Vec<usize>; 2],
        settled: Side,
    ) -> Self {
        let reordered = |sequence: &[usize]| {
            let common: Vec<usize> = sequence
                .iter()
                .copied()
                .filter(|place| *place < from_base)
                .collect();
            !common.is_sorted()
        };
        let moved = [reordered(ours), reordered(theirs)];
        let skeleton = match moved {
            [true, false] => Side::Ours,
            [false, true] => Side::Theirs,
            _ => settled,
        };
        let order = match skeleton {
            Side::Ours => interleave(ours, theirs),
            Side::Theirs => interleave(theirs, ours),
        };
        let both_reordered = moved == [true, true] && ours != theirs;
        Self {
            all,
            order,
            both_reordered,
        }
    }
}

fn only_base(value: Value<'_>) -> Three<'_> {
    Three {
        base: Some(value),
        ..Three::NOWHERE
    }
}

impl<'a> Three<'a> {
    fn set(&mut self, side: Side, value: Value<'a>) {
        match side {
            Side::Ours => self.ours = Some(value),
            Side::Theirs => self.theirs = Some(value),
        }
    }
}

/// Makes one thing of what both sides have added.
fn join_added<'a>(
    thing: Thing,
    all: &mut [Three<'a>],
    from_base: usize,
    [ours, theirs]: &mut [Vec<usize>; 2],
) {
    let our_new = added(all, ours, from_base, Side::Ours);
    let their_new = added(all, theirs, from_base, Side::Theirs);
    let values = |new: &[(usize, Value<'a>)]| -> Vec<Value<'a>> {
        new.iter().map(|(_, value)| *value).collect()
    };
    let partners = align_added(thing, &values(&our_new), &values(&their_new));
    let mut joined = HashMap::new();
    for ((their_place, their_value), partner) in their_new.into_iter().zip(partners) {
        let partner = partner.and_then(|partner| our_new.get(partner));
        if let Some((our_place, our_value)) = partner
            && (thing != Thing::Diagram || same_diagram(*our_value, their_value))
            && let Some(three) = all.get_mut(*our_place)
        {
            three.set(Side::Theirs, their_value);
            if let Some(double) = all.get_mut(their_place) {
                *double = Three::NOWHERE;
            }
            joined.insert(their_place, *our_place);
        }
    }
    for place in theirs {
        *place = joined.get(place).copied().unwrap_or(*place);
    }
}

/// What a side has added, with its places in `all`.
fn added<'a>(
    all: &[Three<'a>],
    sequence: &[usize],
    from_base: usize,
    side: Side,
) -> Vec<(usize, Value<'a>)> {
    let new = sequence.iter().filter(|place| **place >= from_base);
    new.filter_map(|place| Some((*place, all.get(*place)?.of(side)?)))
        .collect()
}

/// Whether two diagrams of the same number are one that came to both sides, and not two that were
/// added at the same time: they share a cell, or have neither cells nor different titles.
fn same_diagram(a: Value<'_>, b: Value<'_>) -> bool {
    let cells = |diagram: Value<'_>| -> HashSet<String> {
        let cells = diagram
            .get("cells")
            .or_else(|| diagram.pointer("/diagramJson/cells"));
        let cells = cells.into_iter().flat_map(Value::elements);
        cells.filter_map(id).map(Cow::into_owned).collect()
    };
    let (of_a, of_b) = (cells(a), cells(b));
    if of_a.is_empty() && of_b.is_empty() {
        a.get("title") == b.get("title")
    } else {
        !of_a.is_disjoint(&of_b)
    }
}
