//! Threats that were given the same number on both sides.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::model::align::id;
use crate::model::document::Document;
use crate::model::json::{Draft, Value};
use crate::model::subject::Subject;
use crate::model::view::{CellView, DiagramView, ThreatView};

use super::conflict::Note;

/// A threat by what it is known by, with its number.
type Numbered<'a> = (Cow<'a, str>, u64);

/// Gives new numbers to threats of a merged document whose number is another threat's: not to
/// those that the settled side or the base has with this number. The highest number follows.
pub(super) fn renumber<'a>(
    merged: &'a Document,
    known: [Option<&'a Document>; 2],
    other: &'a Document,
    draft: &mut Draft<'a>,
) -> Vec<Note> {
    let known: HashSet<Numbered<'_>> = known.into_iter().flatten().flat_map(numbered).collect();
    let mut times: HashMap<u64, usize> = HashMap::new();
    let mut times_there: HashMap<u64, usize> = HashMap::new();
    numbered(merged).for_each(|(_, number)| *times.entry(number).or_default() += 1);
    numbered(other).for_each(|(_, number)| *times_there.entry(number).or_default() += 1);
    let mut next = top(merged).max(times.keys().copied().max().unwrap_or(0));
    let mut notes = Vec::new();
    for place @ (_, _, (_, threat)) in places(merged) {
        let Some(numbered) = of(threat) else { continue };
        let old = numbered.1;
        let count = times.get(&old).copied().unwrap_or(0);
        let twice_there = times_there.get(&old).copied().unwrap_or(0);
        if count < 2 || count <= twice_there || known.contains(&numbered) {
            continue;
        }
        let Some(new) = next.checked_add(1) else {
            break;
        };
        next = new;
        times.insert(old, count - 1);
        if let Some(threat) = draft.pointer_mut(&pointer(place)) {
            threat.set("number", Draft::number(new));
        }
        let text = format!("its number {old} was given out on both sides; it has number {new} now");
        let subject = subject(place);
        notes.push(Note { subject, text });
    }
    if !notes.is_empty()
        && let Some(detail) = draft.pointer_mut("/detail")
    {
        detail.set("threatTop", Draft::number(next));
    }
    notes
}

fn top(document: &Document) -> u64 {
    let top = document.root().pointer("/detail/threatTop");
    top.and_then(Value::as_u64).unwrap_or(0)
}

fn numbered(document: &Document) -> impl Iterator<Item = Numbered<'_>> {
    document.threats().filter_map(of)
}

fn of(threat: ThreatView<'_>) -> Option<Numbered<'_>> {
    let name = id(threat.value()).unwrap_or_else(|| threat.title());
    Some((name, threat.number()?))
}

/// A threat with its cell and its diagram, each with its index.
type Place<'a> = (
    (usize, DiagramView<'a>),
    (usize, CellView<'a>),
    (usize, ThreatView<'a>),
);

fn places(document: &Document) -> impl Iterator<Item = Place<'_>> {
    document.diagrams().enumerate().flat_map(|diagram| {
        let cells = diagram.1.cells().enumerate();
        cells.flat_map(move |cell| {
            let threats = cell.1.threats().enumerate();
            threats.map(move |threat| (diagram, cell, threat))
        })
    })
}

fn pointer(((d, _), (c, _), (t, _)): Place<'_>) -> String {
    format!("/detail/diagrams/{d}/cells/{c}/data/threats/{t}")
}

fn subject(((_, diagram), (_, cell), (_, threat)): Place<'_>) -> Subject {
    let cell = Subject::diagram(diagram).with_cell(cell);
    cell.with_threat(threat)
}
