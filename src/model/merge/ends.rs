//! Cells that must stay because a flow needs them: one side has deleted the cell, the other has
//! drawn a flow to it.

use std::collections::{HashMap, HashSet};

use crate::model::align::id;
use crate::model::anatomy::CELLS;
use crate::model::json::Value;

use super::Side;
use super::change::says_other;
use super::three::Three;
use super::triples::Triples;

/// The cells (as places in `all`) that would vanish while a flow stays that ends at them, and what
/// these end at in turn. A flow that the deleting side has left behind does not count: it dangles
/// there already.
pub(super) fn still_needed(triples: &Triples<'_>, settled: Side) -> HashSet<usize> {
    let mut vanishing: HashMap<_, (usize, Three<'_>, Side)> = HashMap::new();
    for (place, cell) in triples.all.iter().enumerate() {
        if let Some(id) = cell.base.and_then(id)
            && let Some(side) = deleted_by(*cell).filter(|_| !stays(*cell))
        {
            vanishing.insert(id, (place, *cell, side));
        }
    }
    let mut needed = HashSet::new();
    if vanishing.is_empty() {
        return needed;
    }
    let at =
        |flow: Option<Value<'_>>, end| Some(flow?.get(end)?.get("cell")?.as_text()?.into_owned());
    let mut flows: Vec<_> = triples.all.iter().copied().filter(|&f| stays(f)).collect();
    while let Some(flow) = flows.pop() {
        for end in ["source", "target"] {
            let merged = at(merged_end(flow, end, settled), end);
            let found = merged.as_deref().and_then(|cell| vanishing.get(cell));
            if let Some((place, cell, deleter)) = found
                && at(flow.of(*deleter), end) != merged
                && needed.insert(*place)
            {
                flows.push(*cell);
            }
        }
    }
    needed
}

/// The side on which the cell is gone; nothing when it is on both, or on neither.
fn deleted_by(cell: Three<'_>) -> Option<Side> {
    match (cell.ours, cell.theirs) {
        (None, Some(_)) => Some(Side::Ours),
        (Some(_), None) => Some(Side::Theirs),
        _ => None,
    }
}

/// Whether the merge keeps the cell, with or without a conflict.
fn stays(cell: Three<'_>) -> bool {
    match (cell.base, cell.ours, cell.theirs) {
        (_, Some(_), Some(_)) | (None, ..) => true,
        (Some(base), Some(kept), None) | (Some(base), None, Some(kept)) => {
            says_other(CELLS.element(), base, kept)
        }
        (Some(_), None, None) => false,
    }
}

/// The version of the flow that the merge takes this end from.
fn merged_end<'a>(flow: Three<'a>, end: &str, settled: Side) -> Option<Value<'a>> {
    let (Some(ours), Some(theirs)) = (flow.ours, flow.theirs) else {
        return flow.ours.or(flow.theirs);
    };
    let was = flow.base.and_then(|base| base.get(end));
    let changed_by_us = ours.get(end) != was;
    let changed_by_them = theirs.get(end) != was;
    match (changed_by_us, changed_by_them) {
        (true, false) => Some(ours),
        (false, true) => Some(theirs),
        _ => flow.of(settled),
    }
}
